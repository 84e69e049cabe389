"""The Personality panel: who the character is and how it speaks, all in the designer's own words."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from shared.contract.chatbot import ChatbotDraft
from studio.model.edits import with_personality
from studio.ui.bench import Bench
from studio.ui.panels.model_choice import ModelCard
from studio.ui.panels.panel import Panel
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.fields import LineField, TextField
from studio.ui.parts.layout import card, clear, column, row
from studio.ui.parts.notices import Notice
from studio.ui.parts.text import label, overline
from studio.ui.theme.tokens import HAIR, ROOM, SNUG

MAXIMUM_LONG, MAXIMUM_SHORT = 8_000, 600
SHOWN_SUGGESTIONS = 6
"""The widget shows no more."""


@dataclass(frozen=True)
class Words:
    """One text of the personality: its key in the contract, and how it is asked for."""

    key: str
    title: str
    hint: str
    placeholder: str
    lines: int
    maximum: int


CHARACTER = (
    Words("about", "Who it is", "Its role, for whom it speaks, what it is there for.",
          "Mira greets visitors of the Lindenhof museum and helps them plan their visit.", 4, MAXIMUM_LONG),
    Words("tone", "How it speaks", "A few adjectives go a long way.",
          "Warm, brief, a little playful.", 2, MAXIMUM_LONG),
    Words("rules", "What it always or never does", "One a line.",
          "Never promises discounts.\nAlways names the opening hours with the day.", 3, MAXIMUM_LONG),
)  # fmt: skip
LINES = (
    Words("greeting", "Greeting", "The first thing that a visitor reads.", "Hello! How can I help?", 2, MAXIMUM_SHORT),
    Words("decline", "When it does not know", "Said in its own voice when its knowledge holds no answer.",
          "I am sorry, I do not know that.", 2, MAXIMUM_SHORT),
    Words("goodbye", "Goodbye", "Said when the visitor leaves; may stay empty.", "See you soon!", 1, MAXIMUM_SHORT),
)  # fmt: skip


class PersonalityPanel(Panel):
    """Name, character, lines it says, suggested questions."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "Personality", "Who your character is. It answers in this voice, from its knowledge.")
        self.name = LineField("Name", placeholder="Mira")
        self.name.edited.connect(self._rename)
        self.name.left.connect(bench.document.settle)
        self.language = LineField("Language", placeholder="en", maximum=12)
        self.language.edit.setFixedWidth(92)
        self.language.setToolTip("A language tag such as en, de or pt-BR")
        self.language.edited.connect(self._choose_language)
        self.fields: dict[str, TextField] = {}
        self.suggestions = SuggestionList(bench)
        self.model = ModelCard(bench)
        self._advice = Notice(bench.theme)
        first = row([self.name, self.language], spacing=SNUG)
        self.body.addWidget(self._advice)
        self.body.addLayout(first)
        self.body.addLayout(column([self._field(words) for words in CHARACTER], spacing=ROOM))
        lines = card([self._field(words) for words in LINES], spacing=ROOM)
        self.body.addLayout(column([overline("LINES IT SAYS"), lines]))
        self.body.addLayout(column([overline("SUGGESTED QUESTIONS"), self.suggestions]))
        self.body.addLayout(column([overline("MODEL"), self.model]))
        self.body.addStretch(1)
        self.follow_draft()

    def _field(self, words: Words) -> TextField:
        made = TextField(words.title, words.hint, words.placeholder, lines=words.lines, maximum=words.maximum)
        made.edited.connect(lambda text: self._change(words, text))
        made.left.connect(self.bench.document.settle)
        self.fields[words.key] = made
        return made

    def _change(self, words: Words, text: str) -> None:
        after = with_personality(self.bench.draft, **{words.key: text})
        self.bench.document.change(f"Edit {words.title.lower()}", after, gesture=f"personality.{words.key}")

    def _rename(self, name: str) -> None:
        after = self.bench.draft.model_copy(update={"name": name.strip()})
        self.bench.document.change("Rename the character", after, gesture="name")

    def _choose_language(self, text: str) -> None:
        tag = text.strip()
        if is_language_tag(tag):
            after = self.bench.draft.model_copy(update={"locale": tag})
            self.bench.document.change("Choose the language", after, gesture="locale")

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the personality."""
        if not self.name.edit.hasFocus() or self.name.edit.text().strip() != draft.name:
            self.name.show_text(draft.name)
        if is_language_tag(self.language.edit.text().strip()) or not self.language.edit.text():
            self.language.show_text(draft.locale)
        for key, field in self.fields.items():
            field.show_text(getattr(draft.personality, key))
        self.suggestions.show_suggestions(draft.personality.suggestions)
        self.model.show_draft(draft)
        empty = not draft.personality.about.strip()
        self._advice.tell("Begin with who it is: two sentences are enough to rehearse." if empty else "")


def is_language_tag(tag: str) -> bool:
    """Whether `tag` looks like `en` or `pt-BR`."""
    first, *rest = tag.split("-")
    plain = first.isascii() and first.isalpha() and len(first) in {2, 3}
    return plain and all(part.isascii() and part.isalnum() and 2 <= len(part) <= 8 for part in rest)  # BCP 47


class SuggestionList(QWidget):
    """The questions that a visitor is offered, each with a way out, and a line for one more."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._shown: tuple[str, ...] | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(HAIR)
        self.edit = LineField("", "", "What are your opening hours?")
        self.edit.edit.returnPressed.connect(self.add)
        add = button(bench.theme, "Add", self.add, icon="plus")
        hint = label(f"Shown at the start; {SHOWN_SUGGESTIONS} at most.", "caption")
        layout = column([self._rows, row([self.edit, add]), hint])
        self.setLayout(layout)

    def show_suggestions(self, suggestions: tuple[str, ...]) -> None:
        """Show the questions."""
        if suggestions == self._shown:
            return
        self._shown = suggestions
        clear(self._rows)
        for text in suggestions:
            self._rows.addWidget(self._line(text))

    def _line(self, text: str) -> QFrame:
        remove = IconButton(self._bench.theme, "close", "Remove this question", lambda: self._remove(text), size=13)
        made = QFrame()
        made.setProperty("kind", "well")
        line = row([label(text, wrap=True), remove])
        line.setContentsMargins(SNUG, HAIR, HAIR, HAIR)
        line.setStretch(0, 1)
        made.setLayout(line)
        return made

    def add(self) -> None:
        """Add what stands in the line."""
        text = self.edit.edit.text().strip()
        kept = self._bench.draft.personality.suggestions
        if not text or text in kept or len(kept) >= SHOWN_SUGGESTIONS:
            return
        self.edit.show_text("")
        after = with_personality(self._bench.draft, suggestions=(*kept, text))
        self._bench.document.change("Add a suggested question", after)

    def _remove(self, text: str) -> None:
        kept = tuple(one for one in self._bench.draft.personality.suggestions if one != text)
        after = with_personality(self._bench.draft, suggestions=kept)
        self._bench.document.change("Remove a suggested question", after)
