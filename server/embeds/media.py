"""What a release shows, as visitors' browsers fetch it: the avatar, compressed where it may be, and its pictures."""

from typing import Literal
from uuid import UUID

from starlette.background import BackgroundTask
from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse

from server.avatars.forms import Form, LateForms, form_of
from server.chatbots.public import release_tenant
from server.chatbots.queries import release_of
from server.db.base import TenantId
from server.db.blobs import BlobStore
from server.db.engine import Engines, anonymous_session, tenant_session
from server.web.downloads import blob_response
from server.web.encodings import FOR_KEEPING, best_encoding
from server.web.parts import Parts
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft
from shared.errors import NotFound

_FOR_EVER = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_UNTIL_COMPRESSED = "public, max-age=60"
_AVATAR_TYPE = "model/gltf-binary"
Picture = Literal["poster", "sprites", "card"]
"""The poster stands for the avatar until it is there; sprites where it cannot be drawn; the card where it is shared."""
_PICTURES = {"image/png", "image/jpeg", "image/webp", "image/avif"}


async def avatar_response(parts: Parts, late: LateForms, release: UUID, asked: Headers) -> Response:
    """The avatar of a release, in the best encoding that its browser takes; a range is of the avatar as it is.

    Raises: NotFound: no such release, or it has no avatar. Unavailable: database or object store is away.
    """
    tenant, avatar = await _avatar_of(parts.engines, release)
    sha256, headers = avatar.shown.sha256, {**_FOR_EVER, "Vary": "Accept-Encoding"}
    encoding = "" if "range" in asked else best_encoding(asked, FOR_KEEPING)
    form = await form_of(parts.blobs, tenant, sha256, encoding) if encoding else None
    if form and form.bytes:
        return _compressed(parts.blobs, form, sha256, asked, headers)
    if encoding and form is None:
        headers["Cache-Control"] = _UNTIL_COMPRESSED
    size = await parts.blobs.size(tenant, sha256)
    answer = blob_response(parts.blobs, tenant, sha256, size, asked, media_type=_AVATAR_TYPE, headers=headers)
    if encoding and form is None:
        # Nobody waits for the compressing: the next visitor has it.
        answer.background = BackgroundTask(late.make, tenant, sha256)
    return answer


async def picture_response(parts: Parts, release: UUID, kind: Picture, asked: Headers) -> Response:
    """A picture that was made of the avatar when it was published.

    Raises: as `avatar_response`.
    """
    tenant, avatar = await _avatar_of(parts.engines, release)
    sprites = avatar.sprites.blob if avatar.sprites else None
    blob = {"poster": avatar.poster, "sprites": sprites, "card": avatar.card}[kind]
    if blob is None:
        raise NotFound("file")
    sha256, media_type = blob.sha256, _picture_type(blob)
    size = await parts.blobs.size(tenant, sha256)
    return blob_response(parts.blobs, tenant, sha256, size, asked, media_type=media_type, headers=_FOR_EVER)


async def _avatar_of(engines: Engines, release: UUID) -> tuple[TenantId, AvatarRef]:
    async with anonymous_session(engines.app) as session:
        tenant = await release_tenant(session, release)
    if tenant is None:
        raise NotFound("release")
    async with tenant_session(engines.app, tenant) as session:
        found = await release_of(session, tenant, release)
    avatar = ChatbotDraft.model_validate(found.draft).avatar if found else None
    if avatar is None:
        raise NotFound("file")
    return tenant, avatar


def _compressed(blobs: BlobStore, form: Form, sha256: str, asked: Headers, headers: dict[str, str]) -> Response:
    """Each encoding has an ETag of its own: it is other bytes, and what is kept of one is no part of another."""
    given = {"ETag": f'"{sha256}-{form.encoding}"', **headers}
    if given["ETag"] in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=given)
    given |= {"Content-Encoding": form.encoding, "Content-Length": str(form.bytes)}
    return StreamingResponse(blobs.stream_at(form.key), 200, given, _AVATAR_TYPE)


def _picture_type(blob: BlobRef) -> str:
    """What a designer's tool called a picture may be believed only if it is one: it is served from our origin."""
    return blob.media_type if blob.media_type in _PICTURES else "application/octet-stream"
