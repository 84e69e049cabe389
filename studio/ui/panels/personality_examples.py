"""Example exchanges: what a visitor says and what the character answers, shown to the model as its manner."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from shared.contract.chatbot import Exchange
from studio.model.edits import with_personality
from studio.ui.bench import Bench
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.fields import TextField
from studio.ui.parts.layout import Item, clear, column, row
from studio.ui.parts.text import label
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

MOST_EXAMPLES = 20
LONGEST_QUESTION, LONGEST_ANSWER = 600, 2_000


class ExampleCard(QFrame):
    """One exchange. Until both sides have words it is the panel's alone, and not in the draft."""

    def __init__(self, owner: "ExampleList", bench: Bench) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.visitor = TextField("", "", "Do you also have ships?", lines=1, most_lines=6, maximum=LONGEST_QUESTION)
        self.character = TextField(
            "", "", "Three of them! The oldest sailed until 1962.", lines=2, maximum=LONGEST_ANSWER
        )
        self._missing = label("Both need words before the model is shown this.", "caption", "warning")
        for field, name in ((self.visitor, "The visitor says"), (self.character, "It answers")):
            field.edit.setAccessibleName(name)
            field.edited.connect(lambda _text: owner.write())
            field.left.connect(bench.document.settle)
        remove = IconButton(bench.theme, "trash", "Remove this example", lambda: owner.remove(self), size=15)
        up = IconButton(bench.theme, "arrow-up", "Move it up", lambda: owner.push(self, -1), size=15)
        down = IconButton(bench.theme, "arrow-down", "Move it down", lambda: owner.push(self, 1), size=15)
        head = row([label("The visitor says", "caption"), None, up, down, remove], spacing=0)
        inside: list[Item] = [head, self.visitor, label("It answers", "caption"), self.character, self._missing]
        layout = column(inside, spacing=HAIR, margin=SNUG)
        layout.setContentsMargins(SNUG, HAIR, TIGHT, SNUG)
        self.setLayout(layout)

    @property
    def exchange(self) -> Exchange | None:
        """What it says, once both sides have words."""
        visitor, character = self.visitor.edit.toPlainText(), self.character.edit.toPlainText()
        whole = bool(visitor.strip() and character.strip())
        self._missing.setVisible(not whole and bool(visitor.strip() or character.strip()))
        return Exchange(visitor=visitor, character=character) if whole else None

    def show_exchange(self, exchange: Exchange | None) -> None:
        """Show an exchange; None is an empty card."""
        self.visitor.show_text(exchange.visitor if exchange else "")
        self.character.show_text(exchange.character if exchange else "")
        self._missing.hide()


class ExampleList(QWidget):
    """The cards, in the draft's order."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.cards: list[ExampleCard] = []
        self._cards = QVBoxLayout()
        self._cards.setSpacing(TIGHT)
        self.add = button(bench.theme, "Add an example", self.begin, kind="quiet", icon="plus")
        hint = "Two or three answers as you would give them tell a model more about a voice than adjectives do."
        self.setLayout(column([self._cards, row([self.add, None]), label(hint, "caption", wrap=True)], spacing=TIGHT))

    def show_examples(self, examples: Sequence[Exchange]) -> None:
        """Show the draft's examples; cards that are not finished stay where nothing else has changed."""
        if tuple(examples) != self._written():
            clear(self._cards)
            self.cards = []
            for example in examples:
                self._append(example)
        self.add.setEnabled(len(self.cards) < MOST_EXAMPLES)

    def begin(self) -> None:
        """Add an empty card, and go there."""
        if len(self.cards) < MOST_EXAMPLES:
            self._append(None).visitor.edit.setFocus()

    def write(self) -> None:
        """Put what the cards say into the draft."""
        self._change("Edit an example", gesture="personality.examples")

    def remove(self, card: ExampleCard) -> None:
        """Take one out."""
        self.cards.remove(card)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._change("Remove an example")

    def push(self, card: ExampleCard, step: int) -> None:
        """Move one among the others."""
        place, target = self.cards.index(card), self.cards.index(card) + step
        if 0 <= target < len(self.cards):
            self.cards.insert(target, self.cards.pop(place))
            self._cards.removeWidget(card)
            self._cards.insertWidget(target, card)
            self._change("Move an example")

    def _append(self, exchange: Exchange | None) -> ExampleCard:
        made = ExampleCard(self, self._bench)
        made.show_exchange(exchange)
        self.cards.append(made)
        self._cards.addWidget(made)
        return made

    def _written(self) -> tuple[Exchange, ...]:
        return tuple(one for card in self.cards if (one := card.exchange) is not None)

    def _change(self, name: str, gesture: str | None = None) -> None:
        after = with_personality(self._bench.draft, examples=self._written())
        self._bench.document.change(name, after, gesture=gesture)
