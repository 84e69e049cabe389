"""A place to drop files on."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from studio.ui.parts.layout import column
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme, restyle
from studio.ui.theme.tokens import ROOM, SNUG


def dropped_paths(event: QDragEnterEvent | QDropEvent, suffixes: tuple[str, ...] = ()) -> list[Path]:
    """The local files of a drag, those with one of `suffixes` only; all when none are given."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if not suffixes or path.suffix.lower() in suffixes]


class DropArea(QFrame):
    """A dashed box that takes files, with a button for those who would rather choose."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        text: str,
        action: QPushButton,
        dropped: Callable[[list[Path]], object],
        suffixes: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._dropped = dropped
        self._suffixes = suffixes
        self.setProperty("kind", "drop")
        self.setAcceptDrops(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        layout.setSpacing(SNUG)
        words = column([label(title, "strong"), label(text, tone="muted", wrap=True)], spacing=2)
        layout.addWidget(IconLabel(theme, "plus", "muted", 22))
        layout.addLayout(words, 1)
        layout.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for files that fit."""
        if dropped_paths(event, self._suffixes):
            event.acceptProposedAction()
            restyle(self, "over", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go dark again."""
        restyle(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        restyle(self, "over", False)
        event.acceptProposedAction()
        self._dropped(dropped_paths(event, self._suffixes))
