"""One role of the board: its clips as cards, or what stands in for it. Takes clips that are dropped on it."""

from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout

from shared.contract.acting import ROLES, ActingMap, Role, RoleClip
from studio.model.acting_edits import shares
from studio.model.checklist import role_title
from studio.ui.panels.acting_role_cards import ROLE_MIME, RoleActs, RoleCard
from studio.ui.panels.clip_gallery import ClipGallery
from studio.ui.parts.buttons import IconButton
from studio.ui.parts.clip_list import CLIP_MIME
from studio.ui.parts.layout import clear, row
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme, restyle
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

TITLE_WIDTH = 92
MEANINGS: dict[Role, str] = {
    "idle": "Always playing, when nothing else does.",
    "idle_variant": "Now and then in a long idle.",
    "listening": "While the visitor types or speaks.",
    "thinking": "Asked, and no word of the answer yet.",
    "talking": "While the answer appears.",
    "greet": "At the first opening, and on return.",
    "goodbye": "When the visitor closes.",
    "nod": "Agreement.",
    "shake_head": "Refusal and correction.",
    "shrug": "No answer was found.",
    "present": "An answer with a source, a link, a list.",
    "approve": "Success.",
    "thank": "Thanks.",
    "celebrate": "Great news.",
    "laugh": "Humour.",
    "sad": "Bad news, sympathy.",
    "surprised": "Something unexpected.",
    "confused": "A question back to the visitor.",
    "shy": "A compliment, or its own mistake.",
    "frustrated": "For stories, in the cartoon manner.",
    "afraid": "For stories.",
    "affection": "For stories.",
    "attention": "Calls for attention.",
    "poked": "The visitor pokes it.",
    "dance": "A dance, when asked for one.",
    "sleep": "Nobody has been there for long.",
    "appear": "It comes on stage.",
}


class RoleRow(QFrame):
    """A role and its clips."""

    def __init__(self, theme: Theme, gallery: ClipGallery, role: Role, clips: tuple[str, ...], acts: RoleActs) -> None:
        super().__init__()
        self.role: Role = role
        self._theme, self._gallery, self._clips, self._acts = theme, gallery, clips, acts
        self._entries: tuple[RoleClip, ...] = ()
        self._gap: int | None = None
        """Where a drop would go, while something is dragged over."""
        self.setProperty("kind", "drop-row")
        self.setAcceptDrops(True)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self._stand_in = label("", "caption", wrap=True)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(HAIR)
        self._lay_out()

    def _lay_out(self) -> None:
        title = label(role_title(self.role), "body")
        title.setToolTip(MEANINGS[self.role])
        title.setFixedWidth(TITLE_WIDTH)
        self.add = IconButton(self._theme, "plus", f"Add a clip to {role_title(self.role)}", self.open_menu, size=15)
        self.add.setFixedSize(26, 26)
        heading = row([title], spacing=TIGHT)
        heading.addWidget(self._stand_in, 1)
        heading.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SNUG, 2, HAIR, HAIR + 2)
        layout.setSpacing(2)
        layout.addLayout(heading)
        layout.addLayout(self._cards)

    def show_map(self, acting: ActingMap, stand_in: str) -> None:
        """Show the clips of this role; `stand_in` says what plays when there is none."""
        entries = acting.roles.get(self.role, ())
        if [entry.clip for entry in entries] != [entry.clip for entry in self._entries]:
            self._make_cards(entries)
        self._entries = entries
        share = shares(entries)
        for place, (card, entry) in enumerate(zip(self.cards, entries, strict=True)):
            card.place = place
            card.show_entry(entry, share[entry.clip], alone=len(entries) == 1)
        self._stand_in.setText(stand_in if not entries else MEANINGS[self.role])

    @property
    def cards(self) -> list[RoleCard]:
        """The cards that are shown, in order."""
        items = (self._cards.itemAt(place) for place in range(self._cards.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, RoleCard)]

    def _make_cards(self, entries: tuple[RoleClip, ...]) -> None:
        focused = next((card.clip for card in self.cards if card.hasFocus()), None)
        clear(self._cards)
        for entry in entries:
            card = RoleCard(self._theme, self._gallery, self.role, entry, self._acts)
            self._cards.addWidget(card)
            if entry.clip == focused:
                card.setFocus()

    def open_menu(self) -> None:
        """Offer every clip that is not in this role yet."""
        self.menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _fill_menu(self) -> None:
        self.menu.clear()
        taken = {entry.clip for entry in self._entries}
        for clip in self._clips:
            if clip not in taken:
                self.menu.addAction(clip).triggered.connect(partial(self._choose, clip))

    def _choose(self, clip: str, _checked: bool = False) -> None:
        self._acts.give(self.role, clip)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for a clip."""
        if event.mimeData().hasFormat(CLIP_MIME):
            event.acceptProposedAction()
            restyle(self, "over", True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        self._show_gap(self._place_at(event.position().toPoint()))
        self._acts.dragged()
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go dark again."""
        self._end_drag()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the clip into this role: out of the one that it came from, unless Ctrl is held."""
        place = self._place_at(event.position().toPoint())
        self._end_drag()
        carried = event.mimeData()
        clip, source = _text(carried.data(CLIP_MIME).data()), _text(carried.data(ROLE_MIME).data())
        stays = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and source != self.role
        old = next((role for role in ROLES if role == source), None)
        event.acceptProposedAction()
        if old is None or stays:
            self._acts.place(self.role, clip, self.role, place)
        else:
            self._acts.place(old, clip, self.role, place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row by the style sheet, and a line where a drop would go."""
        super().paintEvent(event)
        if self._gap is None or not self.cards:
            return
        at_end = self._gap >= len(self.cards)
        near = self.cards[min(self._gap, len(self.cards) - 1)].geometry()
        painter = QPainter(self)
        top = near.bottom() + 1 if at_end else near.top() - 3
        painter.fillRect(QRect(near.left(), top, near.width(), 2), self._theme.colour("accent"))
        painter.end()

    def _place_at(self, point: QPoint) -> int:
        return sum(card.geometry().center().y() < point.y() for card in self.cards)

    def _show_gap(self, gap: int | None) -> None:
        if gap != self._gap:
            self._gap = gap
            self.update()

    def _end_drag(self) -> None:
        self._show_gap(None)
        restyle(self, "over", False)


def _text(content: bytes | bytearray | memoryview) -> str:
    return bytes(content).decode()
