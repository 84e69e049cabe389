"""The first page of a personality: its name, what it is, which languages it speaks, who it is."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from shared.contract.chatbot import ChatbotDraft
from shared.dialogue.tongues import TONGUES, same_tongue, tongue
from studio.model.edits import with_personality
from studio.ui.bench import Bench
from studio.ui.panels.paged import Page
from studio.ui.panels.personality_fields import PersonalityFields, Words
from studio.ui.parts.buttons import Combo, IconButton
from studio.ui.parts.fields import LineField
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import column, row
from studio.ui.parts.notices import Notice
from studio.ui.parts.text import label
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

ROLE = Words("role", "What it is", "", "receptionist of the Lindenhof museum", 1, 200)
ABOUT = Words(
    "about", "Who it is", "For whom it speaks, what it is there for, what it likes.",
    "Mira greets visitors of the Lindenhof museum and helps them plan their visit.", 5,
)  # fmt: skip
RULES = Words("rules", "Anything else to keep to", "", "Sends journalists to the press office.", 2)
MOST_LANGUAGES = 40


class CharacterPage(Page):
    """Name, language, role, languages, about, other rules."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.name = LineField("Name", placeholder="Mira")
        self.name.edited.connect(self._rename)
        self.name.left.connect(bench.document.settle)
        self.page_language = LineField("Page language", placeholder="en", maximum=12)
        self.page_language.edit.setFixedWidth(108)
        self.page_language.setToolTip("A language tag such as en, de or pt-BR: of the pages that it stands on")
        self.page_language.edited.connect(self._choose_locale)
        self.page_language.left.connect(bench.document.settle)
        self.fields = PersonalityFields(bench)
        self.languages = LanguageChips(bench, self._speak)
        self.advice = Notice(bench.theme)
        self.body.addWidget(self.advice)
        first = row([self.name, self.page_language], spacing=SNUG)
        first.setStretch(0, 1)
        self.body.addLayout(first)
        self.body.addWidget(self.fields.line(ROLE))
        self.body.addWidget(self.fields.text(ABOUT))
        self.body.addWidget(self.languages)
        self.body.addWidget(self.fields.text(RULES))
        self.body.addStretch(1)

    def _rename(self, name: str) -> None:
        after = self.bench.draft.model_copy(update={"name": name.strip()})
        self.bench.document.change("Rename the character", after, gesture="name")

    def _choose_locale(self, text: str) -> None:
        tag = text.strip()
        if is_language_tag(tag):
            after = self.bench.draft.model_copy(update={"locale": tag})
            self.bench.document.change("Choose the page's language", after, gesture="locale")

    def _speak(self, name: str, languages: tuple[str, ...]) -> None:
        self.bench.document.change(name, with_personality(self.bench.draft, languages=languages))

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show who it is."""
        if self.name.edit.text().strip() != draft.name:
            self.name.show_text(draft.name)
        if is_language_tag(self.page_language.edit.text().strip()) or not self.page_language.edit.text():
            self.page_language.show_text(draft.locale)
        self.fields.show_draft(draft)
        self.languages.show_languages(draft.personality.languages, draft.locale)
        empty = not draft.personality.about.strip()
        self.advice.tell("Begin with who it is: two sentences are enough to rehearse." if empty else "")


def is_language_tag(tag: str) -> bool:
    """Whether `tag` looks like `en` or `pt-BR`."""
    first, *rest = tag.split("-")
    plain = first.isascii() and first.isalpha() and len(first) in {2, 3}
    return plain and all(part.isascii() and part.isalnum() and 2 <= len(part) <= 8 for part in rest)  # BCP 47


class LanguageChips(QWidget):
    """The languages that it answers in, the first for when in doubt; none says the visitor's own."""

    def __init__(self, bench: Bench, spoken: Callable[[str, tuple[str, ...]], None]) -> None:
        super().__init__()
        self._bench, self._spoken = bench, spoken
        self._shown: tuple[str, ...] | None = None
        self._chips = Flow(TIGHT)
        self._hint = label("", "caption", wrap=True)
        self.add = Combo(bench.theme)
        self.add.setAccessibleName("Add a language")
        self.add.setMinimumContentsLength(13)
        self.add.activated.connect(lambda index: self._add(str(self.add.itemData(index) or "")))
        line = row([label("Answers in", "strong"), None, self.add])
        self._holder = QWidget()
        self._holder.setLayout(self._chips)
        self.setLayout(column([line, self._holder, self._hint], spacing=HAIR + 1))

    def show_languages(self, languages: tuple[str, ...], locale: str) -> None:
        """Show the chips, and what they mean."""
        if languages == self._shown:
            return
        self._shown = languages
        self._chips.clear()
        for place, tag in enumerate(languages):
            self._chips.addWidget(self._chip(place, tag))
        self._chips.invalidate()
        self._holder.setVisible(bool(languages))
        self._hint.setText(_meaning(languages))
        self.add.clear()
        self.add.addItem("Add a language…", "")
        for tag in sorted(TONGUES, key=tongue):
            if not any(same_tongue(tag, one) for one in languages):
                self.add.addItem(tongue(tag), tag)

    def _chip(self, place: int, tag: str) -> QFrame:
        made = QFrame()
        made.setProperty("kind", "chip")
        parts: list[QWidget] = [label(tongue(tag))]
        if place:
            first = IconButton(
                self._bench.theme, "star", f"{tongue(tag)} when in doubt", lambda: self._first(tag), size=13
            )
            parts.append(first)
        parts.append(IconButton(self._bench.theme, "close", f"Not {tongue(tag)}", lambda: self._remove(tag), size=12))
        line = row(parts, spacing=2)
        line.setContentsMargins(TIGHT, 2, 2, 2)
        made.setLayout(line)
        return made

    def _add(self, tag: str) -> None:
        kept = self._shown or ()
        if tag and len(kept) < MOST_LANGUAGES:
            self._spoken(f"Speak {tongue(tag)}", (*kept, tag))
        else:
            self.add.setCurrentIndex(0)

    def _remove(self, tag: str) -> None:
        self._spoken(f"Do not speak {tongue(tag)}", tuple(one for one in self._shown or () if one != tag))

    def _first(self, tag: str) -> None:
        others = tuple(one for one in self._shown or () if one != tag)
        self._spoken(f"Speak {tongue(tag)} first", (tag, *others))


def _meaning(languages: tuple[str, ...]) -> str:
    if not languages:
        return "The visitor's own language, whichever that is."
    if len(languages) == 1:
        return f"Always {tongue(languages[0])}, whatever the visitor writes."
    return f"The visitor's, where it is one of these; else {tongue(languages[0])}."
