"""The prompt exactly as it is sent, composed by the turn's own function; with its tokens and what it would cost."""

from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from shared.contract.chatbot import ChatbotDraft
from shared.contract.turn import Ask
from shared.dialogue.cast import TurnLimits, cast_of
from shared.dialogue.compose import compose_prompt
from shared.dialogue.questions import whole_question
from shared.dialogue.voice import typical_answer_tokens
from shared.providers.chat import Prompt
from shared.providers.choosing import DEFAULT_MODELS, wanted_models
from shared.providers.estimating import USUAL_QUESTION_TOKENS, Assumption, cost_of_thousand
from shared.providers.loading import load_sdk
from shared.providers.smalltalk import small_talk
from shared.providers.tokens import counted_tokens
from studio.ui.bench import Bench
from studio.ui.panels.model_limits import dollars
from studio.ui.panels.paged import Page
from studio.ui.parts.buttons import Combo, IconButton
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import card, clear, column, row
from studio.ui.parts.links import link
from studio.ui.parts.text import ElidedLabel, Tone, label, overline, rule
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT

SETTLE_MILLISECONDS = 200
"""Composing waits for so long after the last letter."""
USUAL_QUESTION = "What are your opening hours?"
TURNS = (2, 4, 8, 12)
LIMITS = TurnLimits()
NOBODY = UUID(int=0)
UNREAD = (
    "The understudy is chosen: it reads none of this, but takes sentences of the passages. It heeds your lines, the "
    "languages and the sliders of length, formality and energy."
)
WARNED: Tone = "warning"
FREE: Tone = "fine"
PAID: Tone = "plain"


