"""Orders the passages that words and vectors have found, and says how far the best may be believed.

Reciprocal rank fusion draws up the short list. Its order alone loses to its better half where the embedding is weak,
and it has no scale to abstain on; so what is on the list is scored again by how near it is in meaning, how much of the
question it holds, how much of it in one sentence, and how many of its word pairs. A word that means nearly the same
counts for most of the word itself.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from shared.knowledge.kinship import kin_of
from shared.knowledge.languages import LIGHT_WORDS
from shared.knowledge.lexical import Sentence, Term, Words, pairs_of, stem_of, terms_of, words_of
from shared.knowledge.library import Found

RANK_CONSTANT = 60
"""Source: Cormack, Clarke and Büttcher 2009, reciprocal rank fusion."""
DRAWN_FROM_EACH = 50
SHORT_LIST = 60
"""How rare a word is, is judged by this list: forty lose a hundredth of recall@1, a hundred gain nothing."""
ABSTAIN_BELOW = 0.35
"""Low on purpose: a visitor forgives a cautious passage beside the point sooner than a fair question turned away, and
who answers may still decline. On five articles 99.9 % of the questions about them pass, and 8 % of those about an
article that is not there. Of visitors' questions to a house and a museum 92 % pass where it was fitted and 73 % of
those kept apart, and 14 % and 20 % of those about what is not there, most of them near misses."""
_KIN_WORTH = 0.8
"""What a word that means the same counts, against the word itself."""
_LIGHT_WEIGHT = 0.35
"""What a word of every question counts, against one that says what it is about."""
_LEAST_WORTH = 0.3
"""A passage holds a word, for saying how rare it is, from this worth on."""
_KIN_LANGUAGE = "english"
_NO_KIN: Mapping[str, float] = {}
_MOST_JOINED = 3
"""More passages than this in one is a page: a citation should point nearer."""
_SEAMS = {0: "", 1: " ", 2: "\n\n"}
"""What stood between two passages of one document, by its length."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of what is known about a question and a passage."""

    nearness: float
    held: float
    held_together: float
    pairs: float
    bias: float = 0.0


# Order and belief are fitted apart: what tells two paragraphs of one article from each other (the very words, together)
# is not what tells a question about another subject (nothing near in meaning). Fitted on the questions that
# `tests/bench/retrieval.py` asks, and on some of the kind that visitors ask of a house or a museum.
_ORDER = Weights(nearness=6.4, held=2.0, held_together=3.0, pairs=2.0)
_ORDER_BY_WORDS = Weights(nearness=0.0, held=3.2, held_together=5.2, pairs=3.5)
_BELIEF = Weights(nearness=8.6, held=2.25, held_together=2.65, pairs=0.6, bias=-4.55)
_BELIEF_BY_WORDS = Weights(nearness=0.0, held=3.3, held_together=3.7, pairs=3.8, bias=-3.47)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that words or vectors brought up; `found.score` is not yet set."""

    found: Found
    order: int
    """Its place among the passages of its document."""
    nearness: float
    """Cosine to the question."""
    words: Words


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart in the language of what is searched."""

    text: str
    terms: tuple[Term, ...]
    pairs: frozenset[tuple[str, str]]
    trust: float
    """How far the vectors are trusted in its language, 0 to 1."""
    kin: Mapping[Term, Mapping[str, float]] = field(default_factory=dict)
    """The stems of what means nearly the same as a term, and what each counts."""
    light: frozenset[Term] = frozenset()
    """Terms that hardly say what it is about."""

    def worth(self, term: Term, sentence: Sentence) -> float:
        """Say how well the sentence holds a term, or a word that means nearly the same: from 0 to 1."""
        worth = sentence.worth(term)
        if worth == 1.0:
            return worth
        kin = self.kin.get(term, _NO_KIN)
        return max((kin[stem] for stem in kin.keys() & sentence.stems), default=worth)


def question_of(text: str, language: str, trust: float) -> Question:
    """Take a question apart."""
    terms = terms_of(text, language)
    light = LIGHT_WORDS.get(language, frozenset())
    kin = {term: _kin_stems(term) for term in terms} if language == _KIN_LANGUAGE else {}
    return Question(text, terms, pairs_of(terms), trust, kin, frozenset(term for term in terms if term.word in light))


def _kin_stems(term: Term) -> dict[str, float]:
    stems: dict[str, float] = {}
    for word, nearness in kin_of(term.word).items():
        stem = stem_of(word, _KIN_LANGUAGE)
        stems[stem] = max(stems.get(stem, 0.0), _KIN_WORTH * nearness)
    return stems


def candidate_of(found: Found, order: int, nearness: float, context: str, language: str) -> Candidate:
    """Make a candidate of a passage; its words are those of its context and its text."""
    return Candidate(found, order, nearness, words_of(f"{context}\n{found.text}", language))


def fuse(by_words: Sequence[str], by_vectors: Sequence[str], trust: float) -> list[str]:
    """Merge two rankings, best first; see `fused_scores`."""
    return list(fused_scores(by_words, by_vectors, trust))


def fused_scores(by_words: Sequence[str], by_vectors: Sequence[str], trust: float) -> dict[str, float]:
    """Merge two rankings: each gives a passage its weight / (60 + rank).

    Args:
        by_words: passage ids, best first.
        by_vectors: the same, counted `trust` times as much, in [0, 1].
    Returns: the scores, best first.
    """
    scores: dict[str, float] = {}
    for ranking, weight in ((by_words, 1.0), (by_vectors, trust)):
        for rank, passage_id in enumerate(ranking, start=1):
            scores[passage_id] = scores.get(passage_id, 0.0) + weight / (RANK_CONSTANT + rank)
    return {passage_id: scores[passage_id] for passage_id in sorted(scores, key=lambda each: -scores[each])}


