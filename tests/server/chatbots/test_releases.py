"""Releases: checked, frozen, pointed at by channels, and rolled back."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.avatars.service import keep_blob
from server.chatbots.public import release_tenant
from server.db.engine import anonymous_session, tenant_session
from server.web.parts import Parts
from tests.server.conftest import Signed
from tests.server.glbs import draft_with, pack_glb, triangle_glb


async def create(client: httpx.AsyncClient, who: Signed, draft: dict[str, Any]) -> str:
    answer = await client.post("/api/chatbots", json={"draft": draft}, headers=who.headers)
    assert answer.status_code == 201, answer.text
    chatbot: str = answer.json()["chatbot_id"]
    return chatbot


async def publish(
    client: httpx.AsyncClient, who: Signed, chatbot: str, revision: int = 1, channel: str = "live"
) -> httpx.Response:
    wish = {"revision": revision, "channel": channel, "note": "first"}
    return await client.post(f"/api/chatbots/{chatbot}/releases", json=wish, headers=who.headers)


@pytest.fixture
async def chatbot(client: httpx.AsyncClient, parts: Parts, first: Signed) -> str:
    """A chatbot whose avatar is on the server."""
    content = triangle_glb()
    digest = await keep_blob(parts, first.tenant, content)
    return await create(client, first, draft_with(digest, len(content)))


async def save(client: httpx.AsyncClient, who: Signed, chatbot: str, revision: int, name: str) -> None:
    view = (await client.get(f"/api/chatbots/{chatbot}/draft", headers=who.headers)).json()
    headers = who.headers | {"If-Match": f'"{revision}"'}
    saved = await client.put(f"/api/chatbots/{chatbot}/draft", json=view["draft"] | {"name": name}, headers=headers)
    assert saved.status_code == 200, saved.text


async def test_a_release_freezes_the_draft(
    client: httpx.AsyncClient, parts: Parts, first: Signed, chatbot: str
) -> None:
    view = (await client.get(f"/api/chatbots/{chatbot}/draft", headers=first.headers)).json()
    published = await publish(client, first, chatbot)
    await save(client, first, chatbot, 1, "changed later")

    async with tenant_session(parts.engines.app, first.tenant) as session:
        frozen = await session.scalar(text("select draft from releases"))

    assert published.status_code == 201
    assert frozen == view["draft"]


async def test_a_release_keeps_what_inspection_found(client: httpx.AsyncClient, first: Signed, chatbot: str) -> None:
    release = (await publish(client, first, chatbot)).json()

    assert release["findings"]
    assert {finding["severity"] for finding in release["findings"]} <= {"warning", "note"}


async def test_releases_are_numbered_and_the_channel_shows_the_newest(
    client: httpx.AsyncClient, first: Signed, chatbot: str
) -> None:
    one = (await publish(client, first, chatbot)).json()
    await save(client, first, chatbot, 1, "better")
    two = (await publish(client, first, chatbot, 2)).json()
    listed = (await client.get(f"/api/chatbots/{chatbot}/releases", headers=first.headers)).json()
    chatbots = (await client.get("/api/chatbots", headers=first.headers)).json()

    assert [(view["id"], view["number"], view["channels"]) for view in listed] == [
        (two["id"], 2, ["live"]),
        (one["id"], 1, []),
    ]
    assert chatbots[0]["live_release"] == two["id"]


async def test_rolling_back_points_the_channel_at_an_older_release(
    client: httpx.AsyncClient, first: Signed, chatbot: str
) -> None:
    one = (await publish(client, first, chatbot)).json()
    await publish(client, first, chatbot)
    back = await client.put(
        f"/api/chatbots/{chatbot}/channels/live", json={"release_id": one["id"]}, headers=first.headers
    )
    chatbots = (await client.get("/api/chatbots", headers=first.headers)).json()

    assert (back.status_code, back.json()["channels"]) == (200, ["live"])
    assert chatbots[0]["live_release"] == one["id"]


async def test_channels_move_apart(client: httpx.AsyncClient, first: Signed, chatbot: str) -> None:
    live = (await publish(client, first, chatbot)).json()
    staging = (await publish(client, first, chatbot, channel="staging")).json()
    listed = (await client.get(f"/api/chatbots/{chatbot}/releases", headers=first.headers)).json()

    assert {view["id"]: view["channels"] for view in listed} == {live["id"]: ["live"], staging["id"]: ["staging"]}


async def test_a_channel_cannot_show_another_chatbots_release(
    client: httpx.AsyncClient, first: Signed, chatbot: str
) -> None:
    release = (await publish(client, first, chatbot)).json()
    other = await create(client, first, {})
    moved = await client.put(
        f"/api/chatbots/{other}/channels/live", json={"release_id": release["id"]}, headers=first.headers
    )

    assert (moved.status_code, moved.json()["code"]) == (404, "not_found")


async def test_an_older_revision_is_not_published(client: httpx.AsyncClient, first: Signed, chatbot: str) -> None:
    await save(client, first, chatbot, 1, "newer")
    answer = await publish(client, first, chatbot, 1)

    assert (answer.status_code, answer.json()["code"]) == (412, "revision_conflict")


async def test_missing_blobs_are_named(client: httpx.AsyncClient, first: Signed) -> None:
    chatbot = await create(client, first, draft_with("0" * 64, 10))
    answer = await publish(client, first, chatbot)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    assert "robot.glb" in answer.json()["detail"]


@pytest.mark.parametrize(
    "content", [b"", b"not a GLB at all", triangle_glb()[:-20], pack_glb({"asset": {"version": "9.0"}}, b"")]
)
async def test_an_unreadable_avatar_is_not_published(
    client: httpx.AsyncClient, parts: Parts, first: Signed, content: bytes
) -> None:
    digest = await keep_blob(parts, first.tenant, content)
    chatbot = await create(client, first, draft_with(digest, len(content)))

    answer = await publish(client, first, chatbot)
    listed = await client.get(f"/api/chatbots/{chatbot}/releases", headers=first.headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_glb")
    assert listed.json() == []


@pytest.mark.parametrize("change", ["update releases set note = 'forged'", "delete from releases"])
async def test_the_database_refuses_to_change_a_release(
    client: httpx.AsyncClient, parts: Parts, first: Signed, chatbot: str, change: str
) -> None:
    await publish(client, first, chatbot)

    with pytest.raises(DBAPIError, match="permission denied"):
        async with tenant_session(parts.engines.app, first.tenant) as session:
            await session.execute(text(change))


async def test_releases_go_with_their_chatbot(
    client: httpx.AsyncClient, parts: Parts, first: Signed, chatbot: str
) -> None:
    await publish(client, first, chatbot)
    deleted = await client.delete(f"/api/chatbots/{chatbot}", headers=first.headers)
    async with tenant_session(parts.engines.app, first.tenant) as session:
        left = await session.scalar(text("select (select count(*) from releases) + (select count(*) from channels)"))

    assert (deleted.status_code, left) == (204, 0)


async def test_a_public_release_id_leads_to_its_tenant_and_to_nothing_else(
    client: httpx.AsyncClient, parts: Parts, first: Signed, chatbot: str
) -> None:
    release = UUID((await publish(client, first, chatbot)).json()["id"])
    async with anonymous_session(parts.engines.app) as session:
        found, unknown = await release_tenant(session, release), await release_tenant(session, uuid4())
        seen = await session.scalar(text("select count(*) from releases"))

    assert (found, unknown, seen) == (first.tenant, None, 0)


@pytest.mark.parametrize("table", ["blobs", "chatbots", "releases", "channels"])
async def test_a_second_tenant_sees_no_row_of_the_first(
    client: httpx.AsyncClient, parts: Parts, first: Signed, second: Signed, chatbot: str, table: str
) -> None:
    await publish(client, first, chatbot)
    counts = []
    for who in (first, second):
        async with tenant_session(parts.engines.app, who.tenant) as session:
            counts.append(await session.scalar(text(f"select count(*) from {table}")))

    assert counts == [1, 0]


async def test_a_release_says_who_made_it_and_gives_back_what_was_published(
    client: httpx.AsyncClient, first: Signed, second: Signed, chatbot: str
) -> None:
    view = (await client.get(f"/api/chatbots/{chatbot}/draft", headers=first.headers)).json()
    made = (await publish(client, first, chatbot)).json()
    await save(client, first, chatbot, 1, "changed later")
    address = f"/api/chatbots/{chatbot}/releases/{made['id']}"

    mine = (await client.get(address, headers=first.headers)).json()
    theirs = await client.get(address, headers=second.headers)
    elsewhere = await client.get(f"/api/chatbots/{uuid4()}/releases/{made['id']}", headers=first.headers)

    assert (mine["author"], mine["channels"], mine["draft"]) == ("ada", ["live"], view["draft"])
    assert (theirs.status_code, elsewhere.status_code) == (404, 404)
