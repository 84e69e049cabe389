"""The lines that the character says word for word, and the questions that it offers."""

from shared.contract.chatbot import ChatbotDraft
from studio.ui.bench import Bench
from studio.ui.panels.paged import Page
from studio.ui.panels.personality_fields import MAXIMUM_SHORT, PersonalityFields, Words
from studio.ui.parts.layout import column
from studio.ui.parts.line_list import LineList
from studio.ui.parts.text import label
from studio.ui.theme.tokens import HAIR

SHOWN_SUGGESTIONS = 6
"""The widget shows no more."""
GREETING = Words(
    "greeting", "Greeting", "The first thing that a visitor reads.", "Hello! How can I help?", 2, MAXIMUM_SHORT
)
DECLINE = Words(
    "decline", "When it does not know",
    "Said word for word when nothing in its knowledge answers. Say where to ask instead.",
    "I am sorry, I do not know that. Our reception does: 030 1234567.", 2, MAXIMUM_SHORT,
)  # fmt: skip
GOODBYE = Words(
    "goodbye", "Goodbye", "Said when the visitor takes leave; may stay empty.", "See you soon!", 1, MAXIMUM_SHORT
)


class LinesPage(Page):
    """Greeting, suggested questions, fallback wording, goodbye."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.fields = PersonalityFields(bench)
        self.suggestions = LineList(bench.theme, "What are your opening hours?", most=SHOWN_SUGGESTIONS)
        offered = self.fields.list("suggestions", "a suggested question", self.suggestions)
        hint = label(f"Offered under the greeting; {SHOWN_SUGGESTIONS} at most.", "caption", wrap=True)
        self.body.addWidget(self.fields.text(GREETING))
        self.body.addLayout(column([label("Suggested questions", "strong"), offered, hint], spacing=HAIR + 1))
        self.body.addWidget(self.fields.text(DECLINE))
        self.body.addWidget(self.fields.text(GOODBYE))
        self.body.addStretch(1)

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the lines."""
        self.fields.show_draft(draft)
