"""Fields of the personality, bound to the draft: each tells what it changes, and shows what the draft says."""

from dataclasses import dataclass

from shared.contract.chatbot import ChatbotDraft
from studio.model.edits import with_personality
from studio.ui.bench import Bench
from studio.ui.parts.fields import LineField, TextField
from studio.ui.parts.line_list import LineList

MAXIMUM_LONG, MAXIMUM_SHORT = 8_000, 600


@dataclass(frozen=True)
class Words:
    """One text of the personality: its key in the contract, and how it is asked for."""

    key: str
    title: str
    hint: str
    placeholder: str
    lines: int
    maximum: int = MAXIMUM_LONG


class PersonalityFields:
    """Makes fields for one page, and keeps them up to the draft."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.texts: dict[str, TextField] = {}
        self.lines: dict[str, LineField] = {}
        self.lists: dict[str, LineList] = {}

    def text(self, words: Words) -> TextField:
        """A field of several lines."""
        made = TextField(words.title, words.hint, words.placeholder, lines=words.lines, maximum=words.maximum)
        made.edited.connect(lambda text: self._change(words.key, words.title, text))
        made.left.connect(self._bench.document.settle)
        self.texts[words.key] = made
        return made

    def line(self, words: Words) -> LineField:
        """A field of one line."""
        made = LineField(words.title, words.hint, words.placeholder, words.maximum)
        made.edited.connect(lambda text: self._change(words.key, words.title, text))
        made.left.connect(self._bench.document.settle)
        self.lines[words.key] = made
        return made

    def list(self, key: str, thing: str, made: LineList) -> LineList:
        """A list of short lines; `thing` names one of them in the history."""

        def change(verb: str, lines: tuple[str, ...], goes_on: bool) -> None:
            after = with_personality(self._bench.draft, **{key: lines})
            gesture = f"personality.{key}" if goes_on else None
            self._bench.document.change(f"{verb} {thing}", after, gesture=gesture)

        made.changed.connect(change)
        made.left.connect(self._bench.document.settle)
        self.lists[key] = made
        return made

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show what the draft says; blanks at the end of a line are the hand's, not the draft's."""
        for key, text_field in self.texts.items():
            text_field.show_text(getattr(draft.personality, key))
        for key, line_field in self.lines.items():
            said = getattr(draft.personality, key)
            if line_field.edit.text().strip() != said:
                line_field.show_text(said)
        for key, line_list in self.lists.items():
            line_list.show_lines(getattr(draft.personality, key))

    def _change(self, key: str, title: str, text: str) -> None:
        after = with_personality(self._bench.draft, **{key: text})
        self._bench.document.change(f"Edit {title.lower()}", after, gesture=f"personality.{key}")
