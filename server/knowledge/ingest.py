"""A document's way into the index: received, parsed and split, embedded, live; or failed, with the reason.

A job may be done twice, or be taken up after its worker was killed: each step can be repeated, and passages become
visible all at once, with the state.
"""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import procrastinate
import structlog

from server.db.base import TenantId
from server.db.engine import Session, tenant_session
from server.db.jobs import defer
from server.knowledge import queries
from server.knowledge.embedding import Embedding, halfvec_text
from server.knowledge.models import Document
from server.knowledge.reading import ReadDocument, read_document
from server.web.parts import Parts
from shared.errors import BadDocument, NotFound, Unavailable

log: structlog.stdlib.BoundLogger = structlog.get_logger()

TASK = "ingest_document"
_ATTEMPTS = 7
_WAIT_SECONDS = 2
"""Doubled with each attempt: about two minutes in all, in which a file may still arrive or a store come back."""
_BATCH = 16
_SPLIT_SHARE = 0.2
"""How much of the progress shown is done when a document is split; the rest is embedding."""


class Ingest:
    """Takes documents into the index."""

    def __init__(self, parts: Parts, embedding: Embedding) -> None:
        self._parts = parts
        self._embedding = embedding

    def add_tasks(self, queue: procrastinate.App) -> None:
        """Teaches the queue to take documents in."""
        retry = procrastinate.RetryStrategy(
            max_attempts=_ATTEMPTS, exponential_wait=_WAIT_SECONDS, retry_exceptions={Unavailable}
        )

        @queue.task(name=TASK, retry=retry, pass_context=True)
        async def ingest_document(context: procrastinate.JobContext, *, tenant_id: str, document_id: str) -> None:
            last = context.job.attempts + 1 >= _ATTEMPTS
            await self.ingest(TenantId(UUID(tenant_id)), UUID(document_id), last_attempt=last)

    async def ingest(self, tenant: TenantId, document_id: UUID, *, last_attempt: bool = True) -> None:
        """Take one document in, or note why that cannot be.

        Raises: Unavailable: something is away for the moment, and this is not the last attempt.
        """
        document = await self._document(tenant, document_id)
        if document is None or document.state == "live":
            return
        try:
            await self._take_in(tenant, document)
        except BadDocument as error:
            await self._fail(tenant, document, error.sentence)
        except Unavailable as error:
            if not last_attempt:
                raise
            await self._fail(tenant, document, f"{error.sentence} Save the chatbot again to try once more.")

    async def _take_in(self, tenant: TenantId, document: Document) -> None:
        read = await read_document(document.name, await self._content(tenant, document), document.media_type,
                                   document.title)  # fmt: skip
        if not await self._advance(tenant, document, state="split", progress=_SPLIT_SHARE, passages=len(read.passages)):
            return
        passages = await self._embedded(tenant, document, read)
        async with tenant_session(self._parts.engines.app, tenant) as session:
            steps = {"state": "live", "progress": 1.0, "language": read.language, "problem": " ".join(read.notes)}
            if await queries.advance_document(session, tenant, document.id, **steps):
                await queries.replace_passages(session, tenant, document.id, passages)
        log.info("document_live", tenant_id=str(tenant), document_id=str(document.id), passages=len(passages))

    async def _content(self, tenant: TenantId, document: Document) -> bytes:
        try:
            return await self._parts.blobs.get(tenant, document.sha256)
        except NotFound as error:
            # Drafts may be saved before their files have been sent.
            raise Unavailable(f"{document.name} has not been sent to the server.") from error

    async def _embedded(self, tenant: TenantId, document: Document, read: ReadDocument) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for start in range(0, len(read.passages), _BATCH):
            batch = read.passages[start : start + _BATCH]
            rows += await self._rows(batch, read.language)
            share = _SPLIT_SHARE + (1 - _SPLIT_SHARE) * len(rows) / len(read.passages)
            await self._advance(tenant, document, progress=min(share, 0.99))
        await self._advance(tenant, document, state="embedded")
        return rows

    async def _rows(self, batch: Sequence[dict[str, Any]], language: str) -> list[dict[str, Any]]:
        searched = [f"{passage['context']}\n{passage['text']}" for passage in batch]
        vectors = await self._embedding.embed(searched)
        return [
            {
                **passage,
                "heading": json.dumps(passage["heading"]),
                "language": language,
                "searched": text,
                "embedding": halfvec_text(vector),
            }
            for passage, text, vector in zip(batch, searched, vectors, strict=True)
        ]

    async def _document(self, tenant: TenantId, document_id: UUID) -> Document | None:
        async with tenant_session(self._parts.engines.app, tenant) as session:
            return await queries.document_of(session, tenant, document_id)

    async def _advance(self, tenant: TenantId, document: Document, **steps: Any) -> bool:
        async with tenant_session(self._parts.engines.app, tenant) as session:
            return await queries.advance_document(session, tenant, document.id, **steps)

    async def _fail(self, tenant: TenantId, document: Document, problem: str) -> None:
        await self._advance(tenant, document, state="failed", problem=problem)
        log.info("document_failed", tenant_id=str(tenant), document_id=str(document.id))


async def enqueue(session: Session, tenant: TenantId, document_id: UUID) -> None:
    """Have a document taken in once the transaction has committed."""
    await defer(session, TASK, {"tenant_id": str(tenant), "document_id": str(document_id)})