class PromptPage(Page):
    """Cost, then every message that a model would read for one question."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.texts: list[str] = []
        """The messages on screen, in their order."""
        self.costs: dict[str, str] = {}
        """What each model costs, in the words on screen."""
        self._stale = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MILLISECONDS)
        self._timer.timeout.connect(lambda: bench.tasks.spawn("Composing the prompt", self._compose()))
        self.question = LineField("A visitor asks", "", USUAL_QUESTION, 600)
        self.question.edited.connect(lambda _text: self._refresh())
        self.turns = Combo(bench.theme)
        self.turns.setAccessibleName("Questions a conversation")
        for turns in TURNS:
            self.turns.addItem(f"{turns} questions", turns)
        self.turns.setCurrentIndex(1)
        self.turns.activated.connect(lambda _index: self._refresh())
        self._assumed = label("", "caption", wrap=True)
        self._costs = QGridLayout()
        self._costs.setColumnStretch(0, 1)
        self._costs.setVerticalSpacing(HAIR)
        self._unread = label(UNREAD, "caption", "warning", wrap=True)
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(SNUG)
        head = row([label("1,000 conversations of", tone="muted"), self.turns, None], spacing=TIGHT)
        self.body.addLayout(column([overline("COST"), card([head, self._costs, rule(), self._assumed], spacing=SNUG)]))
        self.body.addLayout(column([overline("WHAT IS SENT"), self._unread, self.question], spacing=TIGHT))
        self.body.addLayout(self._blocks)
        self.body.addStretch(1)
        link(self, bench.index.changed, self._mark_stale)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Compose again, once the page is looked at."""
        suggestion = next(iter(draft.personality.suggestions), USUAL_QUESTION)
        self.question.edit.setPlaceholderText(suggestion)
        self._unread.setVisible(draft.models.provider == "understudy")
        self._refresh()

    def entered(self) -> None:
        """Compose what has changed since."""
        if self._stale:
            self._refresh(at_once=True)

    def _mark_stale(self) -> None:
        self._stale = True

    def _refresh(self, *, at_once: bool = False) -> None:
        self._stale = True
        if at_once or self.isVisible():
            self._timer.start(0 if at_once else SETTLE_MILLISECONDS)

    async def _compose(self) -> None:
        draft = self.bench.draft
        text = self.question.edit.text().strip() or self.question.edit.placeholderText()
        found = []
        if small_talk(text) is None and draft.knowledge:
            library = await self.bench.index.library_for(draft)
            found = (await library.search(whole_question(text, ()), LIMITS.passages))[: LIMITS.passages]
        ask = Ask(turn_id=NOBODY, message_id=NOBODY, text=text, locale=draft.locale)
        prompt = compose_prompt(ask, cast_of(draft), found, LIMITS)
        await load_sdk("genai_prices")
        self._stale = False
        self._show_blocks(prompt)
        self._show_costs(draft, prompt)

    def _show_blocks(self, prompt: Prompt) -> None:
        clear(self._blocks)
        said = [("System", prompt.system), *((one.author.capitalize(), one.text) for one in prompt.history)]
        said.append(("Visitor", prompt.request))
        self.texts = [text for _, text in said]
        for author, text in said:
            self._blocks.addWidget(PromptBlock(self.bench, author, text))
        if not prompt.sources and small_talk(prompt.question) is None:
            words = "Nothing in the knowledge answers this, so no model is asked: it declines in its own words."
            self._blocks.addWidget(label(words, "caption", "warning", wrap=True))

    def _show_costs(self, draft: ChatbotDraft, prompt: Prompt) -> None:
        assumed = Assumption(
            system_tokens=counted_tokens(prompt.system),
            passage_tokens=counted_tokens(prompt.request) - counted_tokens(prompt.question),
            answer_tokens=min(typical_answer_tokens(draft.personality.manner), prompt.output_tokens),
            turns=int(self.turns.currentData()),
        )
        while (item := self._costs.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.costs = {}
        models = [(provider, name or DEFAULT_MODELS[provider]) for provider, name in wanted_models(draft.models)]
        for line, (provider, name) in enumerate([*dict.fromkeys(models), ("troupe", "understudy")]):
            self._show_cost(line, f"{provider}/{name}", cost_of_thousand(provider, name, assumed))
        self._assumed.setText(assumption_words(assumed))

    def _show_cost(self, line: int, model: str, micros: int | None) -> None:
        if micros is None:
            words, tone = "price not known", WARNED
        elif micros == 0:
            words, tone = "nothing", FREE
        else:
            words, tone = f"${dollars(round(micros, -4))}", PAID
        self.costs[model] = words
        cost = label(words, "strong", tone)
        self._costs.addWidget(ElidedLabel(model), line, 0)
        self._costs.addWidget(cost, line, 1, Qt.AlignmentFlag.AlignRight)


def assumption_words(assumed: Assumption) -> str:
    """What a cost was reckoned from."""
    return (
        f"Assumed: {assumed.turns} questions of {USUAL_QUESTION_TOKENS} tokens, each with {assumed.system_tokens:,} "
        f"of character and {assumed.passage_tokens:,} of passages as below, answers of {assumed.answer_tokens:,}. That "
        f"is {assumed.read_tokens:,} read and {assumed.written_tokens:,} written a conversation. Tokens are estimates; "
        "no discount for cached text is counted on."
    )


class PromptBlock(QFrame):
    """One message, word for word."""

    def __init__(self, bench: Bench, author: str, text: str) -> None:
        super().__init__()
        self.text = text
        self.setProperty("kind", "card")
        words = label(text, "mono", wrap=True)
        flags = Qt.TextInteractionFlag
        words.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        copy = IconButton(
            bench.theme, "copy", "Copy this message", lambda: QGuiApplication.clipboard().setText(text), size=15
        )
        tokens = label(f"about {counted_tokens(text):,} tokens", "caption")
        head = row([label(author, "strong"), None, tokens, copy], spacing=TIGHT)
        layout = column([head, words], spacing=HAIR)
        layout.setContentsMargins(ROOM, TIGHT, SNUG, SNUG)
        self.setLayout(layout)
