"""Documents on their way into the index: progress, failure that stays alone, retries, versions, deletion."""

import hashlib
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from server.avatars.service import keep_blob
from server.db.engine import platform_session
from server.knowledge import reading
from server.knowledge.reading import read_document
from server.web.parts import Parts
from shared.errors import BadDocument
from tests.server.conftest import Signed
from tests.server.knowledge.conftest import Drafted, draft_with, work
from tests.shared.knowledge.papers import locked_pdf, pdf

HOURS = b"# Hours\n\nWe open at nine and close at five.\n\n# Prices\n\nA ticket costs four euros."


async def listed(client: httpx.AsyncClient, who: Signed, chatbot: UUID) -> list[dict[str, object]]:
    answer = await client.get(f"/api/chatbots/{chatbot}/documents", headers=who.headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()
    return found


async def save(
    client: httpx.AsyncClient, who: Signed, chatbot: UUID, documents: dict[str, bytes], revision: int
) -> None:
    answer = await client.put(
        f"/api/chatbots/{chatbot}/draft",
        json=draft_with(documents).model_dump(mode="json"),
        headers={**who.headers, "If-Match": f'"{revision}"'},
    )
    assert answer.status_code == 200, answer.text


async def publish(client: httpx.AsyncClient, who: Signed, chatbot: UUID, revision: int) -> httpx.Response:
    return await client.post(f"/api/chatbots/{chatbot}/releases", json={"revision": revision}, headers=who.headers)


async def counted(parts: Parts, table: str) -> int:
    async with platform_session(parts.engines.platform) as session:
        return int(await session.scalar(text(f"select count(*) from {table}")) or 0)


async def test_a_document_is_received_then_live(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted
) -> None:
    chatbot = await drafted(first, {"hours.md": HOURS})

    before = await listed(client, first, chatbot)
    await work(parts)
    after = await listed(client, first, chatbot)

    assert [(each["state"], each["progress"], each["passages"]) for each in before] == [("received", 0.0, 0)]
    assert [(each["state"], each["progress"], each["passages"]) for each in after] == [("live", 1.0, 2)]
    assert after[0]["sha256"] == hashlib.sha256(HOURS).hexdigest()


async def test_a_document_that_cannot_be_read_leaves_the_others_alone(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted
) -> None:
    chatbot = await drafted(first, {"locked.pdf": locked_pdf(), "hours.md": HOURS, "scan.pdf": pdf([[]])})

    await work(parts)

    states = {each["title"]: (each["state"], each["problem"]) for each in await listed(client, first, chatbot)}
    assert states == {
        "locked": ("failed", "locked.pdf has a password: save it without one and add it again."),
        "hours": ("live", ""),
        "scan": ("failed", "scan.pdf has 1 pages and no text: it was scanned. Run text recognition over it first."),
    }


async def test_the_same_content_is_indexed_once(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted
) -> None:
    chatbot = await drafted(first, {"hours.md": HOURS})
    await work(parts)
    [before] = await listed(client, first, chatbot)

    await save(client, first, chatbot, {"renamed.md": HOURS}, 1)
    waiting = await counted(parts, "procrastinate_jobs where status = 'todo'")

    [after] = await listed(client, first, chatbot)
    assert (after["id"], after["title"], after["state"]) == (before["id"], "renamed", "live")
    assert waiting == 0


async def test_a_file_that_comes_late_is_waited_for(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted
) -> None:
    chatbot = await drafted(first, {})
    await save(client, first, chatbot, {"hours.md": HOURS}, 1)

    await work(parts)
    [early] = await listed(client, first, chatbot)
    await keep_blob(parts, first.tenant, HOURS)
    async with platform_session(parts.engines.platform) as session:
        # The retry is planned for in two seconds: it is due now.
        await session.execute(text("update procrastinate_jobs set scheduled_at = now()"))
    await work(parts)
    [late] = await listed(client, first, chatbot)

    assert (early["state"], late["state"]) == ("received", "live")


async def test_a_failed_document_is_tried_again_when_the_draft_is_saved(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(reading, "_MODULE", "server.knowledge.no_such_module")
        chatbot = await drafted(first, {"hours.md": HOURS})
        await work(parts)
    [failed] = await listed(client, first, chatbot)

    await save(client, first, chatbot, {"hours.md": HOURS}, 1)
    await work(parts)

    [again] = await listed(client, first, chatbot)
    assert failed["state"] == "failed"
    assert str(failed["problem"]).startswith("hours.md cannot be read")
    assert (again["state"], again["problem"]) == ("live", "")


async def test_publishing_waits_for_the_index_and_refuses_what_failed(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted
) -> None:
    chatbot = await drafted(first, {"hours.md": HOURS})
    early = await publish(client, first, chatbot, 1)
    await work(parts)
    good = await publish(client, first, chatbot, 1)
    empty = b" \n"
    await keep_blob(parts, first.tenant, empty)
    await save(client, first, chatbot, {"hours.md": HOURS, "empty.txt": empty}, 1)
    await work(parts)
    bad = await publish(client, first, chatbot, 2)

    assert (early.status_code, early.json()["code"]) == (409, "not_ready")
    assert good.status_code == 201, good.text
    assert (bad.status_code, bad.json()["code"]) == (400, "bad_document")
    assert "empty.txt holds no text" in bad.json()["detail"]


async def test_a_dropped_document_goes_unless_a_release_names_it(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted
) -> None:
    other = b"Another document, about parking: it is free."
    chatbot = await drafted(first, {"hours.md": HOURS})
    await work(parts)
    await publish(client, first, chatbot, 1)
    await keep_blob(parts, first.tenant, other)
    await save(client, first, chatbot, {"other.txt": other}, 1)
    await work(parts)
    with_both = await counted(parts, "documents")

    await save(client, first, chatbot, {}, 2)

    assert with_both == 2
    assert await listed(client, first, chatbot) == []
    assert await counted(parts, "documents") == 1
    assert await counted(parts, "passages") == 2


async def test_a_deleted_chatbot_takes_its_documents_along(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted
) -> None:
    chatbot = await drafted(first, {"hours.md": HOURS})
    await work(parts)

    await client.delete(f"/api/chatbots/{chatbot}", headers=first.headers)

    assert [await counted(parts, table) for table in ("documents", "passages")] == [0, 0]


async def test_a_document_deleted_in_mid_work_stays_deleted(
    client: httpx.AsyncClient, parts: Parts, first: Signed, drafted: Drafted
) -> None:
    chatbot = await drafted(first, {"hours.md": HOURS})
    await client.delete(f"/api/chatbots/{chatbot}", headers=first.headers)

    await work(parts)

    assert await counted(parts, "documents") == 0
    assert await counted(parts, "procrastinate_jobs where status = 'failed'") == 0


async def test_reading_is_ended_when_it_takes_too_long() -> None:
    with pytest.raises(BadDocument, match=r"^slow\.txt takes more than 0 seconds to read: split it\.$"):
        await read_document("slow.txt", b"word " * 10_000, "text/plain", "", seconds=0.01)


async def test_reading_gives_title_language_and_places() -> None:
    read = await read_document("haus.md", b"# Haus\n\nDas Haus ist offen, und der Garten auch.", "", "")

    assert (read.title, read.language, len(read.passages)) == ("Haus", "german", 1)
    assert read.passages[0]["starts"] == 6
    assert read.passages[0]["heading"] == ["Haus"]
