"""Embeds: only their sites get anything, pages are closed, media are immutable, tenants stay apart."""

import html
import json
import re
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from server.config import Settings
from server.embeds.tokens import VisitorTokens
from server.web.parts import Parts
from tests.server.conftest import Signed
from tests.server.embeds.conftest import POSTER, SITE, Desk, EmbedFixture, published
from tests.server.glbs import triangle_glb


async def config(client: httpx.AsyncClient, embed: str, origin: str | None, site: str = SITE) -> httpx.Response:
    headers = {} if origin is None else {"Origin": origin}
    return await client.get(f"/embed/{embed}/config.json", params={"site": site}, headers=headers)


async def boot_of(client: httpx.AsyncClient, embed: str, site: str = SITE) -> dict[str, Any]:
    page = await client.get(f"/embed/{embed}/frame", params={"site": site})
    assert page.status_code == 200, page.text
    found = re.search(r'id="troupe-boot">(.*?)</script>', page.text, re.DOTALL)
    assert found
    boot: dict[str, Any] = json.loads(found.group(1))
    return boot


async def visit(client: httpx.AsyncClient, embed: str, token: str, **wish: str) -> httpx.Response:
    return await client.post(f"/embed/{embed}/visit", json=wish, headers={"Authorization": f"Bearer {token}"})


async def test_the_snippet_names_script_and_embed(
    client: httpx.AsyncClient, first: Signed, embed: EmbedFixture
) -> None:
    made = await embed(first)

    answer = await client.put(
        f"/api/embeds/{made}", json={"name": "Shop", "sites": ["https://Shop.example:443"]}, headers=first.headers
    )

    assert answer.json()["sites"] == ["https://shop.example"]
    assert answer.json()["snippet"] == (
        f'<script async src="http://127.0.0.1:8460/embed.js" data-embed-id="{made}"></script>'
    )


async def test_the_site_is_told_what_to_show(client: httpx.AsyncClient, first: Signed, embed: EmbedFixture) -> None:
    made = await embed(first)

    answer = await config(client, made, SITE)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == SITE
    assert answer.headers["vary"] == "Origin, Accept-Encoding"
    assert answer.json()["frame_url"] == f"/embed/{made}/frame"
    assert answer.json()["poster_url"] == f"/media/{answer.json()['release_id']}/poster"


@pytest.mark.parametrize(
    ("origin", "site"),
    [
        (None, SITE),
        ("null", SITE),
        ("https://evil.example", SITE),
        ("https://evil.example", "https://evil.example"),
        (SITE, "https://evil.example"),
        ("http://www.example.com", "http://www.example.com"),
    ],
)
async def test_nobody_else_is_told_anything(
    client: httpx.AsyncClient, first: Signed, embed: EmbedFixture, origin: str | None, site: str
) -> None:
    answer = await config(client, await embed(first), origin, site)

    assert (answer.status_code, answer.json()["code"]) == (403, "site_refused")
    assert "access-control-allow-origin" not in answer.headers


async def test_a_disabled_embed_shows_nothing(client: httpx.AsyncClient, first: Signed, embed: EmbedFixture) -> None:
    made = await embed(first, enabled=False)

    assert (await config(client, made, SITE)).status_code == 403
    assert (await client.get(f"/embed/{made}/frame", params={"site": SITE})).status_code == 403


async def test_an_embed_without_a_release_is_not_found(
    client: httpx.AsyncClient, first: Signed, embed: EmbedFixture
) -> None:
    made = await embed(first, channel="staging")

    assert (await config(client, made, SITE)).status_code == 404
    assert (await config(client, "emb_nobody", SITE)).status_code == 404


async def test_the_frame_may_be_held_by_its_site_only(
    client: httpx.AsyncClient, first: Signed, embed: EmbedFixture
) -> None:
    page = await client.get(f"/embed/{await embed(first)}/frame", params={"site": SITE})

    policy = dict(part.strip().partition(" ")[::2] for part in page.headers["content-security-policy"].split(";"))
    assert policy["frame-ancestors"] == SITE
    assert policy["default-src"] == "'none'"
    assert "unsafe-inline" not in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers
    assert page.headers["cache-control"] == "no-store"
    assert '<script type="module" src="/widget/assets/frame-abc123.js"></script>' in page.text
    assert page.headers["link"] == "</widget/assets/frame-abc123.js>; rel=modulepreload"
    assert page.headers["content-encoding"] in {"br", "gzip"}


