"""What members do with embeds, and what a visitor's request finds under an embed's id."""

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from server.chatbots.models import Release
from server.chatbots.queries import channels_of, chatbot_of, release_of
from server.db.base import TenantId
from server.db.engine import Engines, Session, anonymous_session, tenant_session
from server.embeds import queries
from server.embeds.models import Embed
from server.embeds.public import embed_tenant
from server.embeds.sites import allowed_sites, is_allowed
from shared.contract.acting import ActingMap
from shared.contract.chatbot import AvatarRef, ChatbotDraft
from shared.contract.embed import LoaderConfig, PublicRelease, PublicSprites
from shared.contract.sync import EmbedView, NewEmbed
from shared.errors import NotFound, SiteRefused

_ID_BYTES = 12


@dataclass(frozen=True)
class Shown:
    """What an embed shows at this moment."""

    tenant: TenantId
    embed: Embed
    release: Release

    @property
    def draft(self) -> ChatbotDraft:
        """The chatbot as it was published."""
        return ChatbotDraft.model_validate(self.release.draft)


async def create_embed(session: Session, tenant: TenantId, chatbot: UUID, wish: NewEmbed, origin: str) -> EmbedView:
    """A new embed of a chatbot; `origin` is the server's public address.

    Raises: NotFound: no such chatbot. BadRequest: a site is none.
    """
    await _check_chatbot(session, tenant, chatbot)
    embed_id = f"emb_{secrets.token_urlsafe(_ID_BYTES)}"
    return _view(await queries.add_embed(session, tenant, chatbot, embed_id, _given(wish)), origin)


async def embeds(session: Session, tenant: TenantId, chatbot: UUID, origin: str) -> list[EmbedView]:
    """A chatbot's embeds.

    Raises: NotFound: no such chatbot.
    """
    await _check_chatbot(session, tenant, chatbot)
    return [_view(embed, origin) for embed in await queries.embeds_of(session, tenant, chatbot)]


async def replace_embed(session: Session, tenant: TenantId, embed_id: str, wish: NewEmbed, origin: str) -> EmbedView:
    """Gives an embed other settings; they hold from the next request on.

    Raises: NotFound: no such embed. BadRequest: a site is none.
    """
    embed = await queries.change_embed(session, tenant, embed_id, _given(wish))
    if embed is None:
        raise NotFound("embed")
    return _view(embed, origin)


async def shown_on(engines: Engines, embed_id: str, site: str) -> Shown:
    """What an embed shows on a site.

    Raises: NotFound: no such embed, or nothing published. SiteRefused: the site is not among the embed's.
    """
    shown = await shown_by(engines, embed_id)
    if not shown.embed.enabled or not is_allowed(site, shown.embed.sites):
        raise SiteRefused(site)
    return shown


async def shown_by(engines: Engines, embed_id: str, release: UUID | None = None) -> Shown:
    """What an embed shows now; or one of its chatbot's releases, which an open page may still show.

    Raises: NotFound: no such embed, or nothing published, or the release is another chatbot's.
    """
    async with anonymous_session(engines.app) as session:
        tenant = await embed_tenant(session, embed_id)
    if tenant is None:
        raise NotFound("embed")
    async with tenant_session(engines.app, tenant) as session:
        embed = await queries.embed_of(session, tenant, embed_id)
        if embed is None:
            raise NotFound("embed")
        if release is None:
            release = (await channels_of(session, tenant, embed.chatbot_id)).get(embed.channel)
        found = await release_of(session, tenant, release) if release else None
    if found is None or found.chatbot_id != embed.chatbot_id:
        raise NotFound("release")
    return Shown(tenant, embed, found)


def loader_config(shown: Shown) -> LoaderConfig:
    """What `embed.js` needs; addresses begin at the root of wherever the script came from."""
    draft = shown.draft
    return LoaderConfig(
        embed_id=shown.embed.id,
        release_id=shown.release.id,
        name=draft.name,
        locale=draft.locale,
        look=draft.look,
        placement=draft.placement,
        poster_url=_poster_url(shown.release, draft),
        frame_url=f"/embed/{shown.embed.id}/frame",
    )


def public_release(shown: Shown) -> PublicRelease:
    """What a visitor may know of a release: nothing of its personality, knowledge or models."""
    draft = shown.draft
    avatar = draft.avatar
    return PublicRelease(
        release_id=shown.release.id,
        name=draft.name,
        locale=draft.locale,
        widget_locale=draft.placement.locale,
        look=draft.look,
        acting=_public_acting(draft.acting),
        greeting=draft.personality.greeting,
        suggestions=draft.personality.suggestions,
        avatar_url=f"/media/{shown.release.id}/avatar.glb" if avatar else None,
        avatar_bytes=avatar.shown.bytes if avatar else 0,
        poster_url=_poster_url(shown.release, draft),
        sprites=_sprites(shown.release, avatar),
        credit=avatar.credit if avatar else "",
    )


def _public_acting(acting: ActingMap) -> ActingMap:
    # Rules hold words that this visitor may never hear; only the director, who is here, needs them. Fingerprints know
    # clips again in the studio, and would be the larger half of the map on its way to every page.
    clips = {name: one.model_copy(update={"fingerprint": ""}) for name, one in acting.clips.items()}
    return acting.model_copy(update={"rules": (), "clips": clips})


async def _check_chatbot(session: Session, tenant: TenantId, chatbot: UUID) -> None:
    if await chatbot_of(session, tenant, chatbot) is None:
        raise NotFound("chatbot")


def _poster_url(release: Release, draft: ChatbotDraft) -> str | None:
    return f"/media/{release.id}/poster" if draft.avatar and draft.avatar.poster else None


def _sprites(release: Release, avatar: AvatarRef | None) -> PublicSprites | None:
    sheet = avatar.sprites if avatar else None
    if sheet is None:
        return None
    url = f"/media/{release.id}/sprites"
    return PublicSprites(url=url, emotions=sheet.emotions, width=sheet.width, height=sheet.height)


def _given(wish: NewEmbed) -> dict[str, Any]:
    return {**wish.model_dump(mode="json"), "sites": allowed_sites(wish.sites)}


def _view(embed: Embed, origin: str) -> EmbedView:
    return EmbedView(
        id=embed.id,
        chatbot_id=embed.chatbot_id,
        name=embed.name,
        sites=tuple(embed.sites),
        channel=embed.channel,
        enabled=embed.enabled,
        snippet=f'<script async src="{origin}/embed.js" data-embed-id="{embed.id}"></script>',
    )
