"""Search in PostgreSQL: the ranking of the library in memory, and one tenant's passages only."""

from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from server.db.engine import tenant_session
from server.knowledge import queries
from server.knowledge.service import documents_for_release
from server.web.parts import Parts
from shared.knowledge.documents import parse_document
from shared.knowledge.library import Found
from shared.knowledge.memory import MemoryLibrary, shelve
from shared.knowledge.minilm import MiniLm
from tests.server.conftest import Signed
from tests.server.knowledge.conftest import Drafted, draft_with, work

HOUSE = (
    b"# The house\n\n## Opening hours\n\nThe house is open from 7 in the morning until 10 at night.\n\n"
    b"## Prices\n\nA day ticket costs 24 euros. A fixed desk costs 290 euros a month.\n\n"
    b"## Dogs\n\nWell-behaved dogs are welcome on the ground floor, but not in the quiet room.\n\n"
    b"## Rooms\n\nThe room Aurora seats eight people and has a screen. The code AUR-208 opens its door.\n"
)
FOOD = (
    b"# Food\n\nLunch is served from noon until two. There is always a vegan dish, and coffee is free.\n\n"
    b"# Parking\n\nThe car park behind the house costs 9 euros a day. Bicycles stand in the courtyard.\n"
)
GARDEN = (
    "# Der Garten\n\n## Öffnungszeiten\n\nDer Garten öffnet um acht Uhr und schließt bei Einbruch der Dunkelheit.\n\n"
    "## Eintritt\n\nEine Tageskarte kostet sechs Euro. Kinder unter zwölf Jahren zahlen nichts.\n"
).encode()
QUESTIONS = [
    "When do you open?", "How much is a fixed desk?", "What does a day ticket cost?", "May I bring my dog?",
    "Is there a room with a screen?", "AUR-208", "Is there vegan food?", "Where can I park my car?",
    "Where do bicycles go?", "What is the capital of Peru?", "Who painted the Mona Lisa?",
]  # fmt: skip


async def search(client: httpx.AsyncClient, who: Signed, chatbot: UUID, question: str) -> list[dict[str, object]]:
    answer = await client.get(f"/api/chatbots/{chatbot}/search", params={"q": question}, headers=who.headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()
    return found


async def test_the_ranking_is_that_of_the_library_in_memory(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted, model_folder: Path
) -> None:
    """The same passages in the same order; scores differ by the sixteen bits of a stored number only."""
    documents = {"house.md": HOUSE, "food.md": FOOD}
    chatbot = await drafted(first, documents)
    await work(parts)
    passages = [
        each
        for name, content in documents.items()
        for each in shelve(name, parse_document(name, content), name.removesuffix(".md"))
    ]
    memory = MemoryLibrary(passages, MiniLm(model_folder))

    for question in QUESTIONS:
        here = await search(client, first, chatbot, question)
        there = await memory.search(question, 5)

        assert [each["text"] for each in here] == [each.text for each in there], question
        assert [each["score"] for each in here] == pytest.approx([each.score for each in there], abs=0.01)


async def test_what_is_found_knows_its_place(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted
) -> None:
    chatbot = await drafted(first, {"house.md": HOUSE})
    await work(parts)

    [best, *_] = [Found(**each) for each in await search(client, first, chatbot, "How much is a fixed desk?")]  # type: ignore[arg-type]

    assert parse_document("house.md", HOUSE).text[best.start : best.end] == best.text
    assert (best.title, best.heading[-1], best.page) == ("house", "Prices", None)


async def test_german_is_searched_in_german(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted
) -> None:
    chatbot = await drafted(first, {"garten.md": GARDEN})
    await work(parts)

    [price, *_] = await search(client, first, chatbot, "Was kosten Tageskarten?")
    [hours, *_] = await search(client, first, chatbot, "Wann öffnen die Gärten?")

    assert "Tageskarte kostet" in str(price["text"])
    assert "öffnet um acht" in str(hours["text"])


async def test_another_tenant_finds_nothing(
    app: FastAPI, client: httpx.AsyncClient, parts: Parts, first: Signed, second: Signed, drafted: Drafted
) -> None:
    chatbot = await drafted(first, {"house.md": HOUSE})
    await work(parts)
    async with tenant_session(parts.engines.app, first.tenant) as session:
        documents = [each.id for each in await queries.documents_of(session, first.tenant, chatbot)]

    theirs = app.state.knowledge.library(first.tenant, documents)
    ours = app.state.knowledge.library(second.tenant, documents)
    listed = await client.get(f"/api/chatbots/{chatbot}/documents", headers=second.headers)
    asked = await client.get(f"/api/chatbots/{chatbot}/search?q=desk", headers=second.headers)

    assert await theirs.search("How much is a fixed desk?", 3)
    assert await ours.search("How much is a fixed desk?", 3) == []
    assert (listed.status_code, asked.status_code) == (404, 404)


@pytest.mark.parametrize("question", ["' | !(", "desk' & 'x", "\\", ":*", "%", "\U0001f600", "a" * 4_000, "''''"])
async def test_no_question_breaks_the_search(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted, question: str
) -> None:
    chatbot = await drafted(first, {"house.md": HOUSE})
    await work(parts)

    assert isinstance(await search(client, first, chatbot, question), list)


async def test_what_was_fetched_from_the_web_is_found_with_its_address(
    app: FastAPI, parts: Parts, first: Signed, drafted: Drafted
) -> None:
    chatbot = await drafted(first, {"house.md": HOUSE})
    await work(parts)
    [ref] = draft_with({"house.md": HOUSE}).knowledge
    ref = ref.model_copy(update={"address": "https://house.example/visit"})

    async with tenant_session(parts.engines.app, first.tenant) as session:
        frozen = await documents_for_release(session, first.tenant, chatbot, [ref])
    fetched = app.state.knowledge.library_of_release(first.tenant, frozen)
    older = app.state.knowledge.library_of_release(first.tenant, [{"id": frozen[0]["id"], "title": "House"}])

    assert [one.url for one in await fetched.search("How much is a fixed desk?", 1)] == ["https://house.example/visit"]
    assert [one.url for one in await older.search("How much is a fixed desk?", 1)] == [None]


async def test_a_library_without_documents_finds_nothing(app: FastAPI, first: Signed) -> None:
    assert await app.state.knowledge.library(first.tenant, []).search("desk", 3) == []
    assert await app.state.knowledge.library(first.tenant, [uuid4()]).search("desk", 3) == []