async def test_another_site_gets_a_page_that_nobody_may_hold(
    client: httpx.AsyncClient, first: Signed, embed: EmbedFixture
) -> None:
    page = await client.get(f"/embed/{await embed(first)}/frame", params={"site": "https://evil.example"})

    assert page.status_code == 403
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert "troupe-boot" not in page.text


async def test_no_name_breaks_out_of_the_page(client: httpx.AsyncClient, first: Signed, embed: EmbedFixture) -> None:
    page = await client.get(f"/embed/{await embed(first)}/frame", params={"site": SITE})

    assert "</script><b>" not in page.text
    assert f"<title>{html.escape('Pip </script><b>')}</title>" in page.text


async def test_a_visitor_learns_of_a_release_what_is_public(
    client: httpx.AsyncClient, first: Signed, embed: EmbedFixture
) -> None:
    boot = await boot_of(client, await embed(first))

    answer = await client.get(boot["release_url"])

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.json()["greeting"] == "Hello there!"
    assert answer.json()["avatar_bytes"] == len(triangle_glb())
    assert boot["release"] == answer.json()
    assert "secret" not in answer.text


async def test_a_release_of_another_chatbot_is_not_found(
    client: httpx.AsyncClient, parts: Parts, first: Signed, embed: EmbedFixture
) -> None:
    made = await embed(first)
    other = await published(client, parts, first)
    [theirs] = (await client.get(f"/api/chatbots/{other}/releases", headers=first.headers)).json()

    assert (await client.get(f"/embed/{made}/release/{theirs['id']}.json")).status_code == 404
    assert (await client.get(f"/embed/{made}/release/{uuid4()}.json")).status_code == 404


async def test_a_boot_token_opens_a_visit(
    client: httpx.AsyncClient, settings: Settings, first: Signed, embed: EmbedFixture, desk: Desk
) -> None:
    made = await embed(first)
    boot = await boot_of(client, made)

    opened = (await visit(client, made, boot["boot_token"])).json()
    again = (
        await visit(
            client, made, boot["boot_token"],
            visitor_key=opened["visitor_key"], conversation_id=opened["conversation_id"],
        )
    ).json()  # fmt: skip

    claims = VisitorTokens(settings).verify_visitor(opened["token"])
    assert (claims.tenant_id, claims.embed_id, claims.site) == (first.tenant, made, SITE)
    assert str(claims.conversation_id) == opened["conversation_id"] == again["conversation_id"]
    assert again["visitor_key"] == opened["visitor_key"]
    assert [wish.visitor_id for wish in desk.wishes] == [claims.visitor_id] * 2
    assert [wish.conversation_id for wish in desk.wishes] == [None, UUID(opened["conversation_id"])]


async def test_a_made_up_visitor_key_is_replaced(
    client: httpx.AsyncClient, first: Signed, embed: EmbedFixture, desk: Desk
) -> None:
    made = await embed(first)
    boot = await boot_of(client, made)

    opened = (await visit(client, made, boot["boot_token"], visitor_key="admin")).json()

    assert opened["visitor_key"] != "admin"
    assert len(desk.wishes) == 1


async def test_a_boot_token_is_for_its_embed_and_its_site(
    client: httpx.AsyncClient, first: Signed, second: Signed, embed: EmbedFixture, desk: Desk
) -> None:
    made, other = await embed(first), await embed(second)
    token = (await boot_of(client, made))["boot_token"]

    elsewhere = await visit(client, other, token)
    none = await client.post(f"/embed/{made}/visit", json={})
    as_member = await visit(client, made, first.tokens.access_token)
    await client.put(f"/api/embeds/{made}", json={"sites": []}, headers=first.headers)
    withdrawn = await visit(client, made, token)

    assert [answer.status_code for answer in (elsewhere, none, as_member, withdrawn)] == [401, 401, 401, 403]
    assert desk.wishes == []


