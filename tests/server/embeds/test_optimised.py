"""What publishing makes of an avatar: visitors get that, findings stay about the designer's own file."""

from typing import Any

import httpx
import pytest

from server.avatars.service import keep_blob
from server.web.parts import Parts
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft, SpriteSheet
from tests.server.conftest import Signed
from tests.server.embeds.conftest import SITE
from tests.server.glbs import clip_glb, triangle_glb

PICTURE = b"RIFF....WEBP not really a picture"


async def kept(parts: Parts, who: Signed, name: str, content: bytes, media_type: str) -> BlobRef:
    sha256 = await keep_blob(parts, who.tenant, content)
    return BlobRef(name=name, sha256=sha256, bytes=len(content), media_type=media_type)


async def published(client: httpx.AsyncClient, who: Signed, avatar: AvatarRef) -> httpx.Response:
    draft = ChatbotDraft(name="Pip", avatar=avatar).model_dump(mode="json")
    made = await client.post("/api/chatbots", json={"draft": draft}, headers=who.headers)
    chatbot = made.json()["chatbot_id"]
    return await client.post(f"/api/chatbots/{chatbot}/releases", json={"revision": 1}, headers=who.headers)


async def shown(client: httpx.AsyncClient, who: Signed, release: dict[str, Any]) -> dict[str, Any]:
    """What a visitor is told of a release."""
    chatbot = release["chatbot_id"]
    embed = await client.post(f"/api/chatbots/{chatbot}/embeds", json={"sites": [SITE]}, headers=who.headers)
    told: dict[str, Any] = (await client.get(f"/embed/{embed.json()['id']}/release/{release['id']}.json")).json()
    return told


async def test_visitors_get_the_optimised_avatar_and_its_pictures(
    client: httpx.AsyncClient, parts: Parts, first: Signed
) -> None:
    original, smaller = clip_glb("Wave"), clip_glb("Wave", generator="smaller")
    picture = await kept(parts, first, "p.webp", PICTURE, "image/webp")
    avatar = AvatarRef(
        glb=await kept(parts, first, "pip.glb", original, "model/gltf-binary"),
        optimised=await kept(parts, first, "pip.small.glb", smaller, "model/gltf-binary"),
        sprites=SpriteSheet(blob=picture, emotions=("neutral",), width=8, height=8),
        card=picture,
    )

    release = (await published(client, first, avatar)).json()
    address = f"/media/{release['id']}"
    got = await client.get(f"{address}/avatar.glb", headers={"Accept-Encoding": "br"})
    pictures = [(await client.get(f"{address}/{kind}")) for kind in ("sprites", "card", "poster", "secrets")]

    assert got.content == smaller
    assert got.headers["content-encoding"] == "br"
    told = await shown(client, first, release)
    assert told["avatar_bytes"] == len(smaller)
    assert told["sprites"] == {"url": f"{address}/sprites", "emotions": ["neutral"], "width": 8, "height": 8}
    assert [answer.status_code for answer in pictures] == [200, 200, 404, 422]
    assert pictures[0].content == PICTURE
    assert "smaller" not in str(release["findings"])


async def test_an_optimised_avatar_that_lost_a_clip_is_refused(
    client: httpx.AsyncClient, parts: Parts, first: Signed
) -> None:
    avatar = AvatarRef(
        glb=await kept(parts, first, "pip.glb", clip_glb("Wave"), "model/gltf-binary"),
        optimised=await kept(parts, first, "small.glb", triangle_glb(), "model/gltf-binary"),
    )

    answer = await published(client, first, avatar)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_glb")
    assert "lacks Wave" in answer.json()["detail"]


@pytest.mark.parametrize("field", ["optimised", "card"])
async def test_what_was_made_must_be_sent_too(
    client: httpx.AsyncClient, parts: Parts, first: Signed, field: str
) -> None:
    never_sent = BlobRef(name="never-sent", sha256="0" * 64, bytes=9)
    glb = await kept(parts, first, "pip.glb", triangle_glb(), "model/gltf-binary")
    avatar = AvatarRef.model_validate({"glb": glb, field: never_sent})

    answer = await published(client, first, avatar)

    assert answer.status_code == 400
    assert "The server lacks never-sent" in answer.json()["detail"]
