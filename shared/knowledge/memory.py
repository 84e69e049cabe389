"""A library in memory: what the studio rehearses with, and what the server's ranking is held against."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from shared.knowledge.embedder import Embedder, Vectors
from shared.knowledge.explaining import Explanation, Rankings, explain
from shared.knowledge.languages import UNKNOWN, code_of, detect_language
from shared.knowledge.lexical import lexical_rank
from shared.knowledge.library import Found
from shared.knowledge.parsed import ParsedDocument
from shared.knowledge.passages import Passage, split
from shared.knowledge.ranking import (
    DRAWN_FROM_EACH,
    SHORT_LIST,
    Candidate,
    Question,
    candidate_of,
    question_of,
    rank,
    scored,
)

_NO_ADDRESSES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class ShelvedPassage:
    """A passage of the library, without its vector."""

    document_id: str
    title: str
    passage: Passage
    order: int
    language: str


def shelve(document_id: str, parsed: ParsedDocument, title: str = "") -> list[ShelvedPassage]:
    """Split a document for the library; its own title stands in where none is given."""
    named = replace(parsed, title=title or parsed.title)
    language = detect_language(named.text)
    return [
        ShelvedPassage(document_id, named.title, passage, order, language) for order, passage in enumerate(split(named))
    ]


def embed_passages(passages: Sequence[ShelvedPassage], embedder: Embedder) -> Vectors:
    """Embed passages with their context in front; blocking."""
    return embedder.embed([shelved.passage.in_context for shelved in passages])


class MemoryLibrary:
    """Implements `Library` over passages that fit into memory."""

    def __init__(
        self,
        passages: Sequence[ShelvedPassage],
        embedder: Embedder,
        vectors: Vectors | None = None,
        addresses: Mapping[str, str] = _NO_ADDRESSES,
    ) -> None:
        """Take passages, and embed them unless their vectors are given. Blocking.

        Args:
            vectors: (N, D), in the order of the passages.
            addresses: of documents that came from the web, by document id.
        """
        self._embedder = embedder
        self._vectors = embed_passages(passages, embedder) if vectors is None else vectors
        self._language = _main_language(passages)
        self._shelf = [_candidate(shelved, addresses.get(shelved.document_id)) for shelved in passages]
        self._places = {candidate.found.passage_id: place for place, candidate in enumerate(self._shelf)}

    def passages_of(self, document_id: str) -> list[Found]:
        """All passages of a document, in its order; their score says nothing."""
        return [candidate.found for candidate in self._shelf if candidate.found.document_id == document_id]

    async def search(self, question: str, limit: int) -> list[Found]:
        """Return the best passages, best first; an empty list says that nothing here answers the question."""
        if not self._shelf or not question.strip():
            return []
        return await asyncio.to_thread(self._search, question, limit)

    async def explained(self, question: str, limit: int) -> Explanation:
        """Search, and say of every passage on the short list why it stands where it stands."""
        return await asyncio.to_thread(self._explained, question, limit)

    def _explained(self, question: str, limit: int) -> Explanation:
        asked = self._taken_apart(question)
        if not self._shelf or not question.strip():
            return Explanation(asked, self._language)
        nearness = self._nearness(question)
        rankings = Rankings(tuple(self._by_words(asked)), tuple(self._by_vectors(nearness)), asked.trust)
        return explain(asked, self._language, rankings, self._drawn(rankings, nearness), limit)

    def by_words(self, question: str) -> list[str]:
        """Return the passages that hold a word of the question, best first by words alone: for measuring."""
        return self._by_words(self._taken_apart(question))

    def by_vectors(self, question: str) -> list[str]:
        """Return the nearest passages by vectors alone: for measuring."""
        return self._by_vectors(self._nearness(question))

    def by_both(self, question: str) -> list[Found]:
        """Return the whole short list in its last order, with nothing left out or joined: for measuring."""
        return scored(self._taken_apart(question), self._short_list(question))

    def _search(self, question: str, limit: int) -> list[Found]:
        return rank(self._taken_apart(question), self._short_list(question), limit)

    def _taken_apart(self, question: str) -> Question:
        return question_of(question, self._language, self._embedder.trust(code_of(self._language)))

    def _short_list(self, question: str) -> list[Candidate]:
        asked, nearness = self._taken_apart(question), self._nearness(question)
        rankings = Rankings(tuple(self._by_words(asked)), tuple(self._by_vectors(nearness)), asked.trust)
        return self._drawn(rankings, nearness)

    def _drawn(self, rankings: Rankings, nearness: Vectors) -> list[Candidate]:
        places = [self._places[passage_id] for passage_id in list(rankings.fused())[:SHORT_LIST]]
        return [replace(self._shelf[place], nearness=float(nearness[place])) for place in places]

    def _by_words(self, question: Question) -> list[str]:
        ranks = np.array([lexical_rank(question.terms, candidate.words) for candidate in self._shelf])
        best = np.argsort(-ranks, kind="stable")[:DRAWN_FROM_EACH]
        return [self._shelf[place].found.passage_id for place in best if ranks[place] > 0]

    def _by_vectors(self, nearness: Vectors) -> list[str]:
        best = np.argsort(-nearness, kind="stable")[:DRAWN_FROM_EACH]
        return [self._shelf[place].found.passage_id for place in best]

    def _nearness(self, question: str) -> Vectors:
        nearness: Vectors = self._vectors @ self._embedder.embed([question])[0]
        return nearness


def _candidate(shelved: ShelvedPassage, address: str | None) -> Candidate:
    passage = shelved.passage
    found = Found(
        passage_id=f"{shelved.document_id}:{shelved.order}",
        document_id=shelved.document_id,
        title=shelved.title,
        text=passage.text,
        page=passage.page,
        heading=passage.heading,
        start=passage.start,
        end=passage.end,
        score=0.0,
        url=address,
    )
    return candidate_of(found, shelved.order, 0.0, passage.context, shelved.language)


def _main_language(passages: Sequence[ShelvedPassage]) -> str:
    languages = [shelved.language for shelved in passages]
    return max(sorted(set(languages)), key=languages.count, default=UNKNOWN)