def rank(question: Question, candidates: Sequence[Candidate], limit: int) -> list[Found]:
    """Order the short list, best first, with a score in [0, 1]; what is below the threshold is left out.

    Neighbours in a document become one passage. Candidates of equal worth keep the order that they came in.
    """
    return [found for found, _ in grouped(weighed(question, candidates), limit)]


def grouped(ordered: Sequence["Weighed"], limit: int) -> list[tuple[Found, tuple[str, ...]]]:
    """What of an ordered short list a turn is given: each passage with the ids of those that were joined into it."""
    groups = _joined([one for one in ordered if one.score >= ABSTAIN_BELOW])[:limit]
    return [(_one(group), tuple(member.candidate.found.passage_id for member in group)) for group in groups]


def scored(question: Question, candidates: Sequence[Candidate]) -> list[Found]:
    """Order the short list without leaving anything out or joining anything: for measuring."""
    return [replace(one.candidate.found, score=one.score) for one in weighed(question, candidates)]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a candidate; all but the cosine in [0, 1]."""

    nearness: float
    """Cosine to the question."""
    held: float
    """The share of the question's words in it, rare ones counting more."""
    held_together: float
    """The same of its best sentence."""
    pairs: float
    """The share of the question's word pairs."""

    def logit(self, weights: Weights) -> float:
        return (
            weights.bias
            + weights.nearness * self.nearness
            + weights.held * self.held
            + weights.held_together * self.held_together
            + weights.pairs * self.pairs
        )


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate in its place, and how far it is believed."""

    score: float
    candidate: Candidate
    facts: Facts


def weighed(question: Question, candidates: Sequence[Candidate]) -> list[Weighed]:
    """Order the short list, best first; nobody is believed more than the one before."""
    rarity = _rarity(question, candidates)
    known = [(_facts(question, candidate, rarity), candidate) for candidate in candidates]
    known.sort(key=lambda entry: -_mixed(entry[0], question.trust, _ORDER, _ORDER_BY_WORDS))
    ordered: list[Weighed] = []
    belief = 1.0
    for facts, candidate in known:
        belief = min(belief, _probability(_mixed(facts, question.trust, _BELIEF, _BELIEF_BY_WORDS)))
        ordered.append(Weighed(belief, candidate, facts))
    return ordered


def _rarity(question: Question, candidates: Sequence[Candidate]) -> Mapping[Term, float]:
    """Weigh each term by how few of the candidates hold it; one that none holds weighs most.

    Source: Robertson and Spärck Jones 1976, inverse document frequency.
    """
    count = len(candidates)
    rarity = {}
    for term in question.terms:
        holding = sum(1 for candidate in candidates if question.worth(term, candidate.words.whole) > _LEAST_WORTH)
        weight = _LIGHT_WEIGHT if term in question.light else 1.0
        rarity[term] = weight * math.log(1 + (count - holding + 0.5) / (holding + 0.5))
    return rarity


def _facts(question: Question, candidate: Candidate, rarity: Mapping[Term, float]) -> Facts:
    total = sum(rarity.values()) or 1.0
    words = candidate.words
    together = max((_held(question, rarity, sentence) for sentence in words.sentences), default=0.0)
    return Facts(
        nearness=candidate.nearness,
        held=_held(question, rarity, words.whole) / total,
        held_together=together / total,
        pairs=len(question.pairs & words.pairs) / max(1, len(question.pairs)),
    )


def _held(question: Question, rarity: Mapping[Term, float], sentence: Sentence) -> float:
    return sum(weight * question.worth(term, sentence) for term, weight in rarity.items())


def _mixed(facts: Facts, trust: float, with_vectors: Weights, by_words: Weights) -> float:
    return trust * facts.logit(with_vectors) + (1 - trust) * facts.logit(by_words)


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _joined(believed: Sequence[Weighed]) -> list[list[Weighed]]:
    """Bring passages together that stand side by side, the better first."""
    groups: list[list[Weighed]] = []
    for entry in believed:
        group = next((group for group in groups if _adjoins(group, entry.candidate)), None)
        if group is None:
            groups.append([entry])
        else:
            group.append(entry)
    return groups


def _adjoins(group: Sequence[Weighed], candidate: Candidate) -> bool:
    if len(group) >= _MOST_JOINED:
        return False
    return any(_follows(one.candidate, candidate) or _follows(candidate, one.candidate) for one in group)


def _follows(before: Candidate, after: Candidate) -> bool:
    first, second = before.found, after.found
    return (
        first.document_id == second.document_id
        and after.order == before.order + 1
        and first.heading == second.heading
        and second.start - first.end in _SEAMS
    )


def _one(group: Sequence[Weighed]) -> Found:
    """One passage of those side by side: it has the id and the score of the best."""
    best = group[0]
    in_order = sorted((one.candidate.found for one in group), key=lambda found: found.start)
    text, end = in_order[0].text, in_order[0].end
    for found in in_order[1:]:
        text, end = text + _SEAMS[found.start - end] + found.text, found.end
    return replace(in_order[0], passage_id=best.candidate.found.passage_id, text=text, end=end, score=best.score)
