"""How the character speaks: the sliders of its tone, words of the designer's own, do and don't, example exchanges."""

from shared.contract.chatbot import ChatbotDraft, Tone
from shared.dialogue.voice import answer_length, manner_text
from studio.model.edits import with_personality
from studio.ui.bench import Bench
from studio.ui.panels.paged import Page
from studio.ui.panels.personality_examples import ExampleList
from studio.ui.panels.personality_fields import PersonalityFields, Words
from studio.ui.parts.layout import card, column
from studio.ui.parts.line_list import LineList
from studio.ui.parts.text import label, overline, rule
from studio.ui.parts.tone_slider import ToneSlider
from studio.ui.theme.tokens import HAIR, SNUG, TIGHT

SCALES = (
    ("warmth", "Warmth", "Cool", "Warm"),
    ("formality", "Formality", "Casual", "Formal"),
    ("length", "Length", "Brief", "Thorough"),
    ("humour", "Humour", "Serious", "Playful"),
    ("energy", "Energy", "Calm", "Lively"),
)
TONE = Words("tone", "In your own words", "", "A little old-fashioned; loves ships.", 2)


class VoicePage(Page):
    """Everything about tone."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.sliders: dict[str, ToneSlider] = {}
        self.fields = PersonalityFields(bench)
        self._said = label("", "caption", wrap=True)
        self.examples = ExampleList(bench)
        theme = bench.theme
        do = LineList(theme, "Name the day with the opening hours", icon="check", tone="fine")
        dont = LineList(theme, "Promise discounts", icon="ban", tone="danger")
        scales = column([self._slider(*scale) for scale in SCALES], spacing=HAIR)
        tone = card([scales, rule(), self._said, self.fields.text(TONE)], spacing=SNUG)
        self.body.addLayout(column([overline("TONE"), tone]))
        self.body.addLayout(column([overline("IT ALWAYS"), self.fields.list("do", "what it does", do)], spacing=TIGHT))
        never = self.fields.list("dont", "what it does not", dont)
        self.body.addLayout(column([overline("IT NEVER"), never], spacing=TIGHT))
        self.body.addLayout(column([overline("EXAMPLES"), self.examples], spacing=TIGHT))
        self.body.addStretch(1)

    def _slider(self, key: str, name: str, low: str, high: str) -> ToneSlider:
        made = ToneSlider(self.bench.theme, name, low, high)
        made.moved.connect(lambda value: self._move(key, name, value))
        made.settled.connect(self.bench.document.settle)
        self.sliders[key] = made
        return made

    def _move(self, key: str, name: str, value: float) -> None:
        manner = self.bench.draft.personality.manner.model_copy(update={key: value})
        after = with_personality(self.bench.draft, manner=manner)
        self.bench.document.change(f"Set the {name.lower()}", after, gesture=f"personality.manner.{key}")

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the voice."""
        manner = draft.personality.manner
        for key, slider in self.sliders.items():
            slider.show_value(getattr(manner, key))
        self._said.setText(f"The model is told: {_told(manner)}")
        self.fields.show_draft(draft)
        self.examples.show_examples(draft.personality.examples)


def _told(manner: Tone) -> str:
    said = manner_text(manner)
    return f"{said} Answer {answer_length(manner)}.".strip()
