"""Which model answers. Keys are the desk's and the server's, never the project's."""

from PySide6.QtWidgets import QFrame

from shared.contract.chatbot import ChatbotDraft, ModelChoice
from studio.ui.bench import Bench
from studio.ui.parts.buttons import Combo
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import column, row
from studio.ui.parts.text import label
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT

PROVIDERS = (
    (
        "auto",
        "Whatever has a key",
        "The first provider that has a key, here and on the server; else the understudy.",
    ),
    ("understudy", "Understudy", "Built in: answers with sentences of your documents, needs no key."),
    ("openai", "OpenAI", "Needs OPENAI_API_KEY here to rehearse, and on the server to perform."),
    ("anthropic", "Anthropic", "Needs ANTHROPIC_API_KEY here to rehearse, and on the server to perform."),
    ("compatible", "Compatible address", "An address that speaks OpenAI's wire, set up on the server."),
)


class ModelCard(QFrame):
    """Shows and asks for the draft's model."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.setProperty("kind", "card")
        self.provider = Combo(bench.theme)
        self.provider.setAccessibleName("Provider")
        for key, title, _ in PROVIDERS:
            self.provider.addItem(title, key)
        self.provider.activated.connect(lambda index: self._choose(str(self.provider.itemData(index))))
        self.model = LineField("", placeholder="the provider's usual model")
        self.model.edited.connect(self._name)
        self.model.left.connect(bench.document.settle)
        self._hint = label("", "caption", wrap=True)
        line = row([self.provider, self.model], spacing=SNUG)
        self.setLayout(column([line, self._hint], spacing=TIGHT, margin=ROOM))

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the choice."""
        choice = draft.models
        self.provider.setCurrentIndex(self.provider.findData(choice.provider))
        self._hint.setText(next(hint for key, _, hint in PROVIDERS if key == choice.provider))
        self.model.setVisible(choice.provider not in {"auto", "understudy"})
        if not self.model.edit.hasFocus():
            self.model.show_text(choice.model)

    def _choose(self, provider: str) -> None:
        # Another provider does not know the first one's model.
        choice = ModelChoice.model_validate({"provider": provider})
        after = self._bench.draft.model_copy(update={"models": choice})
        self._bench.document.change("Choose the model", after)

    def _name(self, model: str) -> None:
        choice = self._bench.draft.models.model_copy(update={"model": model.strip()})
        after = self._bench.draft.model_copy(update={"models": choice})
        self._bench.document.change("Name the model", after, gesture="models.model")
