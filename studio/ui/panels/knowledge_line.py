"""One document in the list: what it is, how far it is, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QProgressBar

from shared.contract.chatbot import DocumentRef
from studio.files.documents import is_written
from studio.model.checklist import counted
from studio.rehearsal.indexing import DocumentStanding
from studio.ui.bench import Bench
from studio.ui.panels.avatar import byte_words
from studio.ui.parts.buttons import IconButton
from studio.ui.parts.layout import column
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

PERCENT = 100


@dataclass(frozen=True)
class DocumentActs:
    """What a line asks for; the page does it."""

    read: Callable[[DocumentRef], object]
    rename: Callable[[DocumentRef], object]
    edit: Callable[[DocumentRef], object]
    replace: Callable[[DocumentRef], object]
    fetch: Callable[[DocumentRef], object]
    open: Callable[[DocumentRef], object]
    remove: Callable[[DocumentRef], object]


class DocumentLine(QFrame):
    """Title, state, actions. Keys: Enter reads, F2 renames, Delete removes."""

    def __init__(self, bench: Bench, document: DocumentRef, acts: DocumentActs) -> None:
        super().__init__()
        self.document, self._acts = document, acts
        self.setProperty("kind", "entry")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(document.title)
        self._icon = IconLabel(bench.theme, self._kind_icon, "muted", 20)
        self._state = label("", "caption", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.read = IconButton(bench.theme, "book-open", f"Read {document.title}", lambda: acts.read(document), size=16)
        self.more = IconButton(
            bench.theme, "ellipsis-vertical", "More (F2 renames, Delete removes)", self._open_menu, size=16
        )
        self.removed = acts.remove
        words = column([ElidedLabel(document.title, "strong"), self._state, self._bar], spacing=2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SNUG, TIGHT, HAIR, TIGHT)
        layout.setSpacing(HAIR)
        layout.addWidget(self._icon)
        layout.addSpacing(TIGHT)
        layout.addLayout(words, 1)
        layout.addWidget(self.read)
        layout.addWidget(self.more)
        self.setToolTip(document.address or document.blob.name)

    @property
    def _kind_icon(self) -> str:
        if self.document.address:
            return "globe"
        return "file-text" if is_written(self.document) else "file"

    @property
    def state(self) -> str:
        """How far it is, in the words on screen."""
        return self._state.text()

    def show_standing(self, standing: DocumentStanding) -> None:
        """Show how far it is."""
        failed, reading = standing.state == "failed", standing.state == "reading"
        self._bar.setVisible(reading)
        self._bar.setRange(0, PERCENT if standing.indexed else 0)
        self._bar.setValue(round(standing.fraction * PERCENT))
        self._state.setText(standing.problem if failed else f"{self._what} · {_state_words(standing)}")
        self._icon.show_icon("error" if failed else self._kind_icon, "danger" if failed else "muted")
        self.read.setEnabled(standing.state == "ready")

    @property
    def _what(self) -> str:
        site = urlsplit(self.document.address).hostname or ""
        return " · ".join(part for part in (site.removeprefix("www."), byte_words(self.document.blob.bytes)) if part)

    def menu(self) -> QMenu:
        """What can be done with it."""
        made = QMenu(self)
        acts, document = self._acts, self.document
        entries: list[tuple[str, Callable[[DocumentRef], object]]] = [
            ("Read its passages", acts.read),
            ("Rename…", acts.rename),
            *([("Edit the text…", acts.edit)] if is_written(document) else []),
            *([("Fetch it again", acts.fetch)] if document.address else []),
            ("Replace by a file…", acts.replace),
            ("Open in its own program", acts.open),
        ]
        for text, act in entries:
            made.addAction(text).triggered.connect(partial(_do, act, document))
        made.addSeparator()
        made.addAction("Remove").triggered.connect(partial(_do, acts.remove, document))
        return made

    def _open_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that the class tells of."""
        acts = {
            Qt.Key.Key_Return: self._acts.read,
            Qt.Key.Key_Enter: self._acts.read,
            Qt.Key.Key_F2: self._acts.rename,
            Qt.Key.Key_Delete: self._acts.remove,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        elif act is not self._acts.read or self.read.isEnabled():
            act(self.document)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Read it."""
        if self.read.isEnabled():
            self._acts.read(self.document)


def _do(act: Callable[[DocumentRef], object], document: DocumentRef, _checked: bool = False) -> None:
    act(document)


def _state_words(standing: DocumentStanding) -> str:
    if standing.state == "reading":
        return f"indexed {standing.indexed:,} of {standing.passages:,} passages" if standing.passages else "being read"
    return counted(standing.passages, "passage") if standing.state == "ready" else "waiting"
