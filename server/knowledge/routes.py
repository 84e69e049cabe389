"""`/api/chatbots/{id}/documents` and `/search`: what the draft knows."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from server.db.engine import tenant_session
from server.knowledge import service
from server.knowledge.knowledge import CurrentKnowledge
from server.tenants.current import CurrentTenant, RequestSession
from server.web.parts import CurrentParts
from shared.contract.sync import DocumentView
from shared.knowledge.library import Found

router = APIRouter(prefix="/api/chatbots", tags=["knowledge"])

_MOST_FOUND = 50
_QUESTION_CHARACTERS = 4_000


@router.get("/{chatbot}/documents")
async def documents(chatbot: UUID, tenant: CurrentTenant, session: RequestSession) -> list[DocumentView]:
    """List the draft's documents with how far they have come."""
    return await service.documents(session, tenant, chatbot)


@router.get("/{chatbot}/search")
async def search(
    chatbot: UUID,
    q: Annotated[str, Query(min_length=1, max_length=_QUESTION_CHARACTERS, description="The question.")],
    tenant: CurrentTenant,
    parts: CurrentParts,
    knowledge: CurrentKnowledge,
    k: Annotated[int, Query(ge=1, le=_MOST_FOUND, description="How many passages at most.")] = 5,
) -> list[Found]:
    """Ask the draft's knowledge; an empty list says that nothing in it answers the question."""
    async with tenant_session(parts.engines.app, tenant) as session:
        searchable = await service.searchable_documents(session, tenant, chatbot)
    return await knowledge.library(tenant, searchable).search(q, k)
