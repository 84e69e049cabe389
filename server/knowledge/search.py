"""The library of a chatbot, or of one of its releases, in PostgreSQL: the same ranking as in memory."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncEngine

from server.db.base import TenantId
from server.db.engine import Session, tenant_session
from server.knowledge import queries
from server.knowledge.embedding import Embedding, halfvec_text
from shared.knowledge.languages import code_of
from shared.knowledge.lexical import Term, is_prefix, terms_of
from shared.knowledge.library import Found
from shared.knowledge.ranking import (
    DRAWN_FROM_EACH,
    SHORT_LIST,
    Candidate,
    candidate_of,
    fuse,
    question_of,
    rank,
)

_NOTHING = ""
"""An empty search, which finds nothing."""


class PostgresLibrary:
    """Implements `Library` over the passages of given documents of one tenant."""

    def __init__(
        self,
        engine: AsyncEngine,
        embedding: Embedding,
        tenant: TenantId,
        documents: Sequence[UUID],
        addresses: Mapping[str, str] | None = None,
    ) -> None:
        self._addresses = addresses or {}
        self._engine = engine
        self._embedding = embedding
        self._tenant = tenant
        self._documents = list(documents)

    async def search(self, question: str, limit: int) -> list[Found]:
        """Return the best passages, best first; an empty list says that nothing here answers the question.

        Raises: Unavailable: the database is away.
        """
        if not self._documents or not question.strip():
            return []
        vector = halfvec_text((await self._embedding.embed([question]))[0])
        async with tenant_session(self._engine, self._tenant) as session:
            languages = await queries.languages_of(session, self._tenant, self._documents)
            if not languages:
                return []
            main = next(iter(languages))
            trust = (await self._embedding.model()).trust(code_of(main))
            candidates = await self._short_list(session, question, vector, list(languages), trust)
        return rank(question_of(question, main, trust), candidates, limit)

    async def _short_list(
        self, session: Session, question: str, vector: str, languages: Sequence[str], trust: float
    ) -> list[Candidate]:
        asked = {language: _as_searched(terms_of(question, language)) for language in languages}
        by_words = await queries.passages_by_words(session, self._tenant, self._documents, asked, DRAWN_FROM_EACH)
        near = await queries.nearest_passages(session, self._tenant, self._documents, vector, DRAWN_FROM_EACH)
        places = fuse([_id(*each) for each in by_words], [_id(*each) for each in near], trust)[:SHORT_LIST]
        rows = await queries.passages_at(session, self._tenant, [_place(each) for each in places], vector)
        found = {_id(row.document_id, row.place): row for row in rows}
        return [_candidate(found[each], self._addresses) for each in places]


def _as_searched(terms: Sequence[Term]) -> tuple[str, str]:
    """Terms and prefixes as `to_tsquery` reads them; the terms hold letters and digits only.

    Looking for prefixes costs as much again as looking for words, so it is done for codes and names.
    """
    words = " | ".join(f"'{term.word}'" for term in terms)
    prefixes = " | ".join(f"'{term.word}':*" for term in terms if is_prefix(term) and term.is_name)
    return words or _NOTHING, prefixes or _NOTHING


def _id(document: UUID, place: int) -> str:
    return f"{document}:{place}"


def _place(passage_id: str) -> tuple[UUID, int]:
    document, _, place = passage_id.rpartition(":")
    return UUID(document), int(place)


def _candidate(row: Row[Any], addresses: Mapping[str, str]) -> Candidate:
    found = Found(
        passage_id=_id(row.document_id, row.place),
        document_id=str(row.document_id),
        title=row.title,
        text=row.text,
        page=row.page,
        heading=tuple(row.heading if isinstance(row.heading, list) else json.loads(row.heading)),
        start=row.starts,
        end=row.ends,
        score=0.0,
        url=addresses.get(str(row.document_id)),
    )
    return candidate_of(found, row.place, float(row.nearness), row.context, row.language)
