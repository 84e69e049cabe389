"""Statements on documents and passages."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import (
    ColumnElement,
    Row,
    Text,
    cast,
    column,
    delete,
    func,
    literal,
    or_,
    select,
    table,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.db.base import TenantId
from server.knowledge.models import DIMENSIONS, Document, IndexedPassage

_CHATBOTS = table("chatbots", column("tenant_id"), column("id"))
"""Theirs, not ours: only asked whether there is one."""

_ADD_PASSAGE = text("""
    insert into passages (tenant_id, document_id, place, text, context, page, heading, starts, ends, language,
        words, plain_words, embedding)
    values (:tenant, :document, :place, :text, :context, :page, cast(:heading as jsonb), :starts, :ends, :language,
        to_tsvector(cast(cast(:language as text) as regconfig), :searched), to_tsvector('simple', :searched),
        cast(cast(:embedding as text) as halfvec))
""")
# `+ 0` keeps the planner from an index on the distance, which under row-level security returns a part of the rows.
_NEAREST = text("""
    select document_id, place from passages
    where tenant_id = :tenant and document_id = any(:documents)
    order by (embedding <=> cast(cast(:embedding as text) as halfvec)) + 0, document_id, place
    limit :limit
""")
# ts_rank, not ts_rank_cd, and over terms joined by OR: measured the best of PostgreSQL's rankings by far.
# Materialized: else the terms would be parsed again for every passage.
_ASKED = """
    with asked as materialized (
        select language, to_tsquery(cast(language as regconfig), terms) as terms,
            to_tsquery('simple', prefixes) as prefixes
        from unnest(cast(:languages as text[]), cast(:terms as text[]), cast(:prefixes as text[]))
            as given (language, terms, prefixes)
    )
    select document_id, place from passages join asked using (language)
    where tenant_id = :tenant and document_id = any(:documents)
"""
_BY_WORDS = text(f"""{_ASKED}
        and words @@ asked.terms
    order by ts_rank(words, asked.terms) desc, document_id, place
    limit :limit
""")
_BY_WORDS_AND_PREFIXES = text(f"""{_ASKED}
        and (words @@ asked.terms or plain_words @@ asked.prefixes)
    order by ts_rank(words, asked.terms) + ts_rank(plain_words, asked.prefixes) / 2 desc, document_id, place
    limit :limit
""")


async def chatbot_exists(session: AsyncSession, tenant: TenantId, chatbot: UUID) -> bool:
    """Whether there is such a chatbot."""
    asking = select(_CHATBOTS.c.id).where(_CHATBOTS.c.tenant_id == tenant, _CHATBOTS.c.id == chatbot)
    return await session.scalar(asking) is not None


async def add_document(session: AsyncSession, tenant: TenantId, chatbot: UUID, given: dict[str, Any]) -> UUID | None:
    """Notes a document of a chatbot by its content. Returns: its id if it is new, None if it is known."""
    adding = insert(Document).values(tenant_id=tenant, chatbot_id=chatbot, **given).on_conflict_do_nothing()
    return await session.scalar(adding.returning(Document.id))


async def rename_document(session: AsyncSession, tenant: TenantId, chatbot: UUID, given: dict[str, Any]) -> None:
    """Gives a known document the name, title and place that the draft has for it now."""
    renaming = update(Document).where(
        Document.tenant_id == tenant, Document.chatbot_id == chatbot, Document.sha256 == given["sha256"]
    )
    await session.execute(renaming.values(**given, in_draft=True))


async def restart_document(session: AsyncSession, tenant: TenantId, chatbot: UUID, sha256: str) -> UUID | None:
    """Puts a document that failed, or that has stood still for ten minutes, back to its beginning. Returns: its id."""
    stuck = (Document.state != "live") & (Document.updated_at < func.now() - timedelta(minutes=10))
    restarting = (
        update(Document)
        .where(Document.tenant_id == tenant, Document.chatbot_id == chatbot, Document.sha256 == sha256)
        .where(or_(Document.state == "failed", stuck))
        .values(state="received", progress=0, problem="", updated_at=func.now())
    )
    return await session.scalar(restarting.returning(Document.id))


async def leave_out(session: AsyncSession, tenant: TenantId, chatbot: UUID, kept: Collection[str]) -> None:
    """Takes all but these digests out of the draft, and deletes what no release names either."""
    others = (Document.tenant_id == tenant) & (Document.chatbot_id == chatbot) & Document.sha256.not_in(kept)
    await session.execute(delete(Document).where(others, Document.released.is_(False)))
    await session.execute(update(Document).where(others).values(in_draft=False))


async def documents_of(session: AsyncSession, tenant: TenantId, chatbot: UUID) -> list[Document]:
    """The documents of a chatbot's draft, in its order."""
    asking = select(Document).where(Document.tenant_id == tenant, Document.chatbot_id == chatbot, Document.in_draft)
    return list(await session.scalars(asking.order_by(Document.place, Document.id)))


