"""The demo: made once, left alone when edited, shown on pages that hold the snippet under a strict policy."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from server.app import addresses_of
from server.config import Settings
from server.site.public import Site
from server.site.seeding import EMAIL, DemoNotes, seed_demos
from server.web.parts import Parts
from shared import demos
from shared.demos import SLUGS, read_demo
from shared.knowledge.documents import parse_document
from shared.knowledge.passages import split

LOCALHOST = "http://localhost:8460"


@pytest.fixture
def without_avatars(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Measuring two avatars takes seconds, and their own tests do it."""
    monkeypatch.setattr(demos, "_AVATARS", tmp_path)


async def members(client: httpx.AsyncClient, notes: DemoNotes) -> dict[str, str]:
    wish = {"email": EMAIL, "password": notes.password}
    answer = await client.post("/api/auth/sign-in", json=wish)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def listed(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(path, headers=headers)).json()
    return found


@pytest.mark.usefixtures("without_avatars")
async def test_a_second_start_changes_nothing(
    app: FastAPI, client: httpx.AsyncClient, parts: Parts, settings: Settings
) -> None:
    first = await seed_demos(parts, app.state.gate, [LOCALHOST])
    headers = await members(client, first)
    before = await listed(client, "/api/chatbots", headers)

    second = await seed_demos(parts, app.state.gate, [LOCALHOST])

    assert second == first
    assert await listed(client, "/api/chatbots", headers) == before
    assert {each["name"] for each in before} == {"Pip", "Mira"}
    assert all(each["live_release"] for each in before)
    assert (settings.data_folder / "demo.json").stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("without_avatars")
async def test_another_port_moves_the_demos_along(app: FastAPI, client: httpx.AsyncClient, parts: Parts) -> None:
    notes = await seed_demos(parts, app.state.gate, [LOCALHOST])

    await seed_demos(parts, app.state.gate, ["http://localhost:9999"])

    headers = await members(client, notes)
    for seeded in notes.demos.values():
        [embed] = await listed(client, f"/api/chatbots/{seeded.chatbot_id}/embeds", headers)
        assert (embed["id"], embed["sites"]) == (seeded.embed_id, ["http://localhost:9999"])


@pytest.mark.usefixtures("without_avatars")
async def test_new_content_is_published_unless_somebody_has_edited_the_old(
    app: FastAPI, client: httpx.AsyncClient, parts: Parts, settings: Settings
) -> None:
    notes = await seed_demos(parts, app.state.gate, [LOCALHOST])
    headers = await members(client, notes)
    old = {slug: seeded.model_copy(update={"digest": "of another version"}) for slug, seeded in notes.demos.items()}
    outdated = notes.model_copy(update={"demos": old})
    (settings.data_folder / "demo.json").write_text(outdated.model_dump_json())
    edited = f"/api/chatbots/{notes.demos['mira'].chatbot_id}/draft"
    draft = (await client.get(edited, headers=headers)).json()["draft"]
    await client.put(edited, json={**draft, "name": "Mine"}, headers={**headers, "If-Match": '"1"'})

    renewed = await seed_demos(parts, app.state.gate, [LOCALHOST])

    assert renewed.demos["pip"].revision == 2
    assert renewed.demos["mira"] == old["mira"]
    assert (await client.get(edited, headers=headers)).json()["draft"]["name"] == "Mine"
    assert len(await listed(client, f"/api/chatbots/{notes.demos['pip'].chatbot_id}/releases", headers)) == 2


@pytest.mark.usefixtures("without_avatars")
async def test_a_deleted_demo_is_made_again(app: FastAPI, client: httpx.AsyncClient, parts: Parts) -> None:
    notes = await seed_demos(parts, app.state.gate, [LOCALHOST])
    headers = await members(client, notes)
    await client.delete(f"/api/chatbots/{notes.demos['pip'].chatbot_id}", headers=headers)

    again = await seed_demos(parts, app.state.gate, [LOCALHOST])

    assert again.demos["pip"].chatbot_id != notes.demos["pip"].chatbot_id
    assert again.demos["mira"] == notes.demos["mira"]


@pytest.mark.usefixtures("without_avatars")
async def test_the_start_announces_pages_that_hold_the_snippet(app: FastAPI, client: httpx.AsyncClient) -> None:
    found = await addresses_of(app, demo=True)

    assert found["Demo Pip"] == f"{LOCALHOST}/demo/pip"
    assert re.fullmatch(rf"{EMAIL}, password \S{{8,}}", found["Sign in"])
    for slug in SLUGS:
        page = await client.get(f"{LOCALHOST}/demo/{slug}")
        assert page.status_code == 200
        assert f'data-embed-id="{app.state.site.embeds[slug]}"' in page.text
        assert "&lt;script" not in page.text
    front = await client.get("/")
    assert all(f'href="/demo/{slug}"' in front.text for slug in SLUGS)


async def test_a_page_may_run_our_script_and_nothing_else(client: httpx.AsyncClient, app: FastAPI) -> None:
    app.state.site.embeds["pip"] = "emb_x"

    page = await client.get(f"{LOCALHOST}/demo/pip")

    policy = dict(part.strip().partition(" ")[::2] for part in page.headers["content-security-policy"].split(";"))
    style = page.text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy["script-src"] == "http://127.0.0.1:8460"
    assert policy["style-src"] == f"'sha256-{digest}'"
    assert page.text.count("<script") == 1
    assert " style=" not in page.text


async def test_a_demo_page_is_shown_from_another_origin_than_its_frame(client: httpx.AsyncClient, app: FastAPI) -> None:
    app.state.site.embeds["pip"] = "emb_x"

    answer = await client.get("http://127.0.0.1:8460/demo/pip")

    assert (answer.status_code, answer.headers["location"]) == (307, f"{LOCALHOST}/demo/pip")


async def test_without_a_demo_the_front_page_says_so(client: httpx.AsyncClient) -> None:
    front = await client.get("/")
    missing = [await client.get(path) for path in ("/demo/pip", "/demo/nobody", "/demo/nobody/card.webp")]

    assert "No demo is on stage" in front.text
    assert [answer.status_code for answer in missing] == [404, 404, 404]


def test_a_public_server_shows_its_pages_under_its_own_name(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path, public_url="https://troupe.example/")

    assert Site(settings).origin == "https://troupe.example"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_demo_knows_enough_to_talk_about(slug: str) -> None:
    demo = read_demo(slug)
    passages = [each for name, content in demo.documents.items() for each in split(parse_document(name, content))]

    assert len(demo.documents) >= 3
    assert len(passages) >= 20
    assert demo.poster is not None
    assert demo.written.personality.about
    assert 3 <= len(demo.written.personality.suggestions) <= 6
