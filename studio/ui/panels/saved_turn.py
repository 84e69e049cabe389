"""One turn of a saved conversation: the question, the answers of then and now side by side, and what is pinned."""

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from shared.contract.rehearsal import Expectations, RehearsalTurn
from studio.model.signals import Signal
from studio.rehearsal.differences import Stretch, side_by_side
from studio.rehearsal.replay import TurnResult
from studio.ui.panels.pins import PinList
from studio.ui.parts.buttons import button
from studio.ui.parts.layout import box, column, row
from studio.ui.parts.links import link
from studio.ui.parts.text import label, overline
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT


class SavedTurn(QFrame):
    """Tells what is pinned otherwise, and when the new answer is to be the saved one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.changed = Signal[[RehearsalTurn]]()
        self._theme = theme
        self._turn = RehearsalTurn(visitor="?")
        self._result: TurnResult | None = None
        self.setProperty("kind", "well")
        self.question = label("", "strong", wrap=True)
        self.before, self.now = _answer(), _answer()
        self._then_title, self._now_title = overline("When it was saved"), overline("Now")
        then = column([self._then_title, self.before, None], spacing=HAIR)
        self._new = box(column([self._now_title, self.now, None], spacing=HAIR))
        self._answers = row([then, self._new], spacing=SNUG)
        self._answers.setStretch(0, 1)
        self._answers.setStretch(1, 1)
        self.accept = button(
            theme, "Keep the new answer", self._accept, kind="quiet", icon="check",
            tip="Compare with this answer from now on",
        )  # fmt: skip
        self.trouble = label("", "caption", "danger", wrap=True)
        self.pins = PinList(theme)
        self.pins.changed.connect(self._pin)
        items: list[QWidget] = [self.question]
        layout = column(items, spacing=TIGHT, margin=SNUG)
        layout.addLayout(self._answers)
        layout.addWidget(self.trouble)
        layout.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.pins)
        self.setLayout(layout)
        link(self, theme.changed, self._paint_answers)

    def show_turn(self, turn: RehearsalTurn, result: TurnResult | None, documents: Sequence[str]) -> None:
        """Show a turn; `result` is its last replay, if there was one."""
        self._turn, self._result = turn, result
        self.question.setText(turn.visitor)
        self._paint_answers()
        checks = result.checks if result is not None and result.turn.expect == turn.expect else ()
        self.pins.show_expectations(turn.expect, checks, documents)

    def _paint_answers(self) -> None:
        result, saved = self._result, self._turn.answered
        differs = result is not None and result.performed is not None and result.answered != saved
        self._new.setVisible(differs)
        self.accept.setVisible(differs)
        self._then_title.setText("When it was saved" if differs or result is None else "As when it was saved")
        then, now = side_by_side(saved, result.answered) if differs and result is not None else ((), ())
        palette = self._theme.palette
        self.before.setText(_marked(then, palette.danger_soft) if differs else html.escape(saved))
        self.now.setText(_marked(now, palette.fine_soft))
        self.trouble.setText(f"No answer: {result.failure}" if result is not None and result.failure else "")
        self.trouble.setVisible(bool(self.trouble.text()))

    def _pin(self, expect: Expectations) -> None:
        self.changed.emit(self._turn.model_copy(update={"expect": expect}))

    def _accept(self) -> None:
        if self._result is not None:
            self.changed.emit(self._turn.model_copy(update={"answered": self._result.answered}))


def _answer() -> QLabel:
    made = label("", tone="muted", wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _marked(stretches: Sequence[Stretch], colour: str) -> str:
    """HTML in which what differs stands on a colour."""
    return "".join(
        html.escape(one.text) if one.same else f'<span style="background-color:{colour}">{html.escape(one.text)}</span>'
        for one in stretches
    )