async def document_of(session: AsyncSession, tenant: TenantId, document: UUID) -> Document | None:
    """One document."""
    return await session.scalar(select(Document).where(Document.tenant_id == tenant, Document.id == document))


async def mark_released(session: AsyncSession, tenant: TenantId, documents: Collection[UUID]) -> None:
    """Keeps documents for as long as their chatbot, whatever becomes of the draft."""
    marking = update(Document).where(Document.tenant_id == tenant, Document.id.in_(documents))
    await session.execute(marking.values(released=True))


async def advance_document(session: AsyncSession, tenant: TenantId, document: UUID, **steps: Any) -> bool:
    """Notes how far a document has come. Returns: whether it is still there."""
    noting = update(Document).where(Document.tenant_id == tenant, Document.id == document)
    return await session.scalar(noting.values(**steps, updated_at=func.now()).returning(Document.id)) is not None


async def replace_passages(
    session: AsyncSession, tenant: TenantId, document: UUID, passages: Sequence[dict[str, Any]]
) -> None:
    """Puts these passages in the place of all that the document had."""
    old = (IndexedPassage.tenant_id == tenant) & (IndexedPassage.document_id == document)
    await session.execute(delete(IndexedPassage).where(old))
    if passages:
        await session.execute(_ADD_PASSAGE, [{"tenant": tenant, "document": document, **each} for each in passages])


async def nearest_passages(
    session: AsyncSession, tenant: TenantId, documents: Sequence[UUID], embedding: str, limit: int
) -> list[tuple[UUID, int]]:
    """The nearest passages by their vectors, nearest first: the exact ones, not those of an index."""
    given = {"tenant": tenant, "documents": list(documents), "embedding": embedding, "limit": limit}
    return [(row.document_id, row.place) for row in await session.execute(_NEAREST, given)]


async def passages_by_words(
    session: AsyncSession, tenant: TenantId, documents: Sequence[UUID], asked: dict[str, tuple[str, str]], limit: int
) -> list[tuple[UUID, int]]:
    """The passages that hold a word of the question, best first.

    Args:
        asked: for each language the terms and the prefixes of the question, as `to_tsquery` reads them.
    """
    given = {
        "tenant": tenant, "documents": list(documents), "limit": limit, "languages": list(asked),
        "terms": [terms for terms, _ in asked.values()], "prefixes": [prefixes for _, prefixes in asked.values()],
    }  # fmt: skip
    statement = _BY_WORDS_AND_PREFIXES if any(prefixes for _, prefixes in asked.values()) else _BY_WORDS
    return [(row.document_id, row.place) for row in await session.execute(statement, given)]


async def languages_of(session: AsyncSession, tenant: TenantId, documents: Sequence[UUID]) -> dict[str, int]:
    """How many passages of these documents each language has, the commonest first."""
    asking = (
        select(Document.language, func.sum(Document.passages))
        .where(Document.tenant_id == tenant, Document.id.in_(documents), Document.state == "live")
        .group_by(Document.language)
        .order_by(func.sum(Document.passages).desc(), Document.language)
    )
    return {language: int(count) for language, count in await session.execute(asking)}


async def passages_at(
    session: AsyncSession, tenant: TenantId, places: Sequence[tuple[UUID, int]], embedding: str
) -> list[Row[Any]]:
    """These passages with the titles of their documents and their cosine to a vector, as `nearness`."""
    asking = (
        select(
            IndexedPassage.document_id, IndexedPassage.place, IndexedPassage.text, IndexedPassage.context,
            IndexedPassage.page, IndexedPassage.heading, IndexedPassage.starts, IndexedPassage.ends,
            IndexedPassage.language, Document.title,
            (1 - IndexedPassage.embedding.cosine_distance(_halfvec(embedding))).label("nearness"),
        )
        .join(Document, (Document.tenant_id == IndexedPassage.tenant_id) & (Document.id == IndexedPassage.document_id))
        .where(IndexedPassage.tenant_id == tenant)
        .where(tuple_(IndexedPassage.document_id, IndexedPassage.place).in_(places))
    )  # fmt: skip
    return list(await session.execute(asking))


def _halfvec(embedding: str) -> ColumnElement[Any]:
    """The driver knows no halfvec: it goes as text, and PostgreSQL reads it."""
    return cast(cast(literal(embedding), Text), HALFVEC(DIMENSIONS))
