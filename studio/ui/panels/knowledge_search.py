"""The search of the knowledge: what a question would be answered from, and why; the ranking's own reasons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from shared.contract.chatbot import ChatbotDraft
from shared.dialogue.cast import TurnLimits
from shared.dialogue.questions import whole_question
from shared.knowledge.explaining import ExplainedPassage, Explanation
from shared.providers.smalltalk import small_talk
from studio.model.checklist import counted
from studio.model.gold import gold_question, with_gold_questions
from studio.ui.bench import Bench
from studio.ui.panels.knowledge_found import FoundCard, ThresholdLine
from studio.ui.panels.paged import Page
from studio.ui.parts.buttons import button
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import clear, column, row
from studio.ui.parts.notices import EmptyState, Notice
from studio.ui.parts.text import label
from studio.ui.theme.tokens import HAIR, TIGHT

FIRST_SHOWN = 8
PASSAGES = TurnLimits().passages
TRUSTED = 0.99
SMALL_TALK = "This is small talk: it is answered without looking into the knowledge."
NOTHING = "Nothing here answers that: it declines, in its own words. What came nearest stands below."
TEACHING = (
    "Ask what a visitor would ask. You see every passage that comes into question, how it ranks by its words and by "
    "its meaning, and which of them an answer is made from."
)


class SearchPage(Page):
    """Question, what was found, reasons."""

    def __init__(self, bench: Bench, read: Callable[[str, int], object]) -> None:
        """`read` opens a document, by its file name, at a place of its text."""
        super().__init__(bench)
        self._read = read
        self.cards: list[FoundCard] = []
        self._explanation: Explanation | None = None
        self._asked = ""
        self.search = LineField("", "", "Ask what a visitor asks", 600)
        self.search.edit.setAccessibleName("Question")
        self.search.edit.returnPressed.connect(self.look_up)
        ask = button(bench.theme, "Search", self.look_up, icon="search")
        self.decline = button(
            bench.theme, "Nothing should answer this", self.expect_nothing, kind="quiet", icon="target",
            tip="Makes it a gold question that is right when it is declined",
        )  # fmt: skip
        self.notice = Notice(bench.theme)
        self._summary = label("", "caption", wrap=True)
        self._found = QVBoxLayout()
        self._found.setSpacing(TIGHT)
        self.more = button(bench.theme, "Show more passages", lambda: self._show(every=True), kind="quiet", icon="down")
        line = row([self.search, ask])
        line.setAlignment(ask, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(column([line, self._summary, self.notice], spacing=HAIR + 2))
        self.body.addLayout(self._found)
        self.body.addLayout(column([row([self.more, None]), row([self.decline, None])], spacing=0))
        self.body.addStretch(1)
        self._forget()

    def _forget(self) -> None:
        clear(self._found)
        self.cards = []
        self._found.addWidget(EmptyState(self.bench.theme, "search", "Try a question", TEACHING))
        for part in (self.more, self.decline, self._summary):
            part.hide()

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Search again where the documents have changed."""
        known = {one.blob.name for one in draft.knowledge}
        if self._explanation and any(one.found.document_id not in known for one in self._explanation.passages):
            self._explanation = None
            self._forget()

    def entered(self) -> None:
        """Ready to type."""
        self.search.edit.setFocus()

    def ask(self, question: str) -> None:
        """Search for a question."""
        self.search.show_text(question)
        self.look_up()

    def look_up(self) -> None:
        """Search for what stands in the line."""
        question = self.search.edit.text().strip()
        if question:
            self.bench.tasks.spawn("Searching", self._find(question))

    async def _find(self, question: str) -> None:
        library = await self.bench.index.library_for(self.bench.draft)
        self._asked = question
        self._explanation = await library.explained(whole_question(question, ()), PASSAGES)
        self._show()

    def _show(self, *, every: bool = False) -> None:
        explanation = self._explanation
        if explanation is None:
            return
        clear(self._found)
        passages = explanation.passages if every else explanation.passages[: self._first(explanation)]
        self.cards = [FoundCard(self.bench, one, self._read_at, self._expect) for one in passages]
        passed = sum(card.passage.passes for card in self.cards)
        for place, card in enumerate(self.cards):
            if place == passed:
                self._found.addWidget(ThresholdLine(explanation.threshold, len(self.cards) - passed))
            self._found.addWidget(card)
        hidden = len(explanation.passages) - len(passages)
        self.more.setText(f"Show {counted(hidden, 'more passage')}")
        self.more.setVisible(hidden > 0)
        self.decline.setVisible(True)
        self._summary.setText(summary_of(self._asked, explanation))
        self._summary.setVisible(True)
        if small_talk(self._asked):
            self.notice.tell(SMALL_TALK)
        else:
            self.notice.tell("" if explanation.given else NOTHING, "warning")

    def _first(self, explanation: Explanation) -> int:
        """As many as are given, and a few of those that are not."""
        passed = sum(one.passes for one in explanation.passages)
        return max(FIRST_SHOWN, passed + 2)

    def _read_at(self, passage: ExplainedPassage) -> None:
        self._read(passage.found.document_id, passage.found.start)

    def _expect(self, passage: ExplainedPassage) -> None:
        keep_gold(self.bench, self._asked, passage.found.document_id)

    def expect_nothing(self) -> None:
        """Make the question one that is to be declined."""
        keep_gold(self.bench, self._asked, None)


def keep_gold(bench: Bench, question: str, document: str | None) -> None:
    """Make a question a gold one: the document of that file name answers it, or nothing does. Says so."""
    made = gold_question(question, document)
    if made is None:
        return
    expected = next((one.title for one in bench.draft.knowledge if one.blob.name == document), "nothing: it declines")
    bench.document.change("Add a gold question", with_gold_questions(bench.draft, [made]))
    bench.toasts.tell("Gold question", f"“{made.question}” expects {expected}.")


def summary_of(asked: str, explanation: Explanation) -> str:
    """How the question was taken: its words, its language, how far meaning is trusted."""
    question = explanation.question
    strong = [term.word for term in question.terms if term not in question.light]
    light = [term.word for term in question.terms if term in question.light]
    parts = [
        f"Searched as “{question.text}”." if question.text != asked else "",
        f"Words that count: {', '.join(strong)}." if strong else "No word of it says what it is about.",
        f"Hardly: {', '.join(light)}." if light else "",
        "" if question.trust >= TRUSTED else f"Meaning counts {question.trust:.0%} in {explanation.language.title()}.",
        f"{counted(len(explanation.given), 'passage')} would be given." if explanation.given else "",
    ]
    return " ".join(part for part in parts if part)
