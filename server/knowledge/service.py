"""What a chatbot's knowledge is: which documents the draft names, how far they have come, what a release freezes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from server.db.base import TenantId
from server.db.engine import Session
from server.knowledge import queries
from server.knowledge.ingest import enqueue
from server.knowledge.models import Document
from shared.contract.chatbot import DocumentRef
from shared.contract.sync import DocumentView
from shared.errors import BadDocument, NotFound, NotReady


async def accept_documents(session: Session, tenant: TenantId, chatbot: UUID, refs: Sequence[DocumentRef]) -> None:
    """Make the draft's documents these: new ones are indexed, failed ones tried again, dropped ones deleted.

    A document that a release names stays for that release. The same content is one document.
    """
    given = {ref.blob.sha256: _given(ref, place) for place, ref in enumerate(refs)}
    await queries.leave_out(session, tenant, chatbot, given.keys())
    for sha256, fields in given.items():
        document_id = await queries.add_document(session, tenant, chatbot, fields)
        if document_id is None:
            await queries.rename_document(session, tenant, chatbot, fields)
            document_id = await queries.restart_document(session, tenant, chatbot, sha256)
        if document_id is not None:
            await enqueue(session, tenant, document_id)


async def documents(session: Session, tenant: TenantId, chatbot: UUID) -> list[DocumentView]:
    """The draft's documents, with how far they have come.

    Raises: NotFound: no such chatbot.
    """
    return [_view(document) for document in await _documents(session, tenant, chatbot)]


async def documents_for_release(
    session: Session, tenant: TenantId, chatbot: UUID, refs: Sequence[DocumentRef]
) -> list[dict[str, Any]]:
    """The draft's documents as a release freezes them; from now on they stay as long as the chatbot.

    Args:
        refs: the draft's own list, which knows the addresses of those that came from the web.
    Returns: `id`, `title`, `sha256` and `address` of each.
    Raises: NotReady: one is still being indexed. BadDocument: one could not be read.
    """
    found = await _documents(session, tenant, chatbot)
    failed = [document for document in found if document.state == "failed"]
    if failed:
        raise BadDocument(f"{failed[0].title} is not indexed. {failed[0].problem} Or take it out of the knowledge.")
    waiting = [document for document in found if document.state != "live"]
    if waiting:
        raise NotReady(f"{waiting[0].title} is still being indexed: publish again in a moment.")
    await queries.mark_released(session, tenant, [document.id for document in found])
    addresses = {ref.blob.sha256: ref.address for ref in refs}
    return [
        {"id": str(one.id), "title": one.title, "sha256": one.sha256, "address": addresses.get(one.sha256, "")}
        for one in found
    ]


async def searchable_documents(session: Session, tenant: TenantId, chatbot: UUID) -> list[UUID]:
    """The draft's documents that can be searched already.

    Raises: NotFound: no such chatbot.
    """
    return [document.id for document in await _documents(session, tenant, chatbot) if document.state == "live"]


async def _documents(session: Session, tenant: TenantId, chatbot: UUID) -> list[Document]:
    if not await queries.chatbot_exists(session, tenant, chatbot):
        raise NotFound("chatbot")
    return await queries.documents_of(session, tenant, chatbot)


def _given(ref: DocumentRef, place: int) -> dict[str, Any]:
    return {
        "sha256": ref.blob.sha256,
        "name": ref.blob.name,
        "title": ref.title or ref.blob.name,
        "media_type": ref.blob.media_type,
        "place": place,
    }


def _view(document: Document) -> DocumentView:
    return DocumentView.model_validate(
        {
            "id": document.id,
            "title": document.title,
            "sha256": document.sha256,
            "media_type": document.media_type,
            "state": document.state,
            "progress": document.progress,
            "passages": document.passages,
            "problem": document.problem,
        }
    )
