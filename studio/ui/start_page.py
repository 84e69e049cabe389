"""What is seen before a project is open: begin from a GLB, or go on with a recent project."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from studio.files.project import DRAFT_FILE
from studio.model.preferences import Preferences
from studio.model.signals import Signal
from studio.ui.brand import Mark
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.drop import dropped_paths
from studio.ui.parts.layout import box, clear, column, row
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import ElidedLabel, label, overline
from studio.ui.theme.theme import Theme, restyle
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT, VAST, WIDE

AVATAR_SUFFIXES = (".glb", ".gltf")
SHOWN_RECENT = 6


class DropStage(QFrame):
    """The large place to drop an avatar on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chosen = Signal[[]]()
        self.dropped = Signal[[Path]]()
        self.setProperty("kind", "drop")
        self.setAcceptDrops(True)
        self.setMinimumHeight(330)
        begin = button(theme, "New project from GLB…", self.chosen.emit, kind="primary", icon="plus")
        begin.setObjectName("new-project")
        begin.setMinimumWidth(220)
        words = label("Drop the GLB here that you exported from Blender", "strong")
        hint = label("Its clips are measured and get their roles; nothing in your file is changed.", tone="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(TIGHT)
        layout.addStretch(1)
        for widget in (IconLabel(theme, "avatar", "accent_text", 60), words, hint):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            layout.addSpacing(HAIR)
        layout.addSpacing(SNUG)
        layout.addWidget(begin, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for an avatar."""
        if dropped_paths(event, AVATAR_SUFFIXES):
            event.acceptProposedAction()
            restyle(self, "over", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go dark again."""
        restyle(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the avatar."""
        restyle(self, "over", False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event, AVATAR_SUFFIXES)[0])


class RecentRow(QFrame):
    """One recent project."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        super().__init__()
        self.chosen = Signal[[Path]]()
        self.removed = Signal[[Path]]()
        self._folder = folder
        self.setProperty("kind", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"Open {folder.name}")
        there = (folder / DRAFT_FILE).is_file()
        words = column([ElidedLabel(folder.name, "strong"), ElidedLabel(_place(folder, there), "caption")], spacing=1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SNUG, 10, TIGHT, 10)
        layout.setSpacing(SNUG)
        layout.addWidget(IconLabel(theme, "folder", "accent_text" if there else "faint", 22))
        layout.addLayout(words, 1)
        forget = IconButton(theme, "close", "Remove from this list", lambda: self.removed.emit(folder), size=14)
        layout.addWidget(forget)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the project."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the project with Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self._folder)


def _place(folder: Path, there: bool) -> str:
    if not there:
        return f"{folder.parent} · not there any more"
    changed = datetime.fromtimestamp((folder / DRAFT_FILE).stat().st_mtime).astimezone()
    return f"{changed:%d %b %Y, %H:%M} · {folder.parent}"


class StartPage(QWidget):
    """Begin or go on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.open_asked = Signal[[]]()
        self.recent_chosen = Signal[[Path]]()
        self.recent_removed = Signal[[Path]]()
        self.setObjectName("start")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stage = DropStage(theme)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(TIGHT)
        opener = button(theme, "Open project…", self.open_asked.emit, kind="quiet", icon="folder")
        side = column([row([overline("RECENT PROJECTS"), None, opener]), self._recent, None], spacing=TIGHT)
        columns = QHBoxLayout()
        columns.setSpacing(VAST)
        columns.addWidget(self.stage, 3)
        columns.addLayout(side, 2)
        content = box(column([self._heading(), columns], spacing=VAST))
        content.setMaximumWidth(1040)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(VAST, VAST, VAST, VAST)
        layout.addStretch(2)
        centre = QHBoxLayout()
        centre.addStretch(1)
        centre.addWidget(content, 1000)
        centre.addStretch(1)
        layout.addLayout(centre)
        layout.addStretch(3)

    def _heading(self) -> QHBoxLayout:
        words = column(
            [label("Troupe", "display"), label("Turn a GLB into a character that talks on a website.", tone="muted")],
            spacing=0,
        )
        return row([Mark(56), words, None], spacing=ROOM)

    def show_recent(self, preferences: Preferences) -> None:
        """List the recent projects."""
        clear(self._recent)
        for text in preferences.recent[:SHOWN_RECENT]:
            line = RecentRow(self._theme, Path(text))
            line.chosen.connect(self.recent_chosen.emit)
            line.removed.connect(self.recent_removed.emit)
            self._recent.addWidget(line)
        if not preferences.recent:
            self._recent.addWidget(label("Projects that you open are listed here.", tone="muted", wrap=True))
