"""The widget's own words, language by language: what is left empty is said in our words."""

from functools import partial

from PySide6.QtWidgets import QStackedLayout, QWidget

from shared.contract.chatbot import ChatbotDraft, WidgetTexts
from shared.dialogue.tongues import TONGUES, tongue
from studio.model.looks import with_language, with_text, without_language
from studio.ui.bench import Bench
from studio.ui.panels.paged import Page
from studio.ui.parts.buttons import Combo, IconButton, button
from studio.ui.parts.fields import LineField, TextField
from studio.ui.parts.layout import box, column, row
from studio.ui.parts.notices import EmptyState
from studio.ui.theme.tokens import HAIR, ROOM

LINES = (
    ("title", "Title", "In the chat's header, instead of the name.", ""),
    ("launcher", "Launcher", "What the launcher is called, on its tooltip and read aloud.", "Chat with {name}"),
    ("teaser", "Teaser", "A small bubble beside the launcher, before the chat is first opened.", "Questions? Ask me."),
    ("placeholder", "In the empty field", "", "Ask something…"),
)
CONSENT_HINT = "Below the field, such as what becomes of the visitor's words. Links: [Privacy](https://example.com)."


class WordsPage(Page):
    """One language on screen at a time."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._locale = ""
        self.language = Combo(bench.theme)
        self.language.setAccessibleName("Language of the words")
        self.language.activated.connect(lambda place: self._turn(str(self.language.itemData(place))))
        self.add = Combo(bench.theme)
        self.add.setAccessibleName("Add a language")
        self.add.setToolTip("Add a language")
        self.add.activated.connect(lambda place: self._add(str(self.add.itemData(place) or "")))
        self.remove = IconButton(bench.theme, "trash", "Remove this language", self._remove, size=16)
        self.fields: dict[str, LineField | TextField] = {
            key: LineField(name, hint, placeholder) for key, name, hint, placeholder in LINES
        }
        self.fields["consent"] = TextField("Note", CONSENT_HINT, lines=2, maximum=600)
        for key, field in self.fields.items():
            field.edited.connect(partial(self._write, key))
            field.left.connect(bench.document.settle)
        self._pages = QStackedLayout()
        empty = "Title, teaser, the note below the field: in as many languages as your visitors read."
        self._pages.addWidget(box(column([*self.fields.values(), None], spacing=ROOM)))
        begin = button(bench.theme, "Write your own", lambda: self._add(bench.draft.locale), kind="primary")
        self._pages.addWidget(EmptyState(bench.theme, "languages", "Our words so far", empty, begin))
        holder = QWidget()
        holder.setLayout(self._pages)
        choices = row([self.language, self.remove, self.add], spacing=HAIR)
        choices.setStretch(0, 1)
        self.body.addLayout(choices)
        self.body.addWidget(holder)
        self.body.addStretch(1)

    def _write(self, key: str, text: str) -> None:
        after = with_text(self.bench.draft, self._locale, key, text.strip() if key != "consent" else text)
        name = f"Write the widget's words in {tongue(self._locale)}"
        self.bench.document.change(name, after, gesture=f"texts.{self._locale}.{key}")

    def _turn(self, locale: str) -> None:
        self._locale = locale
        self.show_draft(self.bench.draft)

    def _add(self, locale: str) -> None:
        if locale:
            self._locale = locale
            self.bench.document.change(f"Add words in {tongue(locale)}", with_language(self.bench.draft, locale))
            self.fields["title"].edit.setFocus()

    def _remove(self) -> None:
        after = without_language(self.bench.draft, self._locale)
        self.bench.document.change(f"Remove the words in {tongue(self._locale)}", after)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the words of the chosen language, of another where that is gone."""
        texts = draft.look.texts
        if self._locale not in texts:
            self._locale = next(iter(texts), "")
        self._show_languages(draft)
        self._pages.setCurrentIndex(0 if self._locale else 1)
        words = texts.get(self._locale, WidgetTexts())
        for key, field in self.fields.items():
            said = str(getattr(words, key))
            shown = field.edit.text() if isinstance(field, LineField) else field.edit.toPlainText()
            if shown.strip() != said.strip():
                field.show_text(said)
        if isinstance(launcher := self.fields["launcher"], LineField):
            launcher.edit.setPlaceholderText(f"Chat with {draft.name}")
        if isinstance(title := self.fields["title"], LineField):
            title.edit.setPlaceholderText(draft.name)

    def _show_languages(self, draft: ChatbotDraft) -> None:
        texts = draft.look.texts
        self.language.clear()
        for tag in texts:
            self.language.addItem(tongue(tag), tag)
        self.language.setCurrentIndex(self.language.findData(self._locale))
        self.language.setVisible(bool(texts))
        self.remove.setVisible(bool(texts))
        self.add.clear()
        self.add.addItem("Add…", "")
        # The character's own first: it is the one most want.
        for tag in (draft.locale, *sorted(TONGUES, key=tongue)):
            if tag not in texts and self.add.findData(tag) < 0:
                self.add.addItem(tongue(tag), tag)
