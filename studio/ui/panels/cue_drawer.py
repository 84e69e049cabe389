"""The drawer under the viewport: one answer with its cues, passages and prompt, next to how its turn went."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from shared.contract.acting import CueRule
from shared.contract.turn import TurnCitation, TurnFinished
from shared.dialogue.trace import ConsideredCue, SaidClause, TurnTrace
from studio.model.signals import Signal
from studio.rehearsal.wording import cue_facts, plain_words, rule_of
from studio.ui.panels.cue_timeline import CueTimeline
from studio.ui.panels.turn_facts import TurnFacts
from studio.ui.panels.turn_pages import PassagesPage, PromptPage
from studio.ui.parts.buttons import button
from studio.ui.parts.layout import box, column, row
from studio.ui.parts.notices import EmptyState
from studio.ui.parts.tabs import Tabs
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

HEIGHT = 292
TWO_LINES = 32
PAGES = (
    ("Cues", "What was acted at which words, and what was not"),
    ("Passages", "What was found, and how well it fits"),
    ("Prompt", "What the model was given"),
)
KEEP_IN_SIGHT = 160


class CueDrawer(QFrame):
    """Shows one answer; tells what the designer wants with a cue."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.cue_wanted = Signal[[ConsideredCue]]()
        """To be acted again."""
        self.rule_wanted = Signal[[CueRule, bool]]()
        """A correction; True asks to edit it at once."""
        self.answer_wanted = Signal[[]]()
        """To be acted again as a whole."""
        self.setMinimumHeight(HEIGHT)
        self._trace = TurnTrace()
        self.timeline = CueTimeline(theme)
        self.timeline.cue_chosen.connect(self._show_cue)
        self.timeline.clause_chosen.connect(self._show_clause)
        self.facts = TurnFacts(theme)
        self.passages, self.prompt = PassagesPage(theme), PromptPage(theme)
        self.tabs = Tabs(theme, PAGES)
        self._pages = QStackedWidget()
        self._area = _across(self.timeline)
        for page in (self._area, self.passages, self.prompt):
            self._pages.addWidget(page)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self._words = label("", "caption", "muted", wrap=True)
        self._words.setMinimumHeight(TWO_LINES)
        self.again = button(theme, "Act it again", self.answer_wanted.emit, kind="quiet", icon="play")
        self.play = button(theme, "Play", self._play, kind="quiet", icon="play", tip="Act this cue again (Return)")
        self.pin = button(
            theme, "Pin", lambda: self._want_rule(), kind="quiet", icon="pin", tip="Always act these words like this"
        )
        self.correct = button(
            theme, "Correct…", lambda: self._want_rule(edit=True), kind="quiet", icon="pencil",
            tip="Act these words in another way",
        )  # fmt: skip
        self.silence = button(
            theme, "Nothing here", self._want_nothing, kind="quiet", icon="ban", tip="Never act anything at these words"
        )
        self._lay_out(theme)
        self.clear()

    def _lay_out(self, theme: Theme) -> None:
        empty = EmptyState(
            theme,
            "acting",
            "The cue timeline",
            "Ask something: here you see which words gave which cue, what was held back and why, "
            "how long each step took and what it cost. Click a cue to act it again, or to correct it.",
        )
        head = row([self.tabs, None, self.again], spacing=SNUG)
        head.setContentsMargins(TIGHT, 0, TIGHT, 0)
        foot = row([self._words, self.play, self.pin, self.correct, self.silence], spacing=HAIR)
        foot.setStretch(0, 1)
        foot.setContentsMargins(SNUG, HAIR, TIGHT, HAIR)
        left = column([head, self._pages], spacing=0)
        left.setStretch(1, 1)
        upper = row([left, self.facts], spacing=0)
        upper.setStretch(0, 1)
        shown = column([upper, box(foot, "transport")], spacing=0)
        shown.setStretch(0, 1)
        self._whole = QStackedWidget()
        self._whole.addWidget(empty)
        self._whole.addWidget(box(shown))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._whole)

    @property
    def words(self) -> QLabel:
        """The sentence about what is chosen."""
        return self._words

    def clear(self) -> None:
        """Show no answer."""
        self._whole.setCurrentIndex(0)
        self.show_answer("", TurnTrace(), None, (), keep=True)

    def show_answer(
        self,
        text: str,
        trace: TurnTrace,
        finished: TurnFinished | None,
        citations: tuple[TurnCitation, ...],
        *,
        keep: bool = False,
    ) -> None:
        """Show an answer as far as it is known by now.

        Args:
            keep: leaves the empty state where it is.
        """
        if not keep:
            self._whole.setCurrentIndex(1)
        self._trace = trace
        self.timeline.show_turn(text, trace)
        self.facts.show_finish(finished)
        begun = {(one.document_id, one.text) for one in citations}
        cited = frozenset(
            found.passage_id
            for found in trace.found
            if any(found.document_id == document and found.text.startswith(words) for document, words in begun)
        )
        self.passages.show_trace(trace, cited)
        self.prompt.show_trace(trace)
        self.again.setEnabled(finished is not None)
        self.tabs.show_mark(0, str(sum(cue.fate != "dropped" for cue in trace.cues) or ""))
        self.tabs.show_mark(1, str(len(trace.found) or ""))
        self._show_selected()

    def choose(self, cue: ConsideredCue) -> None:
        """Choose a cue, without acting it."""
        self.tabs.setCurrentIndex(0)
        self.timeline.choose(cue)
        self._show_selected()
        self._show_spot(cue)

    def show_place(self, place: int | None) -> None:
        """Show how far the answer is out, and keep that in sight; once it is out, go back to where it begins."""
        self.timeline.show_place(place)
        if place is None:
            self._area.horizontalScrollBar().setValue(0)
        else:
            x = round(self.timeline.x_of(place))
            self._area.ensureVisible(x, 0, KEEP_IN_SIGHT, 0)

    def _show_cue(self, cue: ConsideredCue) -> None:
        self._show_selected()
        self._show_spot(cue)
        self.cue_wanted.emit(cue)

    def _show_spot(self, cue: ConsideredCue) -> None:
        spot = self.timeline.spot_of(cue)
        self._area.ensureVisible(round(spot.center().x()), round(spot.center().y()), round(spot.width() / 2) + 24, 24)

    def _show_clause(self, _clause: SaidClause) -> None:
        self._show_selected()

    def _show_selected(self) -> None:
        chosen = self.timeline.selected
        is_cue = isinstance(chosen, ConsideredCue)
        if isinstance(chosen, ConsideredCue):
            told = cue_facts(chosen, None)
        elif chosen is not None:
            told = f"“{chosen.words}”: add a cue to these words, or keep them still."
        else:
            told = "Click a cue to act it again; click words to give them one. Left and Right go from cue to cue."
        self._words.setText(told)
        for one in (self.pin, self.correct, self.silence):
            one.setVisible(chosen is not None)
        self.play.setVisible(is_cue)
        self.pin.setVisible(is_cue)
        self.pin.setEnabled(not isinstance(chosen, ConsideredCue) or chosen.rule is None)
        self.play.setEnabled(isinstance(chosen, ConsideredCue) and chosen.decision is not None)
        self.correct.setText("Correct…" if is_cue else "Add a cue…")

    def _clause(self) -> SaidClause | None:
        chosen = self.timeline.selected
        return self._trace.clause_at(chosen.shown_offset) if isinstance(chosen, ConsideredCue) else chosen

    def _play(self) -> None:
        chosen = self.timeline.selected
        if isinstance(chosen, ConsideredCue):
            self.cue_wanted.emit(chosen)

    def _want_rule(self, *, edit: bool = False) -> None:
        chosen, clause = self.timeline.selected, self._clause()
        words = plain_words(clause)
        if isinstance(chosen, ConsideredCue):
            rule = chosen.rule or rule_of(chosen, clause)
        else:
            rule = CueRule(words=words, emotion="happy") if words else None
        if rule is not None:
            self.rule_wanted.emit(rule, edit)

    def _want_nothing(self) -> None:
        chosen = self.timeline.selected
        ruled = chosen.rule if isinstance(chosen, ConsideredCue) else None
        words = ruled.words if ruled is not None else plain_words(self._clause())
        if words:
            self.rule_wanted.emit(CueRule(words=words, suppress=True), False)


def _across(content: QWidget) -> QScrollArea:
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setFrameShape(QFrame.Shape.NoFrame)
    content.setObjectName("content")
    made.setWidget(content)
    return made
