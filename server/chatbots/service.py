"""Drafts and channels: saving over what one has read, and pointing at what was published."""

from uuid import UUID

from server.chatbots import queries
from server.chatbots.models import Chatbot, Release
from server.db.base import TenantId
from server.db.engine import Session
from server.knowledge.service import accept_documents
from shared.contract.avatar import Finding
from shared.contract.chatbot import ChatbotDraft
from shared.contract.sync import Channel, ChatbotView, DraftView, ReleaseDraft, ReleaseView
from shared.errors import NotFound, RevisionConflict

_CHANNELS: tuple[Channel, ...] = ("live", "staging")


async def chatbots(session: Session, tenant: TenantId) -> list[ChatbotView]:
    """All chatbots of the tenant."""
    return [_chatbot_view(chatbot, live) for chatbot, live in await queries.chatbots_of(session, tenant)]


async def create_chatbot(session: Session, tenant: TenantId, draft: ChatbotDraft) -> DraftView:
    """A new chatbot with its first draft; its documents are on their way into the index."""
    chatbot = await queries.add_chatbot(session, tenant, draft.name, draft.model_dump(mode="json"))
    await accept_documents(session, tenant, chatbot.id, draft.knowledge)
    return DraftView(chatbot_id=chatbot.id, revision=chatbot.revision, draft=draft)


async def draft_of(session: Session, tenant: TenantId, chatbot: UUID) -> DraftView:
    """The draft as it was saved last.

    Raises: NotFound: no such chatbot.
    """
    found = await queries.chatbot_of(session, tenant, chatbot)
    if found is None:
        raise NotFound("chatbot")
    return DraftView(chatbot_id=found.id, revision=found.revision, draft=ChatbotDraft.model_validate(found.draft))


async def save_draft(
    session: Session, tenant: TenantId, chatbot: UUID, revision: int, draft: ChatbotDraft
) -> DraftView:
    """Saves a draft that was made from `revision`; of two that save at once, one is refused.

    Raises: NotFound: no such chatbot. RevisionConflict: somebody saved since.
    """
    saved = await queries.save_draft(session, tenant, chatbot, revision, draft.name, draft.model_dump(mode="json"))
    if saved is None:
        current = await draft_of(session, tenant, chatbot)
        raise RevisionConflict(revision, current.revision)
    await accept_documents(session, tenant, chatbot, draft.knowledge)
    return DraftView(chatbot_id=chatbot, revision=saved, draft=draft)


async def delete_chatbot(session: Session, tenant: TenantId, chatbot: UUID) -> None:
    """Deletes a chatbot with its releases.

    Raises: NotFound: no such chatbot.
    """
    if not await queries.delete_chatbot(session, tenant, chatbot):
        raise NotFound("chatbot")


async def releases(session: Session, tenant: TenantId, chatbot: UUID) -> list[ReleaseView]:
    """A chatbot's releases, newest first.

    Raises: NotFound: no such chatbot.
    """
    await draft_of(session, tenant, chatbot)
    shown = await queries.channels_of(session, tenant, chatbot)
    return [release_view(release, shown) for release in await queries.releases_of(session, tenant, chatbot)]


async def release(session: Session, tenant: TenantId, chatbot: UUID, release: UUID) -> ReleaseDraft:
    """A release with its draft.

    Raises: NotFound: no such chatbot, or the release is not this chatbot's.
    """
    found = await _release_of(session, tenant, chatbot, release)
    view = release_view(found, await queries.channels_of(session, tenant, chatbot))
    return ReleaseDraft(**dict(view), draft=ChatbotDraft.model_validate(found.draft))


async def move_channel(
    session: Session, tenant: TenantId, chatbot: UUID, channel: Channel, release: UUID
) -> ReleaseView:
    """Points a channel at a release: forward, or back to an older one.

    Raises: NotFound: no such chatbot, or the release is not this chatbot's.
    """
    if await queries.lock_chatbot(session, tenant, chatbot) is None:
        raise NotFound("chatbot")
    found = await _release_of(session, tenant, chatbot, release)
    await queries.move_channel(session, tenant, chatbot, channel, release)
    return release_view(found, await queries.channels_of(session, tenant, chatbot))


async def _release_of(session: Session, tenant: TenantId, chatbot: UUID, release: UUID) -> Release:
    found = await queries.release_of(session, tenant, release)
    if found is None or found.chatbot_id != chatbot:
        raise NotFound("release")
    return found


def release_view(release: Release, shown: dict[str, UUID]) -> ReleaseView:
    """A release as members see it; `shown` says which release each channel points at."""
    return ReleaseView(
        id=release.id,
        chatbot_id=release.chatbot_id,
        number=release.number,
        revision=release.revision,
        note=release.note,
        author=release.author,
        channels=tuple(channel for channel in _CHANNELS if shown.get(channel) == release.id),
        created_at=release.created_at,
        findings=tuple(Finding.model_validate(finding) for finding in release.findings),
    )


def _chatbot_view(chatbot: Chatbot, live: UUID | None) -> ChatbotView:
    return ChatbotView(
        id=chatbot.id,
        name=chatbot.name,
        revision=chatbot.revision,
        live_release=live,
        created_at=chatbot.created_at,
        updated_at=chatbot.updated_at,
    )
