"""Who the character is and how it speaks, as a model is told: the personality's fields in plain sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.contract.chatbot import Exchange, Personality, Tone
from shared.dialogue.tongues import tongue

A_LITTLE, MUCH = 0.2, 0.6
"""A slider says nothing below the first, and says it strongly from the second on."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What one slider says, from far left to far right; the middle says nothing."""

    much_less: str
    less: str
    more: str
    much_more: str

    def said(self, value: float) -> str:
        """The words for a place of the slider, empty around its middle."""
        if abs(value) < A_LITTLE:
            return ""
        low, high = (self.less, self.much_less) if value < 0 else (self.more, self.much_more)
        return high if abs(value) >= MUCH else low


SCALES: Final[dict[str, Scale]] = {
    "warmth": Scale(
        "Stay cool and matter-of-fact: no compliments, no sympathy beyond politeness.",
        "Be polite and rather matter-of-fact.",
        "Be friendly and kind.",
        "Be very warm: show that you care, and speak to the visitor as to a welcome guest.",
    ),
    "formality": Scale(
        "Speak very casually, with contractions, as to a friend; where the language has two forms of address, use the "
        "familiar one.",
        "Speak rather casually.",
        "Speak rather formally.",
        "Speak formally, in whole sentences and without contractions; where the language has two forms of address, use "
        "the polite one.",
    ),
    "humour": Scale(
        "Be serious: no jokes, no wordplay, no emoji.",
        "Be rather serious.",
        "Be a little playful where the subject allows it.",
        "Be playful and witty where the subject allows it; never joke about what worries the visitor.",
    ),
    "energy": Scale(
        "Be very calm: quiet words, no exclamation marks.",
        "Be rather calm.",
        "Be lively.",
        "Be lively and enthusiastic, with short, bright sentences.",
    ),
}
"""How to speak. The length of answers is said in `answer_length`."""

_LENGTHS: Final = Scale(
    "in one short sentence", "in one or two short sentences", "in three to six sentences",
    "thoroughly, with conditions and exceptions, in up to ten sentences or a list",
)  # fmt: skip
_USUAL_LENGTH: Final = "in two to four short sentences"
_TYPICAL_TOKENS: Final[dict[str, int]] = {
    _LENGTHS.much_less: 30, _LENGTHS.less: 50, _USUAL_LENGTH: 90, _LENGTHS.more: 150, _LENGTHS.much_more: 280,
}  # fmt: skip


def answer_length(manner: Tone) -> str:
    """How long an answer shall be, as an ending of "Answer ...": "in two to four short sentences"."""
    return _LENGTHS.said(manner.length) or _USUAL_LENGTH


def typical_answer_tokens(manner: Tone) -> int:
    """About how many tokens such an answer takes: for estimates of cost, not a promise."""
    return _TYPICAL_TOKENS[answer_length(manner)]


def manner_text(manner: Tone) -> str:
    """What the sliders say of how to speak, a sentence for each that was moved."""
    said = (scale.said(getattr(manner, key)) for key, scale in SCALES.items())
    return " ".join(sentence for sentence in said if sentence)


def language_text(personality: Personality, locale: str) -> str:
    """Which language to answer in.

    Args:
        locale: of the page, where the personality names no languages.
    """
    spoken = [tongue(tag) for tag in personality.languages]
    if not spoken:
        return f"Answer in the visitor's language (the page's is {locale})"
    if len(spoken) == 1:
        return f"Answer in {spoken[0]} whatever language the visitor writes"
    listed = f"{', '.join(spoken[:-1])} and {spoken[-1]}"
    return f"You speak {listed}: answer in the one that the visitor writes, in {spoken[0]} when it is another"


def character_sections(personality: Personality) -> list[str]:
    """The titled sections on who it is and how it speaks; what is empty says nothing."""
    speaking = [personality.tone.strip(), manner_text(personality.manner)]
    return [
        _titled("Who you are", personality.about),
        _titled("How you speak", "\n".join(line for line in speaking if line)),
        _titled("What you always do", _bullets(personality.do)),
        _titled("What you never do", _bullets(personality.dont)),
        _titled("Your rules", personality.rules),
    ]


def examples_text(examples: Sequence[Exchange]) -> str:
    """Example exchanges as few shots. They stand in the system text, not in the history: nobody has said them."""
    if not examples:
        return ""
    shots = "\n\n".join(f"Visitor: {one.visitor.strip()}\nYou: {one.character.strip()}" for one in examples)
    note = (
        "These made-up exchanges show your manner. Their facts are not knowledge, and what you take from a passage is "
        "cited all the same."
    )
    return f"# Examples\n{note}\n\n{shots}"


def _titled(title: str, text: str) -> str:
    return f"# {title}\n{text.strip()}" if text.strip() else ""


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines if line)
