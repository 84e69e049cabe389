"""How much of a question each sentence of the given passages answers."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from shared.providers.chat import Source
from shared.providers.sentences import blocks_of, stems_of

IMPLIED_SHARE: Final = 0.5
"""A word that stands only in the heading above a sentence counts for half."""
FITTING_KIND: Final = 0.4
"""Added when the sentence holds the kind of thing that is asked for: a price, a time, a number, a name, a place."""
OTHER_KIND: Final = 0.6
"""What is left of a sentence's share when it holds nothing of the kind that is asked for."""
BEST_PASSAGE: Final = 0.1
"""How much more the first passage counts than one far below."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence of source `number`, at `place` among its sentences; `block` is its paragraph or list item.

    `covered` are the question's words that stand in it.
    """

    number: int
    block: int
    place: int
    text: str
    covered: frozenset[str] = frozenset()
    score: float = 0.0


_KINDS: Final[tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]] = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(told, flags))
    for asked, told, flags in (
        (
            r"\b(?:how much|costs?|prices?|fees?|pay|expensive|cheap|kostet|kosten|preis|wie viel|combien|prix|cuesta|"
            r"cuánto|precio)\b",
            r"\d.{0,20}(?:€|\$|£|euros?|dollars?|pounds?|cents?)|[€$£] ?\d|\b(?:free|kostenlos|gratis|gratuit)",
            re.IGNORECASE,
        ),
        (
            r"\b(?:when|what time|how late|until|hours|opening|wann|uhrzeit|öffnungszeiten|quand|horaires|cuándo"
            r"|horario)\b",
            r"\d{1,2}[:.]\d{2}|\d ?(?:a\.?m|p\.?m)\b|o'clock|\d ?uhr|\d ?h\b|\b(?:mon|tues|wednes|thurs|fri|satur"
            r"|sun)days?\b|\b(?:1[5-9]|20)\d\d\b|\b(?:january|february|march|april|june|july|august|september|october|november"
            r"|december)\b",
            re.IGNORECASE,
        ),
        (
            r"\b(?:how (?:many|big|old|high|tall|long|heavy|far|large|wide|deep|fast|small)|wie (?:viele|groß|alt|hoch"
            r"|lang|schwer|weit))\b",
            r"\d",
            0,
        ),
        (r"\b(?:who|whose|wer|qui|quién)\b", r"(?<=\w )[A-ZÀ-Þ]\w+ [A-ZÀ-Þ]\w+|\b(?:Mr|Mrs|Dr|Prof)\b", 0),
        (
            r"\b(?:where|address|wo|adresse|où|dónde)\b",
            r"\b(?:street|road|avenue|square|floor|room|behind|beside|next to|straße|platz|rue|calle)\b"
            r"|\b(?:at|in|on) \d",
            re.IGNORECASE,
        ),
    )
)
"""What a question asks for, and how a sentence looks that holds it."""


def score_sentences(question: str, sources: Sequence[Source]) -> list[Scored]:
    """How much of the question each sentence covers, rare words counting more.

    Args:
        question: the visitor's words.
        sources: the passages, best first.
    Returns: every readable sentence, in the order of the passages; a score of 0 says that it shares no word.
    """
    sentences = [(rank, source, one) for rank, source in enumerate(sources) for one in _unscored(source)]
    asked = tuple(dict.fromkeys(stems_of(question)))
    stems = [frozenset(stems_of(one.text)) for _, _, one in sentences]
    seen_in = Counter(stem for bag in stems for stem in bag if stem in asked)
    weights = {stem: math.log(1 + (1 + len(stems)) / (1 + seen_in[stem])) for stem in asked}
    headings = {source.number: frozenset(stems_of(" ".join((source.title, *source.heading)))) for source in sources}
    return [
        _scored(one, source, rank, _Cover(weights, bag, headings[source.number]), question)
        for (rank, source, one), bag in zip(sentences, stems, strict=True)
    ]


def _unscored(source: Source) -> list[Scored]:
    placed = [(block, sentence) for block, group in enumerate(blocks_of(source.text)) for sentence in group]
    return [Scored(source.number, block, place, sentence) for place, (block, sentence) in enumerate(placed)]


@dataclass(frozen=True, slots=True)
class _Cover:
    """Which of the question's words a sentence has, and which its heading implies."""

    weights: dict[str, float]
    words: frozenset[str]
    heading: frozenset[str]

    @property
    def direct(self) -> frozenset[str]:
        return self.words & self.weights.keys()

    def share(self) -> float:
        total = sum(self.weights.values()) or 1.0
        implied = (self.heading & self.weights.keys()) - self.words
        direct = sum(self.weights[stem] for stem in self.direct)
        return (direct + IMPLIED_SHARE * sum(self.weights[stem] for stem in implied)) / total


def _scored(one: Scored, source: Source, rank: int, cover: _Cover, question: str) -> Scored:
    share = cover.share()
    fits = fits_question(question, one.text)
    if share and fits is not None:
        share = share + FITTING_KIND if fits else share * OTHER_KIND
    return replace(
        one, covered=cover.direct, score=share * (0.2 + 0.8 * source.score) * (1 + BEST_PASSAGE / (1 + rank))
    )


def fits_question(question: str, sentence: str) -> bool | None:
    """Does a sentence hold what the question asks for? None when it asks for nothing in particular."""
    told = [told for asked, told in _KINDS if asked.search(question)]
    return any(pattern.search(sentence) for pattern in told) if told else None
