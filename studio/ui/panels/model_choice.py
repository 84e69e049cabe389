"""The page of a personality on which model answers. Keys are the desk's and the server's, never the project's."""

from PySide6.QtWidgets import QWidget

from shared.contract.chatbot import ChatbotDraft, ModelChoice
from shared.providers.chat import full_name
from studio.files.spending import spending_of
from studio.ui.bench import Bench
from studio.ui.panels.model_fallbacks import FallbackList
from studio.ui.panels.model_limits import AnswerLength, MonthlyBudget, Temperature
from studio.ui.panels.paged import Page
from studio.ui.parts.buttons import Combo
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import card, column, row
from studio.ui.parts.links import link
from studio.ui.parts.text import label, overline, rule
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT

PROVIDERS = (
    (
        "auto",
        "Whatever has a key",
        "The first provider that has a key, here and on the server; else the understudy.",
    ),
    ("understudy", "Understudy", "Built in: answers with sentences of your documents, needs no key, costs nothing."),
    ("openai", "OpenAI", "Needs a key here to rehearse, and one on the server to perform."),
    ("anthropic", "Anthropic", "Needs a key here to rehearse, and one on the server to perform."),
    ("compatible", "Compatible address", "An address that speaks OpenAI's wire, set up here and on the server."),
)
OURS = "troupe/understudy"


class ModelPage(Page):
    """Routing, temperature, length, budget."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.provider = Combo(bench.theme)
        self.provider.setAccessibleName("Provider")
        for key, title, _ in PROVIDERS:
            self.provider.addItem(title, key)
        self.provider.activated.connect(lambda index: self._choose(str(self.provider.itemData(index))))
        self.model = LineField("", placeholder="the provider's usual model")
        self.model.edit.setAccessibleName("Model")
        self.model.edited.connect(lambda name: self._name(name))
        self.model.left.connect(bench.document.settle)
        self.fallbacks = FallbackList(bench, self.change)
        self.temperature = Temperature(self.change, bench)
        self.length = AnswerLength(self.change, bench)
        self.budget = MonthlyBudget(self.change, bench)
        self._hint = label("", "caption", wrap=True)
        self._here = label("", "caption", wrap=True)
        line = row([self.provider, self.model], spacing=SNUG)
        who = card([column([line, self._hint], spacing=TIGHT), rule(), self.fallbacks, self._here], spacing=SNUG)
        limits: list[QWidget] = [self.temperature, self.length, self.budget]
        self.body.addLayout(column([overline("WHO ANSWERS"), who]))
        self.body.addLayout(column([overline("HOW"), card(limits, spacing=ROOM)]))
        self.body.addStretch(1)
        link(self, bench.parts.keys_changed, self._ask_here)

    def entered(self) -> None:
        """Say whom this desk would ask, and what it has spent."""
        self.budget.show_spending(spending_of(self.bench.opened.project))
        self._ask_here()

    def change(self, name: str, gesture: str | None = None, **fields: object) -> None:
        """Change some fields of the choice, as a step called `name`."""
        choice = ModelChoice.model_validate({**self.bench.draft.models.model_dump(), **fields})
        after = self.bench.draft.model_copy(update={"models": choice})
        self.bench.document.change(name, after, gesture=gesture)

    def _choose(self, provider: str) -> None:
        # Another provider does not know the first one's model.
        self.change("Choose the model", provider=provider, model="")

    def _name(self, model: str) -> None:
        self.change("Name the model", "models.model", model=model.strip())

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the choice."""
        choice = draft.models
        self.provider.setCurrentIndex(self.provider.findData(choice.provider))
        self._hint.setText(next(hint for key, _, hint in PROVIDERS if key == choice.provider))
        self.model.setVisible(choice.provider not in {"auto", "understudy"})
        if self.model.edit.text().strip() != choice.model:
            self.model.show_text(choice.model)
        self.fallbacks.show_choice(choice)
        for part in (self.temperature, self.length, self.budget):
            part.show_choice(choice)
        if self.isVisible():
            self._ask_here()

    def _ask_here(self) -> None:
        self.bench.tasks.spawn("Looking for keys", self._show_here())

    async def _show_here(self) -> None:
        names = [full_name(model) for model in await self.bench.parts.models_for(self.bench.draft.models)]
        paid = [name for name in names if name != OURS]
        if self.bench.draft.models.provider == "understudy":
            self._here.setText("")
        elif paid:
            self._here.setText(f"On this desk: {', then '.join(paid)}, then the understudy.")
        else:
            self._here.setText("On this desk: the understudy, for there is no key. Keys are entered under Rehearsal.")

    @property
    def here(self) -> str:
        """Whom this desk would ask, in words."""
        return self._here.text()
