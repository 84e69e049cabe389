"""How much of a question each sentence of the given passages answers."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from shared.providers.asked_kinds import fits_question, kind_words, told_times
from shared.providers.chat import Source
from shared.providers.sentences import blocks_of, stems_of, words_of

HEADING_SHARE: Final = 0.7
"""What a word counts that stands only in the nearest heading above a sentence."""
TITLE_SHARE: Final = 0.4
"""The same for the headings above that one, and for the title."""
ABOUT_IT: Final = 0.25
"""Added for what the nearest heading holds of the question, whether or not the sentence holds it too."""
KIND_WEIGHT: Final = 0.4
"""What a word weighs that only says what kind of thing is asked for: sentences tell a price without that word."""
LONGER_SHARE: Final = 0.7
"""What a longer word counts that begins with the visitor's: member, membership."""
SHORTEST_BEGINNING: Final = 5
PASSAGE_SHARE: Final = 0.25
"""What a word counts that stands elsewhere in the passage: further down, a thing named once is only called `it`."""
KIN_SHARE: Final = 0.8
"""What a word counts that means the same as the visitor's, at most."""
POINTING_BACK_SHARE: Final = 0.8
"""What a word of the sentence before counts, where this one speaks of it as `it` or `they`."""
FITTING_KIND: Final = 0.4
"""Added when the sentence holds the kind of thing that is asked for: a price, a time, a number, a name, a place."""
OTHER_KIND: Final = 0.6
"""What is left of a sentence's share when it holds nothing of the kind that is asked for."""
BROAD_KIND: Final = 0.2
"""Added for each further price or time where the question asks for prices or times at large."""
BROAD_WORDS: Final = 0.2
"""What is left of a sentence's share in such a question: the word `price` itself tells nobody a price."""
BEST_PASSAGE: Final = 0.35
"""How much more the first passage counts than one far below."""

Kin = Mapping[str, Mapping[str, float]]

_POINTS_BACK: Final = re.compile(
    r"^(?:it|its|they|their|he|his|she|her|this|these|that|those|all of (?:them|these)|inside (?:it|her|him)|er|sie|es"
    r"|dies\w*|il|elle|ils|elles)\b",
    re.IGNORECASE,
)


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

    @property
    def points_back(self) -> bool:
        """Does it speak of what the sentence before it has named?"""
        return _POINTS_BACK.match(self.text) is not None


def score_sentences(question: str, sources: Sequence[Source], kin: Kin | None = None) -> list[Scored]:
    """How much of the question each sentence covers, rare words counting more.

    Args:
        question: the visitor's words.
        sources: the passages, best first.
        kin: what means nearly the same as words of the question.
    Returns: every readable sentence, in the order of the passages; a score of 0 says that it shares no word.
    """
    asked = _Asked(question, _related(question, kin or {}), frozenset(stems_of(kind_words(question))))
    places = [(rank, source, one) for rank, source in enumerate(sources) for one in _unscored(source)]
    bags = [asked.shares(one.text) for _, _, one in places]
    seen_in = Counter(stem for bag in bags for stem in bag)
    weights = {stem: asked.weight(stem) * math.log(1 + (1 + len(bags)) / (1 + seen_in[stem])) for stem in asked.related}
    scored: list[Scored] = []
    for at, (rank, source, one) in enumerate(places):
        shares = dict(bags[at])
        if at and one.points_back and (places[at - 1][2].number, places[at - 1][2].block) == (one.number, one.block):
            _add(shares, bags[at - 1], POINTING_BACK_SHARE)
        covered = frozenset(shares)
        nearest = asked.shares(" ".join(source.heading[-1:]))
        _add(shares, nearest, HEADING_SHARE)
        _add(shares, asked.shares(source.text), PASSAGE_SHARE)
        _add(shares, asked.shares(" ".join((source.title, *source.heading[:-1]))), TITLE_SHARE)
        total = sum(weights.values()) or 1.0
        held = sum(weights[stem] * share for stem, share in shares.items())
        about = sum(weights[stem] * share for stem, share in nearest.items())
        share = (held + ABOUT_IT * about) / total
        scored.append(replace(one, covered=covered, score=asked.score(share, one.text) * _standing(source, rank)))
    return scored


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: its stems, each with the stems of what means nearly the same and what those count."""

    text: str
    related: Mapping[str, Mapping[str, float]]
    kind: frozenset[str]
    """The stems that only say what kind of thing it asks for."""

    def shares(self, text: str) -> dict[str, float]:
        """Which of its stems a text holds, and how well."""
        stems = frozenset(stems_of(text))
        shares = {stem: _share(stem, kin, stems) for stem, kin in self.related.items()}
        return {stem: share for stem, share in shares.items() if share}

    def weight(self, stem: str) -> float:
        """How much a stem says of what the question is about, up to 1."""
        return KIND_WEIGHT if stem in self.kind else 1.0

    def score(self, share: float, sentence: str) -> float:
        """What a share of the question is worth in a sentence that holds, or lacks, what is asked for."""
        fits = fits_question(self.text, sentence)
        if fits is not None and self.kind.issuperset(self.related):
            return BROAD_WORDS * share + fits * FITTING_KIND + BROAD_KIND * max(0, told_times(self.text, sentence) - 1)
        if not share or fits is None:
            return share
        return share + FITTING_KIND if fits else share * OTHER_KIND


def _share(stem: str, kin: Mapping[str, float], stems: frozenset[str]) -> float:
    if stem in stems:
        return 1.0
    share = max((kin[one] for one in kin.keys() & stems), default=0.0)
    longer = len(stem) >= SHORTEST_BEGINNING and any(one.startswith(stem) for one in stems)
    return max(share, LONGER_SHARE) if longer else share


def _related(question: str, kin: Kin) -> dict[str, dict[str, float]]:
    related: dict[str, dict[str, float]] = {}
    for word in words_of(question):
        for stem in stems_of(word):
            of_stem = related.setdefault(stem, {})
            for other, nearness in kin.get(word, {}).items():
                of_stem.update((one, max(of_stem.get(one, 0.0), KIN_SHARE * nearness)) for one in stems_of(other))
    return related


def _add(shares: dict[str, float], others: Mapping[str, float], worth: float) -> None:
    for stem, share in others.items():
        shares[stem] = max(shares.get(stem, 0.0), worth * share)


def _standing(source: Source, rank: int) -> float:
    return (0.2 + 0.8 * source.score) * (1 + BEST_PASSAGE / (1 + rank))


def _unscored(source: Source) -> list[Scored]:
    placed = [(block, sentence) for block, group in enumerate(blocks_of(source.text)) for sentence in group]
    return [Scored(source.number, block, place, sentence) for place, (block, sentence) in enumerate(placed)]
