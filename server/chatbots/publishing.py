"""Publishing: everything is checked, then frozen as a release, and the channel points at it, in one transaction."""

import asyncio
from typing import Any
from uuid import UUID

from server.avatars.forms import keep_forms
from server.avatars.queries import blob_sizes
from server.chatbots import queries
from server.chatbots.models import Chatbot
from server.chatbots.service import draft_of, release_view
from server.db.base import TenantId
from server.db.engine import Session, tenant_session
from server.knowledge.service import documents_for_release
from server.tenants.queries import account_of
from server.web.parts import Parts
from shared.contract.avatar import AvatarFacts, Finding
from shared.contract.chatbot import BlobRef, ChatbotDraft
from shared.contract.sync import NewRelease, ReleaseView
from shared.errors import BadGlb, BadRequest, NotFound, RevisionConflict
from shared.glb import inspect, read_glb

_NAMED = 3
"""How many of several things a sentence names."""


async def publish_chatbot(
    parts: Parts, tenant: TenantId, chatbot: UUID, wish: NewRelease, account: UUID | None = None
) -> ReleaseView:
    """Makes a release of the draft's revision and points a channel at it.

    The avatar is read between two short transactions; the second one sees to it that the draft is still the same.

    Args:
        account: whose name the release bears; None when nobody in particular publishes.
    Raises: NotFound: no such chatbot. RevisionConflict: the draft was saved since. BadRequest: blobs are missing.
        BadGlb: the avatar cannot be performed. BadDocument: a document could not be read. NotReady: one is still being
        indexed.
    """
    async with tenant_session(parts.engines.app, tenant) as session:
        view = await draft_of(session, tenant, chatbot)
        _check_revision(wish.revision, view.revision)
        await _check_blobs(session, tenant, view.draft)
    findings = await _inspect_avatar(parts, tenant, view.draft)
    async with tenant_session(parts.engines.app, tenant) as session:
        found = await queries.lock_chatbot(session, tenant, chatbot)
        if found is None:
            raise NotFound("chatbot")
        _check_revision(wish.revision, found.revision)
        return await _release(session, found, await _name_of(session, tenant, account), wish, findings)


async def _release(
    session: Session, chatbot: Chatbot, author: str, wish: NewRelease, findings: tuple[Finding, ...]
) -> ReleaseView:
    tenant, draft = TenantId(chatbot.tenant_id), ChatbotDraft.model_validate(chatbot.draft)
    frozen: dict[str, Any] = {
        "revision": chatbot.revision,
        "note": wish.note,
        "author": author,
        "draft": chatbot.draft,
        "documents": await documents_for_release(session, tenant, chatbot.id, draft.knowledge),
        "findings": [finding.model_dump(mode="json") for finding in findings],
    }
    release = await queries.add_release(session, tenant, chatbot.id, frozen)
    await queries.move_channel(session, tenant, chatbot.id, wish.channel, release.id)
    return release_view(release, await queries.channels_of(session, tenant, chatbot.id))


async def _name_of(session: Session, tenant: TenantId, account: UUID | None) -> str:
    found = await account_of(session, tenant, account) if account else None
    return (found.name or found.email) if found else ""


def _check_revision(asked: int, current: int) -> None:
    if asked != current:
        raise RevisionConflict(asked, current)


async def _check_blobs(session: Session, tenant: TenantId, draft: ChatbotDraft) -> None:
    wanted = _blobs_of(draft)
    known = await blob_sizes(session, tenant, {blob.sha256 for blob in wanted})
    lacking = [blob.name for blob in wanted if blob.sha256 not in known]
    if lacking:
        raise BadRequest(f"The server lacks {_some(lacking)}: send the project's files first.")


def _blobs_of(draft: ChatbotDraft) -> list[BlobRef]:
    documents = [document.blob for document in draft.knowledge]
    avatar = draft.avatar
    if avatar is None:
        return documents
    sprites = avatar.sprites.blob if avatar.sprites else None
    made = [avatar.glb, avatar.optimised, avatar.poster, sprites, avatar.card]
    return [blob for blob in made if blob] + documents


async def _inspect_avatar(parts: Parts, tenant: TenantId, draft: ChatbotDraft) -> tuple[Finding, ...]:
    """What inspection finds in the designer's own file; what visitors get is checked too, and compressed for them.

    One without an avatar only chats.
    """
    avatar = draft.avatar
    if avatar is None:
        return ()
    original = await _inspected(parts, tenant, avatar.glb)
    if avatar.shown != avatar.glb:
        _check_same_clips(original, await _inspected(parts, tenant, avatar.shown))
    await keep_forms(parts.blobs, tenant, avatar.shown.sha256)
    return original.findings


async def _inspected(parts: Parts, tenant: TenantId, blob: BlobRef) -> AvatarFacts:
    content = await parts.blobs.get(tenant, blob.sha256)
    facts = await asyncio.to_thread(_inspect, content)
    faults = [finding.sentence for finding in facts.findings if finding.severity == "error"]
    if faults:
        raise BadGlb(f"The avatar cannot be performed: {' '.join(faults[:_NAMED])}")
    return facts


def _check_same_clips(original: AvatarFacts, shown: AvatarFacts) -> None:
    """Roles name clips of the designer's file: an optimised one that lost some would leave its visitors a statue."""
    lost = sorted({clip.name for clip in original.clips} - {clip.name for clip in shown.clips})
    if lost:
        raise BadGlb(f"The optimised avatar lacks {_some(lost)}: optimise it again, or publish without.")


def _inspect(content: bytes) -> AvatarFacts:
    return inspect(read_glb(content))


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
