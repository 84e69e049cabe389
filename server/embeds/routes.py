"""`/api/.../embeds` for members; `/embed.js`, `/embed/*`, `/media/*` and `/widget/*` for visitors."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from server.embeds import service
from server.embeds.media import Picture, avatar_response, picture_response
from server.embeds.parts import CurrentEmbedParts
from server.embeds.sites import site_of
from server.embeds.visits import open_visit
from server.tenants.current import CurrentTenant, RequestSession, may
from server.web.encodings import shrink
from server.web.parts import CurrentParts
from shared.contract.embed import LoaderConfig, NewVisit, PublicRelease, Visit
from shared.contract.sync import EmbedView, NewEmbed
from shared.errors import SignInRequired, SiteRefused

router = APIRouter(tags=["embeds"])

_EMBEDS = [Depends(may("embed"))]
_BEARER = "bearer "
_FOR_EVER = "public, max-age=31536000, immutable"
_BRIEFLY = "public, max-age=60"

AskedSite = Annotated[str, Query(max_length=300, description="Origin of the page, such as https://example.com.")]


@router.post("/api/chatbots/{chatbot}/embeds", status_code=201, dependencies=_EMBEDS)
async def create_embed(
    chatbot: UUID, wish: NewEmbed, tenant: CurrentTenant, session: RequestSession, parts: CurrentParts
) -> EmbedView:
    """Make an embed, with the snippet to paste."""
    return await service.create_embed(session, tenant, chatbot, wish, parts.settings.origin)


@router.get("/api/chatbots/{chatbot}/embeds")
async def embeds(chatbot: UUID, tenant: CurrentTenant, session: RequestSession, parts: CurrentParts) -> list[EmbedView]:
    """List a chatbot's embeds."""
    return await service.embeds(session, tenant, chatbot, parts.settings.origin)


@router.put("/api/embeds/{embed}", dependencies=_EMBEDS)
async def replace_embed(
    embed: str, wish: NewEmbed, tenant: CurrentTenant, session: RequestSession, parts: CurrentParts
) -> EmbedView:
    """Give an embed other settings."""
    return await service.replace_embed(session, tenant, embed, wish, parts.settings.origin)


@router.get("/embed.js", include_in_schema=False)
async def loader(request: Request, embedding: CurrentEmbedParts) -> Response:
    """The script of the snippet."""
    return embedding.widget.loader(request.headers)


@router.get("/widget/assets/{name}", include_in_schema=False)
async def asset(name: str, request: Request, embedding: CurrentEmbedParts) -> Response:
    """A file of the frame's page."""
    return embedding.widget.asset(name, request.headers)


@router.get("/embed/{embed}/config.json", response_model=LoaderConfig)
async def config(
    embed: str,
    site: AskedSite,
    request: Request,
    parts: CurrentParts,
    origin: Annotated[str | None, Header()] = None,
) -> Response:
    """What the script needs to know; only for pages of the embed's sites, which browsers name in `Origin`."""
    if origin is None or site_of(origin) is None or site_of(origin) != site_of(site):
        raise SiteRefused(origin or "")
    shown = await service.shown_on(parts.engines, embed, origin)
    headers = {
        "Access-Control-Allow-Origin": origin,
        "Vary": "Origin",
        "Cache-Control": _BRIEFLY,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return shrink(_json(service.loader_config(shown), headers), request.headers)


@router.get("/embed/{embed}/frame", include_in_schema=False)
async def frame(
    embed: str, site: AskedSite, request: Request, parts: CurrentParts, embedding: CurrentEmbedParts
) -> Response:
    """The page in the iframe. A page that lies about its site gets one that only that site may hold."""
    try:
        shown = await service.shown_on(parts.engines, embed, site)
    except SiteRefused as error:
        return embedding.pages.refused(error.sentence)
    return shrink(embedding.pages.frame(shown, site, request.url.netloc), request.headers)


@router.get("/embed/{embed}/release/{release}.json", response_model=PublicRelease)
async def release(embed: str, release: UUID, request: Request, parts: CurrentParts) -> Response:
    """What a visitor may know of a release."""
    shown = await service.shown_by(parts.engines, embed, release)
    return shrink(_json(service.public_release(shown), {"Cache-Control": _FOR_EVER}), request.headers)


@router.post("/embed/{embed}/visit")
async def visit(
    embed: str,
    wish: NewVisit,
    request: Request,
    parts: CurrentParts,
    embedding: CurrentEmbedParts,
    response: Response,
    authorization: Annotated[str, Header()] = "",
) -> Visit:
    """Open or continue a visit, with the boot token of the frame's page."""
    if not authorization.lower().startswith(_BEARER):
        raise SignInRequired
    response.headers["Cache-Control"] = "no-store"
    boot_token = authorization[len(_BEARER) :].strip()
    conversations = request.app.state.conversations
    return await open_visit(parts.engines, embedding.tokens, conversations, embed, boot_token, wish)


@router.get("/media/{release}/avatar.glb", response_class=Response)
async def avatar(release: UUID, request: Request, parts: CurrentParts, embedding: CurrentEmbedParts) -> Response:
    """The avatar of a release."""
    return await avatar_response(parts, embedding.forms, release, request.headers)


@router.get("/media/{release}/{picture}", response_class=Response)
async def picture(release: UUID, picture: Picture, request: Request, parts: CurrentParts) -> Response:
    """A picture of the avatar: `poster`, `sprites` or `card`."""
    return await picture_response(parts, release, picture, request.headers)


def _json(answer: LoaderConfig | PublicRelease, headers: dict[str, str]) -> Response:
    return Response(answer.model_dump_json(), headers=headers, media_type="application/json")
