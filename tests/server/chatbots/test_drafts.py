"""Drafts: saved over what one has read, and over nothing newer."""

import asyncio
from typing import Any

import httpx
import pytest

from shared.contract.chatbot import ChatbotDraft
from tests.server.conftest import Signed


def draft(name: str) -> dict[str, Any]:
    found: dict[str, Any] = ChatbotDraft(name=name).model_dump(mode="json")
    return found


async def create(client: httpx.AsyncClient, who: Signed, name: str = "Pip") -> str:
    answer = await client.post("/api/chatbots", json={"draft": draft(name)}, headers=who.headers)
    assert answer.status_code == 201, answer.text
    chatbot: str = answer.json()["chatbot_id"]
    return chatbot


async def save(client: httpx.AsyncClient, who: Signed, chatbot: str, revision: int, name: str) -> httpx.Response:
    headers = who.headers | {"If-Match": f'"{revision}"'}
    return await client.put(f"/api/chatbots/{chatbot}/draft", json=draft(name), headers=headers)


async def test_a_draft_comes_back_as_it_was_saved(client: httpx.AsyncClient, first: Signed) -> None:
    chatbot = await create(client, first)
    saved = await save(client, first, chatbot, 1, "Pip the second")
    read = await client.get(f"/api/chatbots/{chatbot}/draft", headers=first.headers)

    assert saved.json() == read.json()
    assert read.json()["draft"] == draft("Pip the second")
    assert (read.json()["revision"], read.headers["etag"]) == (2, '"2"')


async def test_saving_over_a_newer_draft_is_refused(client: httpx.AsyncClient, first: Signed) -> None:
    chatbot = await create(client, first)
    await save(client, first, chatbot, 1, "by the first designer")
    late = await save(client, first, chatbot, 1, "by the second designer")
    read = await client.get(f"/api/chatbots/{chatbot}/draft", headers=first.headers)

    assert (late.status_code, late.json()["code"]) == (412, "revision_conflict")
    assert read.json()["draft"]["name"] == "by the first designer"


async def test_of_two_that_save_at_once_one_is_refused(client: httpx.AsyncClient, first: Signed) -> None:
    chatbot = await create(client, first)

    answers = await asyncio.gather(*(save(client, first, chatbot, 1, f"designer {n}") for n in range(6)))

    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412, 412]


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 428, "revision_required"),
        ({"If-Match": "*"}, 400, "bad_request"),
        ({"If-Match": "W/x"}, 400, "bad_request"),
    ],
)
async def test_saving_must_say_what_it_was_made_from(
    client: httpx.AsyncClient, first: Signed, headers: dict[str, str], status: int, code: str
) -> None:
    chatbot = await create(client, first)
    answer = await client.put(f"/api/chatbots/{chatbot}/draft", json=draft("x"), headers=first.headers | headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_misfit_names_the_field(client: httpx.AsyncClient, first: Signed) -> None:
    wrong = draft("x") | {"locale": "not a locale"}
    answer = await client.post("/api/chatbots", json={"draft": wrong}, headers=first.headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "bad_request")
    assert list(answer.json()["fields"]) == ["draft.locale"]


async def test_a_nul_character_is_refused_with_a_sentence(client: httpx.AsyncClient, first: Signed) -> None:
    answer = await client.post("/api/chatbots", json={"draft": draft("a\x00b")}, headers=first.headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_the_list_shows_what_was_changed_last_first(client: httpx.AsyncClient, first: Signed) -> None:
    pip, mira = await create(client, first, "Pip"), await create(client, first, "Mira")
    await save(client, first, pip, 1, "Pip again")

    listed = (await client.get("/api/chatbots", headers=first.headers)).json()

    assert [(view["id"], view["name"], view["revision"]) for view in listed] == [
        (pip, "Pip again", 2),
        (mira, "Mira", 1),
    ]


async def test_a_deleted_chatbot_is_gone(client: httpx.AsyncClient, first: Signed) -> None:
    chatbot = await create(client, first)

    deleted = await client.delete(f"/api/chatbots/{chatbot}", headers=first.headers)
    again = await client.delete(f"/api/chatbots/{chatbot}", headers=first.headers)

    assert (deleted.status_code, again.status_code) == (204, 404)


async def test_a_second_tenant_cannot_touch_the_firsts_chatbot(
    client: httpx.AsyncClient, first: Signed, second: Signed
) -> None:
    chatbot = await create(client, first)
    address = f"/api/chatbots/{chatbot}"

    answers = [
        await client.get(f"{address}/draft", headers=second.headers),
        await save(client, second, chatbot, 1, "stolen"),
        await client.delete(address, headers=second.headers),
        await client.get(f"{address}/releases", headers=second.headers),
        await client.post(f"{address}/releases", json={"revision": 1}, headers=second.headers),
        await client.put(f"{address}/channels/live", json={"release_id": chatbot}, headers=second.headers),
    ]
    listed = await client.get("/api/chatbots", headers=second.headers)
    kept = await client.get(f"{address}/draft", headers=first.headers)

    assert [answer.status_code for answer in answers] == [404] * 6
    assert listed.json() == []
    assert kept.json()["draft"] == draft("Pip")


@pytest.mark.parametrize("token", [None, "nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."])
async def test_without_a_valid_token_nothing_is_shown(client: httpx.AsyncClient, token: str | None) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = await client.get("/api/chatbots", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_required")
