"""The avatar's licence, asked once: whoever visits a page can download the model that stands on it."""

from functools import partial

from PySide6.QtWidgets import QFrame

from shared.contract.chatbot import ChatbotDraft
from studio.model.checklist import counted
from studio.model.edits import with_licence
from studio.ui.bench import Bench
from studio.ui.parts.buttons import button
from studio.ui.parts.fields import LineField
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import column
from studio.ui.parts.text import label
from studio.ui.theme.tokens import HAIR, ROOM, SNUG

USUAL = ("Our own work", "CC0", "CC BY 4.0", "MIT", "Bought, may be shown on websites")


class LicenceCard(QFrame):
    """Licence and credit of the avatar."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.setProperty("kind", "card")
        self.licence = LineField("Licence", placeholder="CC BY 4.0", maximum=200)
        self.credit = LineField("Credit", "Shown to visitors where the licence asks for it.", "Made by…", 200)
        self.licence.edited.connect(self._change)
        self.credit.edited.connect(self._change_credit)
        for field in (self.licence, self.credit):
            field.left.connect(bench.document.settle)
        usual = Flow(HAIR + 2)
        for words in USUAL:
            usual.addWidget(button(bench.theme, words, partial(self._choose, words), kind="chip"))
        self.clips = label("", "caption", wrap=True)
        why = label(
            "Visitors can download the model: say by which licence you may publish it.", tone="muted", wrap=True
        )
        self.setLayout(column([why, self.licence, usual, self.credit, self.clips], spacing=SNUG, margin=ROOM))

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show what was given."""
        self.setEnabled(draft.avatar is not None)
        given = (draft.avatar.licence, draft.avatar.credit) if draft.avatar else ("", "")
        for field, text in zip((self.licence, self.credit), given, strict=True):
            # A space that was just typed is not in the draft yet.
            if field.edit.text().strip() != text.strip():
                field.show_text(text)
        others = sum(bool(clip.licence) for clip in draft.acting.clips.values())
        told = f"{counted(others, 'clip')} with a licence of {'its' if others == 1 else 'their'} own, given in Acting."
        self.clips.setText(told)
        self.clips.setVisible(bool(others))

    def _choose(self, words: str) -> None:
        self.licence.show_text(words)
        self._change(words)
        self._bench.document.settle()

    def _change(self, text: str) -> None:
        self._bench.document.change("Give the licence", with_licence(self._bench.draft, text), gesture="licence")

    def _change_credit(self, text: str) -> None:
        avatar = self._bench.draft.avatar
        if avatar is not None:
            credited = avatar.model_copy(update={"credit": text[:200]})
            after = self._bench.draft.model_copy(update={"avatar": credited})
            self._bench.document.change("Give credit", after, gesture="credit")
