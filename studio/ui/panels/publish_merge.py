"""Two designers met: what each changed comes together by itself, what both changed is chosen, field by field."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from shared.contract.chatbot import ChatbotDraft
from studio.model.differences import differences
from studio.model.fields import Path
from studio.model.merging import Clash, Side, merge
from studio.model.signals import Signal
from studio.remote.syncing import Meeting
from studio.ui.panels.publish_changes import ChangeList, shortened
from studio.ui.parts.buttons import button
from studio.ui.parts.layout import clear, column, row, scrolled
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import label, overline
from studio.ui.theme.theme import Theme, restyle
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT, WIDE

_NAMES: dict[Side, str] = {"mine": "Yours", "theirs": "Theirs"}
_SIZE = (780, 700)


class SideBox(QFrame):
    """One side's words, to be chosen by click, Enter or Space."""

    def __init__(self, theme: Theme, side: Side, clash: Clash) -> None:
        super().__init__()
        self.chosen = Signal[[]]()
        text = clash.mine if side == "mine" else clash.theirs
        self.setProperty("kind", "well")
        self.setProperty("over", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{clash.title}: {_NAMES[side].lower()}")
        self._tick = IconLabel(theme, "waiting", "faint", 16)
        words = label(shortened(text) or "Not there", tone="plain" if text else "muted", wrap=True)
        head = row([self._tick, label(_NAMES[side], "caption"), None])
        lines = column([head, words, None], spacing=HAIR, margin=SNUG)
        self.setLayout(lines)

    def show_chosen(self, *, chosen: bool) -> None:
        """Mark it as the one that is taken, or not."""
        self._tick.show_icon("circle-check" if chosen else "waiting", "accent_text" if chosen else "faint")
        restyle(self, "kind", "drop-row" if chosen else "well")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose it with Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class ClashCard(QFrame):
    """A field that both changed, with both sides next to each other."""

    def __init__(self, theme: Theme, clash: Clash) -> None:
        super().__init__()
        self.chosen = Signal[[Path, Side]]()
        self.clash = clash
        self.sides: dict[Side, SideBox] = {}
        self.setProperty("kind", "card")
        pair = row([], spacing=TIGHT)
        for side in _NAMES:
            box = SideBox(theme, side, clash)
            box.chosen.connect(partial(self.chosen.emit, clash.path, side))
            self.sides[side] = box
            pair.addWidget(box, 1)
        before = label(f"Before: {shortened(clash.base) or 'not there'}", "caption", wrap=True)
        self.setLayout(column([label(clash.title, "strong", wrap=True), before, pair], spacing=TIGHT, margin=SNUG))

    def show_choice(self, side: Side | None) -> None:
        """Show which side is taken."""
        for name, box in self.sides.items():
            box.show_chosen(chosen=name == side)


class MergeDialog(QDialog):
    """Asks for what clashes, and shows what the desk becomes. `taken` gets the merged draft."""

    def __init__(
        self, theme: Theme, parent: QWidget, meeting: Meeting, taken: Callable[[ChatbotDraft], object]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Merge")
        self.resize(*_SIZE)
        self._theme, self._meeting, self._taken = theme, meeting, taken
        self.draft = meeting.mine
        """As it would be with what is chosen so far."""
        self.choices: dict[Path, Side] = {}
        self.cards: dict[Path, ClashCard] = {}
        self._clashes = QVBoxLayout()
        self._clashes.setSpacing(TIGHT)
        self._heading = overline("")
        self.preview = ChangeList(theme, "Nothing changes on your desk; the server gets what you have.")
        self.left = label("", tone="muted")
        self.take = button(theme, "Take the merge", self._finish, kind="primary", icon="git-merge")
        self._build()
        self._show()
        first = next(iter(self.cards.values()), None)
        (first.sides["mine"] if first else self.take).setFocus()

    def _build(self) -> None:
        words = (
            "What only one of you changed has come together by itself. Your version stays in the history: "
            "undo brings it back."
        )
        below = column([overline("WHAT CHANGES ON YOUR DESK"), self.preview])
        inside = QWidget()
        inside.setLayout(column([self._heading, self._clashes, below, None], spacing=SNUG))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, ROOM)
        layout.setSpacing(SNUG)
        heading = [label("Somebody saved meanwhile", "title"), label(words, tone="muted", wrap=True)]
        layout.addLayout(column([*heading], spacing=HAIR))
        layout.addWidget(scrolled(inside), 1)
        all_mine = button(self._theme, "All yours", lambda: self._choose_all("mine"), kind="quiet")
        all_theirs = button(self._theme, "All theirs", lambda: self._choose_all("theirs"), kind="quiet")
        cancel = button(self._theme, "Cancel", self.close)
        self._alls = (all_mine, all_theirs)
        for other in (*self._alls, cancel):
            other.setAutoDefault(False)
        self.take.setDefault(True)
        layout.addLayout(row([all_mine, all_theirs, self.left, None, cancel, self.take]))

    def _choose(self, path: Path, side: Side) -> None:
        self.choices[path] = side
        self._show()

    def _choose_all(self, side: Side) -> None:
        self.choices = dict.fromkeys(self.cards, side)
        self._show()

    def _show(self) -> None:
        meeting = self._meeting
        merged = merge(meeting.base, meeting.mine, meeting.theirs.draft, self.choices)
        self._show_clashes(merged.clashes)
        for path, card in self.cards.items():
            card.show_choice(self.choices.get(path))
        self.preview.show_changes(differences(meeting.mine, merged.draft))
        open_ones = sum(path not in self.choices for path in self.cards)
        self.left.setText(f"{open_ones} left to choose" if open_ones else "")
        self.take.setEnabled(open_ones == 0)
        self.draft = merged.draft

    def _show_clashes(self, clashes: tuple[Clash, ...]) -> None:
        if tuple(self.cards) == tuple(clash.path for clash in clashes) and self.cards:
            return
        clear(self._clashes)
        self.cards = {}
        for clash in clashes:
            card = ClashCard(self._theme, clash)
            card.chosen.connect(self._choose)
            self.cards[clash.path] = card
            self._clashes.addWidget(card)
        self._heading.setText("BOTH OF YOU CHANGED")
        self._heading.setVisible(bool(clashes))
        for every in self._alls:
            every.setVisible(bool(clashes))

    def _finish(self) -> None:
        self.close()
        self._taken(self.draft)
