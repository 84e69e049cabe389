"""One line of the role board: a role, the clips that play it, how sure the mapping is, and what stands in."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from shared.contract.acting import ActingMap, Role, RoleClip
from studio.model.checklist import SURE_ENOUGH, role_title
from studio.model.signals import Signal
from studio.ui.parts.buttons import Combo, IconButton
from studio.ui.parts.clip_list import CLIP_MIME
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import row
from studio.ui.parts.marks import ConfidenceMeter, Pill
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme, restyle
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

SOURCES = {"name": "read from the clip's name", "motion": "judged by its motion", "designer": "chosen by you"}
ADD = "Add clip…"


class ClipChip(QFrame):
    """A clip in a role: click plays it, the cross takes it out."""

    def __init__(self, theme: Theme, entry: RoleClip) -> None:
        super().__init__()
        self.played = Signal[[]]()
        self.removed = Signal[[]]()
        self.setProperty("kind", "well")
        name = QToolButton()
        mood = f" · {entry.emotion}" if entry.emotion else ""
        name.setText(self.fontMetrics().elidedText(entry.clip, Qt.TextElideMode.ElideMiddle, 190) + mood)
        name.setToolTip(f"{entry.clip}: {SOURCES[entry.source]}. Click to play.")
        name.setCursor(Qt.CursorShape.PointingHandCursor)
        name.clicked.connect(lambda _checked=False: self.played.emit())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 1, 2, 1)
        layout.setSpacing(0)
        layout.addWidget(name)
        layout.addWidget(IconButton(theme, "close", f"Take {entry.clip} out", self.removed.emit, size=12))


class RoleRow(QFrame):
    """A role and its clips. Takes clips that are dropped on it."""

    def __init__(self, theme: Theme, role: Role, clips: tuple[str, ...]) -> None:
        super().__init__()
        self._theme = theme
        self.role: Role = role
        self.played = Signal[[str]]()
        self.added = Signal[[str]]()
        self.removed = Signal[[str]]()
        self._shown: tuple[tuple[RoleClip, ...], str] | None = None
        self.setProperty("kind", "drop-row")
        self.setAcceptDrops(True)
        self.meter = ConfidenceMeter(theme, SURE_ENOUGH)
        self._yours = Pill(theme, "yours", "accent_text")
        self.combo = Combo(theme)
        self.combo.setProperty("kind", "quiet")
        self.combo.setFixedWidth(112)
        self.combo.view().setMinimumWidth(240)
        self.combo.setAccessibleName(f"Add a clip to {role_title(role)}")
        self.combo.addItem(ADD)
        self.combo.addItems(list(clips))
        self.combo.activated.connect(self._add)
        self._chips = Flow(TIGHT - 2)
        self._stand_in = label("", tone="faint", wrap=True)
        title = row([label(role_title(role), "strong"), None, self._yours, self.meter, self.combo], spacing=TIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SNUG, TIGHT, HAIR, TIGHT)
        layout.setSpacing(HAIR)
        layout.addLayout(title)
        layout.addLayout(self._chips)
        layout.addWidget(self._stand_in)

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

    def _add(self, index: int) -> None:
        if index > 0:
            clip = self.combo.itemText(index)
            self.combo.setCurrentIndex(0)
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
