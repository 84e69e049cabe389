"""The Clips page: the shelf of all clips to search and filter, and one of them opened."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from shared.contract.chatbot import ChatbotDraft
from studio.model.checklist import counted
from studio.ui.bench import Bench
from studio.ui.panels.acting_clip_page import ClipPage
from studio.ui.panels.acting_stage import ActingStage
from studio.ui.panels.clip_rows import fits, shelf_rows
from studio.ui.parts.buttons import Check, Combo
from studio.ui.parts.clip_card import CardLook
from studio.ui.parts.clip_shelf import ClipShelf
from studio.ui.parts.fields import LineEdit
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.notices import EmptyState
from studio.ui.theme.tokens import SNUG, TIGHT, WIDE

FILTERS = (
    ("all", "All clips"),
    ("free", "Without a role"),
    ("posture", "Postures"),
    ("gesture", "Gestures"),
    ("ill", "Needs attention"),
)


class SearchField(LineEdit):
    """Down goes into the shelf; Escape empties."""

    def __init__(self, shelf: ClipShelf) -> None:
        super().__init__()
        self._shelf = shelf
        self.setPlaceholderText("Find a clip or role")
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that the class tells of."""
        if event.key() == Qt.Key.Key_Down and self._shelf.rows.rows:
            self._shelf.setFocus()
            self._shelf.show_current(self._shelf.current or self._shelf.rows.rows[0].name)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ClipsPage(QWidget):
    """Shelf or clip."""

    def __init__(self, bench: Bench, stage: ActingStage) -> None:
        super().__init__()
        self._bench, self._stage = bench, stage
        self._ailments: dict[str, str] = {}
        self.shelf = ClipShelf(bench.theme, CardLook(stage.gallery.picture, stage.gallery.curve))
        self.page = ClipPage(bench, stage)
        self.search = SearchField(self.shelf)
        self.filter = Combo(bench.theme)
        self.filter.setAccessibleName("Which clips")
        self.hidden = Check(bench.theme, "")
        self._nothing = EmptyState(bench.theme, "search", "No clip fits", "Look for another name, or show all clips.")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for key, text in FILTERS:
            self.filter.addItem(text, key)
        self.filter.setMinimumContentsLength(11)
        head = row([], spacing=TIGHT)
        head.addWidget(self.search, 1)
        head.addWidget(self.filter)
        top = column([head, self.hidden], spacing=TIGHT)
        top.setContentsMargins(0, SNUG, WIDE, TIGHT)
        self._found = QStackedLayout()
        self._found.addWidget(self.shelf)
        self._found.addWidget(self._nothing)
        shelf = QWidget()
        layout = QVBoxLayout(shelf)
        layout.setContentsMargins(WIDE, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addLayout(top)
        layout.addLayout(self._found, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(shelf)
        self._pages.addWidget(self.page)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._show_rows(self._bench.draft))
        self.filter.activated.connect(lambda _index: self._show_rows(self._bench.draft))
        self.hidden.toggled.connect(lambda _on: self._show_rows(self._bench.draft))
        self.shelf.opened.connect(self._stage.open_clip)
        self.shelf.toggled.connect(self._stage.toggle)
        self.shelf.hovered.connect(self._stage.glance.at)
        self.page.left.connect(self.close_clip)
        self.page.stepped.connect(self._step)
        link(self, self._bench.actor.playing_changed, self.shelf.rows.show_playing)
        link(self, self._stage.gallery.changed, lambda _key: self.shelf.viewport().update())

    @property
    def open_clip(self) -> str | None:
        """The clip that is open."""
        return self.page.clip if self._pages.currentIndex() else None

    def show_clip(self, clip: str) -> None:
        """Open a clip."""
        self.page.show_clip(clip)
        self._pages.setCurrentIndex(1)
        self.page.setFocus()

    def close_clip(self) -> None:
        """Back to the shelf, with the cursor on the clip that was open."""
        self._pages.setCurrentIndex(0)
        self.shelf.show_current(self.page.clip)
        self.shelf.setFocus()

    def show_ailments(self, sentences: dict[str, str]) -> None:
        """Mark clips with which something is wrong."""
        self._ailments = sentences
        self._show_rows(self._bench.draft)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the map."""
        self._show_rows(draft)
        if self.open_clip is not None:
            self.page.show_draft(draft)

    def _step(self, step: int) -> None:
        names = [one.name for one in self.shelf.rows.rows]
        if self.page.clip in names:
            self._stage.open_clip(names[(names.index(self.page.clip) + step) % len(names)])

    def _show_rows(self, draft: ChatbotDraft) -> None:
        rows = shelf_rows(self._bench.document.facts, draft, self._ailments)
        hidden = sum(one.hidden for one in rows)
        self.hidden.setText(f"Show {counted(hidden, 'clip')} that never {'plays' if hidden == 1 else 'play'}")
        self.hidden.setVisible(bool(hidden))
        wanted = self.search.text().strip().lower()
        key = str(self.filter.currentData())
        shown = tuple(
            one
            for one in rows
            if (self.hidden.isChecked() or not one.hidden)
            and (wanted in one.name.lower() or wanted in " ".join(one.roles).lower())
            and fits(one, key)
        )
        self.shelf.show_rows(shown)
        self._found.setCurrentIndex(0 if shown else 1)
