"""`/api/chatbots/*`: drafts, releases and channels."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Response

from server.chatbots import publishing, service
from server.tenants.current import CurrentMember, CurrentTenant, RequestSession, may
from server.web.parts import CurrentParts
from shared.contract.chatbot import ChatbotDraft
from shared.contract.sync import (
    Channel,
    ChannelMove,
    ChatbotView,
    DraftView,
    NewChatbot,
    NewRelease,
    ReleaseDraft,
    ReleaseView,
)
from shared.errors import BadRequest, RevisionRequired

router = APIRouter(prefix="/api/chatbots", tags=["chatbots"])

_REVISION_TAG = re.compile(r'^"(\d{1,9})"$')
_READS = [Depends(may("read"))]
_EDITS = [Depends(may("edit"))]
_PUBLISHES = [Depends(may("publish"))]


def made_from(if_match: Annotated[str | None, Header(description='The draft\'s ETag, such as `"3"`.')] = None) -> int:
    """The revision that a draft was made from.

    Raises: RevisionRequired: the request does not say. BadRequest: it says something else.
    """
    if if_match is None:
        raise RevisionRequired
    tag = _REVISION_TAG.match(if_match.strip())
    if tag is None:
        raise BadRequest('If-Match must be the draft\'s ETag, such as "3".')
    return int(tag.group(1))


@router.get("")
async def chatbots(tenant: CurrentTenant, session: RequestSession) -> list[ChatbotView]:
    """List the tenant's chatbots."""
    return await service.chatbots(session, tenant)


@router.post("", status_code=201, dependencies=_EDITS)
async def create_chatbot(
    wish: NewChatbot, tenant: CurrentTenant, session: RequestSession, response: Response
) -> DraftView:
    """Make a chatbot."""
    view = await service.create_chatbot(session, tenant, wish.draft)
    response.headers["Location"] = f"/api/chatbots/{view.chatbot_id}/draft"
    return _tagged(response, view)


@router.get("/{chatbot}/draft")
async def draft(chatbot: UUID, tenant: CurrentTenant, session: RequestSession, response: Response) -> DraftView:
    """Fetch the draft; its revision is the ETag."""
    return _tagged(response, await service.draft_of(session, tenant, chatbot))


@router.put("/{chatbot}/draft", dependencies=_EDITS)
async def save_draft(
    chatbot: UUID,
    wish: ChatbotDraft,
    revision: Annotated[int, Depends(made_from)],
    tenant: CurrentTenant,
    session: RequestSession,
    response: Response,
) -> DraftView:
    """Save the draft over the revision named in `If-Match`; 412 when somebody saved since."""
    return _tagged(response, await service.save_draft(session, tenant, chatbot, revision, wish))


@router.delete("/{chatbot}", status_code=204, dependencies=_EDITS)
async def delete_chatbot(chatbot: UUID, tenant: CurrentTenant, session: RequestSession) -> None:
    """Delete a chatbot with all its releases."""
    await service.delete_chatbot(session, tenant, chatbot)


@router.post("/{chatbot}/releases", status_code=201, dependencies=_PUBLISHES)
async def publish(chatbot: UUID, wish: NewRelease, who: CurrentMember, parts: CurrentParts) -> ReleaseView:
    """Publish a revision of the draft to a channel, as an immutable release."""
    return await publishing.publish_chatbot(parts, who.tenant_id, chatbot, wish, who.account_id)


@router.get("/{chatbot}/releases")
async def releases(chatbot: UUID, tenant: CurrentTenant, session: RequestSession) -> list[ReleaseView]:
    """List the releases, newest first."""
    return await service.releases(session, tenant, chatbot)


@router.get("/{chatbot}/releases/{release}", dependencies=_READS)
async def release(chatbot: UUID, release: UUID, tenant: CurrentTenant, session: RequestSession) -> ReleaseDraft:
    """Fetch a release with all that was published: to compare it, or to go on from it."""
    return await service.release(session, tenant, chatbot, release)


@router.put("/{chatbot}/channels/{channel}", dependencies=_PUBLISHES)
async def move_channel(
    chatbot: UUID, channel: Channel, wish: ChannelMove, tenant: CurrentTenant, session: RequestSession
) -> ReleaseView:
    """Point a channel at a release: publish it again, or roll back."""
    return await service.move_channel(session, tenant, chatbot, channel, wish.release_id)


def _tagged(response: Response, view: DraftView) -> DraftView:
    response.headers["ETag"] = f'"{view.revision}"'
    return view
