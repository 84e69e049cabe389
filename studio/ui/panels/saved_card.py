"""A saved conversation as a card: its name, how its last replay went, and its turns when it is open."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from shared.contract.rehearsal import Rehearsal, RehearsalTurn
from studio.model.checklist import counted
from studio.model.signals import Signal
from studio.rehearsal.replay import Replayed
from studio.ui.panels.pins import pins_of
from studio.ui.panels.saved_turn import SavedTurn
from studio.ui.parts.buttons import IconButton
from studio.ui.parts.fields import LineEdit
from studio.ui.parts.layout import box, column, row
from studio.ui.parts.marks import Pill
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT


class SavedCard(QFrame):
    """Tells what is changed by hand; the page makes it a step that can be undone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.changed = Signal[[Rehearsal]]()
        self.settled = Signal[[]]()
        self.opened = Signal[[]]()
        self.removed = Signal[[]]()
        self.replayed = Signal[[]]()
        self.exported = Signal[[]]()
        self._theme = theme
        self._rehearsal: Rehearsal | None = None
        self.setProperty("kind", "card")
        self.name = LineEdit()
        self.name.setObjectName("title")
        self.name.setMaxLength(200)
        self.name.setAccessibleName("Name of the conversation")
        self.name.textEdited.connect(self._rename)
        self.name.editingFinished.connect(self.settled.emit)
        self.facts = label("", "caption", "muted")
        self.outcome = Pill(theme)
        self.outcome.hide()
        replay = IconButton(theme, "play", "Replay it with the present draft", self.replayed.emit, size=16)
        export = IconButton(theme, "download", "Export it for troupe rehearse…", self.exported.emit, size=16)
        remove = IconButton(theme, "trash", "Delete the conversation", self.removed.emit, size=16)
        self.more = IconButton(theme, "down", "Show its turns", self.opened.emit, size=16)
        self.turns: list[SavedTurn] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(TIGHT)
        self._inside = box(self._list)
        under = row([self.facts, self.outcome, None], spacing=TIGHT)
        under.setContentsMargins(9, 0, 0, 0)
        head = row([column([self.name, under], spacing=0), replay, export, remove, self.more], spacing=HAIR)
        head.setStretch(0, 1)
        layout = column([head, self._inside], spacing=TIGHT)
        layout.setContentsMargins(TIGHT, TIGHT, TIGHT, SNUG)
        self.setLayout(layout)

    def show_rehearsal(
        self, rehearsal: Rehearsal, replayed: Replayed | None, documents: Sequence[str], *, is_open: bool
    ) -> None:
        """Show a saved conversation; `replayed` is its last replay, if there was one."""
        self._rehearsal = rehearsal
        if not self.name.hasFocus():
            self.name.setText(rehearsal.name)
        pins = sum(len(pins_of(turn.expect)) for turn in rehearsal.turns)
        self.facts.setText(f"{counted(len(rehearsal.turns), 'turn')} · {counted(pins, 'pin')}")
        self._show_outcome(replayed)
        self._inside.setVisible(is_open)
        self.more.show_icon("chevron-up" if is_open else "down", "Hide its turns" if is_open else "Show its turns")
        if is_open:
            self._show_turns(rehearsal, replayed, documents)

    def _show_outcome(self, replayed: Replayed | None) -> None:
        self.outcome.setVisible(replayed is not None)
        if replayed is None:
            return
        broken = sum(not turn.held for turn in replayed.turns)
        words = "held" if not broken else f"{counted(broken, 'turn')} failed"
        self.outcome.show_word(words, "danger" if broken else "fine")

    def _show_turns(self, rehearsal: Rehearsal, replayed: Replayed | None, documents: Sequence[str]) -> None:
        while len(self.turns) > len(rehearsal.turns):
            gone = self.turns.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.turns) < len(rehearsal.turns):
            self._add_turn(len(self.turns))
        results = replayed.turns if replayed is not None and len(replayed.turns) == len(rehearsal.turns) else None
        for place, (shown, turn) in enumerate(zip(self.turns, rehearsal.turns, strict=True)):
            shown.show_turn(turn, results[place] if results else None, documents)

    def _add_turn(self, place: int) -> None:
        made = SavedTurn(self._theme)
        made.changed.connect(lambda turn: self._change_turn(place, turn))
        self.turns.append(made)
        self._list.addWidget(made)

    def _change_turn(self, place: int, turn: RehearsalTurn) -> None:
        if self._rehearsal is not None:
            turns = self._rehearsal.turns
            changed = (*turns[:place], turn, *turns[place + 1 :])
            self.changed.emit(self._rehearsal.model_copy(update={"turns": changed}))
            self.settled.emit()

    def _rename(self, name: str) -> None:
        if self._rehearsal is not None and name.strip():
            self.changed.emit(self._rehearsal.model_copy(update={"name": name.strip()}))
