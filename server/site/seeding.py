"""Makes the demo tenant at the first start, with its chatbots published through the services that the API uses.

What was made is noted in the data folder. A later start changes nothing, but where the demo's content or the server's
address has changed since; a chatbot that somebody has edited is left as it is.
"""

import asyncio
import json
import secrets
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import structlog
from pydantic import Field

from server.avatars.service import keep_blob
from server.chatbots import publishing
from server.chatbots import service as chatbots
from server.db.base import TenantId
from server.db.engine import tenant_session
from server.embeds import service as embeds
from server.tenants import service as tenants
from server.tenants.gate import Gate
from server.web.parts import Parts
from shared.contract.base import Frozen
from shared.contract.chatbot import ChatbotDraft
from shared.contract.sync import NewEmbed, NewRelease, SignIn, SignUp
from shared.demos import SLUGS, Demo, read_demo
from shared.errors import AlreadyThere, NotFound, NotReady

log: structlog.stdlib.BoundLogger = structlog.get_logger()

EMAIL = "demo@troupe.example"
_NOTES = "demo.json"
_INDEXING_SECONDS = 120.0
_AGAIN_SECONDS = 0.1


class SeededDemo(Frozen):
    """One published demo, as the site's pages need it and the next start finds it."""

    chatbot_id: UUID
    embed_id: str
    revision: int
    digest: str


class DemoNotes(Frozen):
    """What `demo.json` in the data folder holds; its owner alone may read it."""

    password: str
    tenant_id: UUID | None = None
    demos: dict[str, SeededDemo] = Field(default_factory=dict)


async def seed_demos(parts: Parts, gate: Gate, sites: Sequence[str]) -> DemoNotes:
    """Make what is not there yet.

    Args:
        sites: the origins that the demo pages are shown on.
    Raises: AlreadyThere: the demo's account exists, but its password is not in this data folder.
        NotReady: the documents were not indexed in time.
    """
    file = parts.settings.data_folder / _NOTES
    notes = _read(file)
    tenant = await _tenant(parts, gate, notes)
    _write(file, notes := notes.model_copy(update={"tenant_id": tenant}))
    for slug in SLUGS:
        demo = await asyncio.to_thread(read_demo, slug)
        seeded = await _seeded(parts, tenant, demo, notes.demos.get(slug), sites)
        _write(file, notes := notes.model_copy(update={"demos": {**notes.demos, slug: seeded}}))
    return notes


async def _tenant(parts: Parts, gate: Gate, notes: DemoNotes) -> TenantId:
    if notes.tenant_id is not None:
        return TenantId(notes.tenant_id)
    wish = SignUp(email=EMAIL, password=notes.password, name="Demo", tenant_name="Troupe demo")
    try:
        tokens = await tenants.sign_up(parts.engines, gate, wish)
    except AlreadyThere:
        # Stopped between making the account and noting it: the password was noted before.
        tokens = await tenants.sign_in(parts.engines, gate, SignIn(email=EMAIL, password=notes.password))
    return TenantId(tokens.tenant_id)


async def _seeded(
    parts: Parts, tenant: TenantId, demo: Demo, known: SeededDemo | None, sites: Sequence[str]
) -> SeededDemo:
    revision = await _revision(parts, tenant, known.chatbot_id) if known else None
    if known is None or revision is None:
        return await _made(parts, tenant, demo, sites)
    await _check_sites(parts, tenant, known, sites)
    if known.digest == demo.digest or revision != known.revision:
        return known
    return await _renewed(parts, tenant, demo, known)


async def _made(parts: Parts, tenant: TenantId, demo: Demo, sites: Sequence[str]) -> SeededDemo:
    draft = await _sent(parts, tenant, demo)
    async with tenant_session(parts.engines.app, tenant) as session:
        made = await chatbots.create_chatbot(session, tenant, draft)
        wish = NewEmbed(name="Demo page", sites=tuple(sites))
        embed = await embeds.create_embed(session, tenant, made.chatbot_id, wish, parts.settings.origin)
    await _publish(parts, tenant, made.chatbot_id, made.revision)
    log.info("demo_made", slug=demo.slug)
    return SeededDemo(chatbot_id=made.chatbot_id, embed_id=embed.id, revision=made.revision, digest=demo.digest)


async def _renewed(parts: Parts, tenant: TenantId, demo: Demo, known: SeededDemo) -> SeededDemo:
    draft = await _sent(parts, tenant, demo)
    async with tenant_session(parts.engines.app, tenant) as session:
        saved = await chatbots.save_draft(session, tenant, known.chatbot_id, known.revision, draft)
    await _publish(parts, tenant, known.chatbot_id, saved.revision)
    log.info("demo_renewed", slug=demo.slug)
    return known.model_copy(update={"revision": saved.revision, "digest": demo.digest})


async def _sent(parts: Parts, tenant: TenantId, demo: Demo) -> ChatbotDraft:
    for content in demo.files:
        await keep_blob(parts, tenant, content)
    return await asyncio.to_thread(demo.draft)


async def _publish(parts: Parts, tenant: TenantId, chatbot: UUID, revision: int) -> None:
    """Publish as soon as the documents are indexed, which the server's own worker does meanwhile."""
    async with asyncio.timeout(_INDEXING_SECONDS):
        while True:
            try:
                await publishing.publish_chatbot(parts, tenant, chatbot, NewRelease(revision=revision, note="Demo"))
            except NotReady:
                await asyncio.sleep(_AGAIN_SECONDS)
            else:
                return


async def _revision(parts: Parts, tenant: TenantId, chatbot: UUID) -> int | None:
    async with tenant_session(parts.engines.app, tenant) as session:
        try:
            return (await chatbots.draft_of(session, tenant, chatbot)).revision
        except NotFound:
            return None


async def _check_sites(parts: Parts, tenant: TenantId, known: SeededDemo, sites: Sequence[str]) -> None:
    """The server may listen on another port than last time."""
    origin = parts.settings.origin
    async with tenant_session(parts.engines.app, tenant) as session:
        for embed in await embeds.embeds(session, tenant, known.chatbot_id, origin):
            if embed.id == known.embed_id and set(sites) - set(embed.sites):
                wish = NewEmbed(name=embed.name, sites=tuple(sites), channel=embed.channel, enabled=embed.enabled)
                await embeds.replace_embed(session, tenant, embed.id, wish, origin)


def _read(file: Path) -> DemoNotes:
    if file.is_file():
        return DemoNotes.model_validate_json(file.read_text(encoding="utf-8"))
    notes = DemoNotes(password=secrets.token_urlsafe(9))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    _write(file, notes)
    return notes


def _write(file: Path, notes: DemoNotes) -> None:
    part = file.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(json.dumps(notes.model_dump(mode="json"), indent=2) + "\n", encoding="utf-8")
    part.replace(file)
