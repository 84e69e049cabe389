"""The models that are asked when the one before fails before its first word; the understudy is always the last."""

from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shared.contract.chatbot import Fallback, ModelChoice
from studio.ui.bench import Bench
from studio.ui.parts.buttons import Combo, IconButton, button
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import clear, column, row
from studio.ui.parts.text import label
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

MOST_FALLBACKS = 4
PAID = (("openai", "OpenAI"), ("anthropic", "Anthropic"), ("compatible", "Compatible"))


class Change(Protocol):
    """Changes fields of the choice as a named step."""

    def __call__(self, name: str, gesture: str | None = None, **fields: object) -> None:
        """Make the change."""


class _Row:
    """One fallback's widgets."""

    def __init__(self, owner: "FallbackList", bench: Bench, place: int) -> None:
        self.provider = Combo(bench.theme)
        self.provider.setAccessibleName(f"Fallback {place + 1}: provider")
        for key, title in PAID:
            self.provider.addItem(title, key)
        self.provider.activated.connect(lambda at: owner.replace(place, provider=self.provider.itemData(at), model=""))
        self.model = LineField("", placeholder="usual model")
        self.model.edit.setAccessibleName(f"Fallback {place + 1}: model")
        # Rows are made while the page is hidden: without the style's own height the layout would cut the field.
        self.model.edit.ensurePolished()
        self.model.setMinimumHeight(self.model.edit.sizeHint().height())
        self.model.edited.connect(lambda text: owner.name(place, text))
        self.model.left.connect(bench.document.settle)
        up = IconButton(bench.theme, "arrow-up", "Ask it earlier", lambda: owner.push(place), size=15)
        up.setEnabled(place > 0)
        remove = IconButton(bench.theme, "close", "Do not ask it", lambda: owner.remove(place), size=13)
        self.line: QHBoxLayout = row([self.provider, self.model, up, remove], spacing=HAIR)
        self.line.setStretch(1, 1)

    def show_fallback(self, fallback: Fallback) -> None:
        """Show what the draft says."""
        self.provider.setCurrentIndex(self.provider.findData(fallback.provider))
        if self.model.edit.text().strip() != fallback.model:
            self.model.show_text(fallback.model)


class FallbackList(QWidget):
    """The chain, in its order."""

    def __init__(self, bench: Bench, change: Change) -> None:
        super().__init__()
        self._bench, self._change = bench, change
        self._choice = ModelChoice()
        self.rows: list[_Row] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(TIGHT)
        self._words = label("", "caption", wrap=True)
        self.add = button(bench.theme, "Add a fallback", self.append, kind="quiet", icon="plus")
        head = row([label("If it fails before its first word", "strong"), None], spacing=SNUG)
        self.setLayout(column([head, self._rows, self._words, row([self.add, None])], spacing=TIGHT))

    def show_choice(self, choice: ModelChoice) -> None:
        """Show the fallbacks of a choice."""
        self._choice = choice
        self.setVisible(choice.provider != "understudy")
        if len(choice.fallbacks) != len(self.rows):
            self._build(len(choice.fallbacks))
        for made, fallback in zip(self.rows, choice.fallbacks, strict=True):
            made.show_fallback(fallback)
        self.add.setVisible(len(choice.fallbacks) < MOST_FALLBACKS)
        then = "Then the understudy" if choice.fallbacks else "The understudy"
        self._words.setText(f"{then} answers: from your documents, without a model.")

    def _build(self, count: int) -> None:
        self.rows = []
        clear(self._rows)
        for place in range(count):
            made = _Row(self, self._bench, place)
            self.rows.append(made)
            self._rows.addLayout(made.line)

    def append(self) -> None:
        """Add one: of a provider that is not asked yet, if there is one."""
        asked = {self._choice.provider, *(one.provider for one in self._choice.fallbacks)}
        provider = next((key for key, _ in PAID if key not in asked), PAID[0][0])
        added = Fallback.model_validate({"provider": provider})
        self._change("Add a fallback", fallbacks=(*self._choice.fallbacks, added))

    def replace(self, place: int, **fields: object) -> None:
        """Ask another in its place."""
        self._set("Choose a fallback", place, fields, None)

    def name(self, place: int, model: str) -> None:
        """Ask another model of the same provider."""
        self._set("Name a fallback's model", place, {"model": model.strip()}, f"models.fallbacks.{place}")

    def _set(self, name: str, place: int, fields: dict[str, object], gesture: str | None) -> None:
        kept = list(self._choice.fallbacks)
        kept[place] = kept[place].model_copy(update=fields)
        self._change(name, gesture, fallbacks=tuple(kept))

    def remove(self, place: int) -> None:
        """Take one out of the chain."""
        kept = tuple(one for at, one in enumerate(self._choice.fallbacks) if at != place)
        self._change("Remove a fallback", fallbacks=kept)

    def push(self, place: int) -> None:
        """Ask one before the one above it."""
        kept = list(self._choice.fallbacks)
        kept[place - 1], kept[place] = kept[place], kept[place - 1]
        self._change("Move a fallback", fallbacks=tuple(kept))
