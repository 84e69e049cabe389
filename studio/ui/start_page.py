"""What is seen before a project is open: begin from a GLB, or go on with a recent project."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shared.demos import SLUGS
from studio.model.preferences import Preferences
from studio.model.signals import Signal
from studio.ui.brand import Mark
from studio.ui.parts.buttons import button
from studio.ui.parts.drop import dropped_paths
from studio.ui.parts.layout import box, clear, column, row
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import label, overline
from studio.ui.start_rows import DemoCard, RecentRow
from studio.ui.theme.theme import Theme, restyle
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT, VAST, WIDE

AVATAR_SUFFIXES = (".glb", ".gltf")
SHOWN_RECENT = 4
DEMO_WORDS = {"pip": "A robot that receives the guests of a workshop.", "mira": "A fox who guides through a museum."}


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


class StartPage(QWidget):
    """Begin or go on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.open_asked = Signal[[]]()
        self.server_asked = Signal[[]]()
        self.recent_chosen = Signal[[Path]]()
        self.recent_removed = Signal[[Path]]()
        self.demo_chosen = Signal[[str]]()
        self.setObjectName("start")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stage = DropStage(theme)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(TIGHT)
        opener = button(theme, "Open project…", self.open_asked.emit, kind="quiet", icon="folder")
        server = button(theme, "Open from server…", self.server_asked.emit, kind="quiet", icon="cloud-download")
        recent = [row([overline("RECENT PROJECTS"), None, opener]), self._recent, row([server, None])]
        side = column([*recent, None, overline("TRY A DEMO CHARACTER"), *self._demos()], spacing=TIGHT)
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

    def _demos(self) -> list[DemoCard]:
        cards = [DemoCard(self._theme, slug, DEMO_WORDS[slug]) for slug in SLUGS]
        for card in cards:
            card.chosen.connect(self.demo_chosen.emit)
        return cards

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
