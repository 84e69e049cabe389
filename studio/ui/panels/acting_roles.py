"""One line of the role board: a role, the clips that play it, how sure the mapping is, and what stands in."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout

from shared.contract.acting import ActingMap, Role, RoleClip
from studio.model.checklist import SURE_ENOUGH, role_title
from studio.model.signals import Signal
from studio.ui.parts.buttons import IconButton
from studio.ui.parts.clip_list import CLIP_MIME
from studio.ui.parts.flow import Flow
from studio.ui.parts.marks import ConfidenceMeter, Pill
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme, restyle
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

SOURCES = {"name": "read from the clip's name", "motion": "judged by its motion", "designer": "chosen by you"}
TITLE_WIDTH = 94
CHIP_WIDTH = 104


class ClipChip(QFrame):
    """A clip in a role: click plays it, the cross takes it out."""

    def __init__(self, theme: Theme, entry: RoleClip) -> None:
        super().__init__()
        self.played = Signal[[]]()
        self.removed = Signal[[]]()
        self.setProperty("kind", "chip")
        mood = f", {entry.emotion}" if entry.emotion else ""
        self.name = QToolButton()
        self.name.setText(self.fontMetrics().elidedText(entry.clip, Qt.TextElideMode.ElideMiddle, CHIP_WIDTH))
        self.name.setToolTip(f"{entry.clip}{mood}: {SOURCES[entry.source]}. Click to play.")
        self.name.setCursor(Qt.CursorShape.PointingHandCursor)
        self.name.clicked.connect(lambda _checked=False: self.played.emit())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.name)
        layout.addWidget(IconButton(theme, "close", f"Take {entry.clip} out", self.removed.emit, size=11))


class RoleRow(QFrame):
    """A role and its clips. Takes clips that are dropped on it."""

    def __init__(self, theme: Theme, role: Role, clips: tuple[str, ...]) -> None:
        super().__init__()
        self._theme = theme
        self.role: Role = role
        self.played = Signal[[str]]()
        self.added = Signal[[str]]()
        self.removed = Signal[[str]]()
        self._clips = clips
        self._shown: tuple[tuple[RoleClip, ...], str] | None = None
        self.setProperty("kind", "drop-row")
        self.setAcceptDrops(True)
        self.meter = ConfidenceMeter(theme, SURE_ENOUGH)
        self._yours = Pill(theme, "yours", "accent_text")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.add = IconButton(theme, "plus", f"Add a clip to {role_title(role)}", self.open_menu, size=15)
        self.add.setFixedSize(28, 28)
        self._chips = Flow(HAIR)
        self._stand_in = label("", "caption", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        title = label(role_title(self.role))
        title.setFixedWidth(TITLE_WIDTH)
        title.setMinimumHeight(28)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(self._chips)
        middle.addWidget(self._stand_in)
        top = Qt.AlignmentFlag.AlignTop
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SNUG, HAIR + 1, HAIR, HAIR + 1)
        layout.setSpacing(TIGHT)
        layout.addWidget(title, 0, top)
        layout.addLayout(middle, 1)
        layout.addWidget(self._yours, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.meter, 0, top)
        layout.addWidget(self.add, 0, top)

    def show_map(self, acting: ActingMap, stand_in: str) -> None:
        """Show the clips of this role; `stand_in` says what plays when there is none."""
        entries = acting.roles.get(self.role, ())
        if self._shown == (entries, stand_in):
            return
        self._shown = (entries, stand_in)
        self._chips.clear()
        for entry in entries:
            self._chips.addWidget(self._chip(entry))
        self._stand_in.setText(stand_in)
        self._stand_in.setVisible(not entries)
        self._show_confidence(entries)
        self._chips.invalidate()
        self.updateGeometry()

    @property
    def chips(self) -> list[ClipChip]:
        """The chips that are shown."""
        items = (self._chips.itemAt(place) for place in range(self._chips.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, ClipChip)]

    def _show_confidence(self, entries: tuple[RoleClip, ...]) -> None:
        proposed = [entry for entry in entries if entry.source != "designer"]
        self._yours.setVisible(bool(entries) and not proposed)
        self.meter.setVisible(bool(proposed))
        if proposed:
            least = min(proposed, key=lambda entry: entry.confidence)
            self.meter.show_confidence(least.confidence, f"{least.clip}: {SOURCES[least.source]}")

    def _chip(self, entry: RoleClip) -> ClipChip:
        chip = ClipChip(self._theme, entry)
        chip.played.connect(lambda: self.played.emit(entry.clip))
        chip.removed.connect(lambda: self.removed.emit(entry.clip))
        return chip

    def open_menu(self) -> None:
        """Offer every clip that is not in this role yet."""
        self.menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _fill_menu(self) -> None:
        self.menu.clear()
        taken = {entry.clip for entry in self._shown[0]} if self._shown else set()
        for clip in self._clips:
            if clip not in taken:
                self.menu.addAction(clip).triggered.connect(partial(self._choose, clip))

    def _choose(self, clip: str, _checked: bool = False) -> None:
        self.added.emit(clip)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for a clip."""
        if event.mimeData().hasFormat(CLIP_MIME):
            event.acceptProposedAction()
            restyle(self, "over", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go dark again."""
        restyle(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the clip into this role."""
        restyle(self, "over", False)
        event.acceptProposedAction()
        self.added.emit(bytes(event.mimeData().data(CLIP_MIME).data()).decode())
