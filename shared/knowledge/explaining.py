"""Why a search found what it found: each passage of the short list with its ranks, its facts and its score.

The order and the scores are those of `ranking`, which a turn uses; nothing is computed another way for showing it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shared.knowledge.library import Found
from shared.knowledge.ranking import (
    ABSTAIN_BELOW,
    Candidate,
    Facts,
    Question,
    Weighed,
    fused_scores,
    grouped,
    weighed,
)


@dataclass(frozen=True, slots=True)
class Rankings:
    """The two rankings that draw up the short list: passage ids, best first."""

    by_words: tuple[str, ...]
    by_vectors: tuple[str, ...]
    trust: float
    """How much the vectors count against the words, in [0, 1]."""

    def fused(self) -> dict[str, float]:
        """The fused scores, best first."""
        return fused_scores(self.by_words, self.by_vectors, self.trust)


@dataclass(frozen=True, slots=True)
class ExplainedPassage:
    """One passage of the short list. Ranks count from 1; None says that it was not among the best of that kind."""

    found: Found
    """With its score."""
    word_rank: int | None
    vector_rank: int | None
    fused_rank: int
    fused_score: float
    facts: Facts
    given_as: int | None
    """The number under which a turn is given it; several have the same where neighbours were joined."""

    @property
    def passes(self) -> bool:
        """Whether it is believed enough to be answered from."""
        return self.found.score >= ABSTAIN_BELOW


@dataclass(frozen=True, slots=True)
class Explanation:
    """A search with its reasons, best passage first."""

    question: Question
    language: str
    """The main language of what was searched, as `languages` names it."""
    passages: tuple[ExplainedPassage, ...] = ()
    given: tuple[Found, ...] = ()
    """What a turn is given: neighbours joined, what is below the threshold left out."""
    threshold: float = ABSTAIN_BELOW


def explain(
    question: Question, language: str, rankings: Rankings, candidates: Sequence[Candidate], limit: int
) -> Explanation:
    """Order the short list as `rank` does, and keep the reasons.

    Args:
        candidates: the passages that were drawn from the rankings.
        limit: how many passages a turn is given at most.
    """
    ordered = weighed(question, candidates)
    given = grouped(ordered, limit)
    numbers = {each: number for number, (_, ids) in enumerate(given, start=1) for each in ids}
    fused = rankings.fused()
    places = (_places(rankings.by_words), _places(rankings.by_vectors), _places(list(fused)))
    passages = tuple(_explained(one, places, fused, numbers) for one in ordered)
    return Explanation(question, language, passages, tuple(found for found, _ in given))


def _places(ranking: Sequence[str]) -> dict[str, int]:
    return {passage_id: place for place, passage_id in enumerate(ranking, start=1)}


def _explained(
    one: Weighed, places: Sequence[Mapping[str, int]], fused: Mapping[str, float], numbers: Mapping[str, int]
) -> ExplainedPassage:
    by_words, by_vectors, by_both = places
    found = one.candidate.found
    each = found.passage_id
    return ExplainedPassage(
        replace(found, score=one.score),
        by_words.get(each),
        by_vectors.get(each),
        by_both[each],
        fused[each],
        one.facts,
        numbers.get(each),
    )