async def test_a_visitor_token_opens_no_members_door(
    client: httpx.AsyncClient, first: Signed, embed: EmbedFixture, desk: Desk
) -> None:
    made = await embed(first)
    opened = (await visit(client, made, (await boot_of(client, made))["boot_token"])).json()

    answer = await client.get("/api/me", headers={"Authorization": f"Bearer {opened['token']}"})

    assert answer.status_code == 401
    assert len(desk.wishes) == 1


async def test_media_are_immutable_and_come_in_ranges(
    client: httpx.AsyncClient, first: Signed, embed: EmbedFixture
) -> None:
    release = (await config(client, await embed(first), SITE)).json()["release_id"]

    whole = await client.get(f"/media/{release}/avatar.glb")
    known = await client.get(f"/media/{release}/avatar.glb", headers={"If-None-Match": whole.headers["etag"]})
    part = await client.get(f"/media/{release}/poster", headers={"Range": "bytes=1-3"})

    assert whole.content == triangle_glb()
    assert whole.headers["content-type"] == "model/gltf-binary"
    assert whole.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (known.status_code, known.content) == (304, b"")
    assert (part.status_code, part.content, part.headers["content-type"]) == (206, POSTER[1:4], "image/png")
    assert (await client.get(f"/media/{uuid4()}/avatar.glb")).status_code == 404


async def test_a_poster_is_served_as_a_picture_or_as_nothing_that_runs(
    client: httpx.AsyncClient, parts: Parts, first: Signed
) -> None:
    chatbot = await published(client, parts, first, poster_type="text/html")
    [release] = (await client.get(f"/api/chatbots/{chatbot}/releases", headers=first.headers)).json()

    poster = await client.get(f"/media/{release['id']}/poster")

    assert poster.headers["content-type"] == "application/octet-stream"
    assert poster.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [
        ("gzip, deflate, br", "br", b"brotli of embed.js"),
        ("gzip", "gzip", b"gzip of embed.js"),
        ("identity", None, b"/* embed.js */"),
        ("br;q=0, gzip;q=0.5", "gzip", b"gzip of embed.js"),
    ],
)
async def test_the_loader_comes_compressed_as_it_was_built(
    client: httpx.AsyncClient, accepted: str, encoding: str | None, content: bytes
) -> None:
    request = client.build_request("GET", "/embed.js", headers={"Accept-Encoding": accepted})
    answer = await client.send(request, stream=True)
    raw = b"".join([chunk async for chunk in answer.aiter_raw()])

    assert raw == content
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["cache-control"].startswith("public, max-age=300")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")


async def test_the_loader_is_not_sent_twice(client: httpx.AsyncClient) -> None:
    plain = {"Accept-Encoding": "identity"}
    first = await client.get("/embed.js", headers=plain)

    again = await client.get("/embed.js", headers={**plain, "If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


async def test_hashed_files_are_kept_for_ever_and_nothing_else_is_there(client: httpx.AsyncClient) -> None:
    asset = await client.get("/widget/assets/frame-abc123.js", headers={"Accept-Encoding": "identity"})
    missing = [
        await client.get(f"/widget/assets/{name}") for name in ("no.js", "..%2f.vite%2fmanifest.json", "x.js.br")
    ]

    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert [answer.status_code for answer in missing] == [404, 404, 404]


async def test_another_tenant_sees_no_embed(
    client: httpx.AsyncClient, parts: Parts, first: Signed, second: Signed, embed: EmbedFixture
) -> None:
    made = await embed(first)
    chatbot = await published(client, parts, first)

    changed = await client.put(f"/api/embeds/{made}", json={"sites": []}, headers=second.headers)
    listed = await client.get(f"/api/chatbots/{chatbot}/embeds", headers=second.headers)
    added = await client.post(f"/api/chatbots/{chatbot}/embeds", json={}, headers=second.headers)

    assert [answer.status_code for answer in (changed, listed, added)] == [404, 404, 404]
    assert (await config(client, made, SITE)).status_code == 200
