"""Blobs: what is missing, uploads that go on after a cut, digests that are verified, ranges."""

import asyncio
import hashlib
import random

import httpx
import pytest
from fastapi import FastAPI

from server.config import Settings
from tests.server.conftest import Signed

PART = 64 * 1024
CONTENT = random.Random(7).randbytes(3 * PART + 1234)
DIGEST = hashlib.sha256(CONTENT).hexdigest()
ADDRESS = f"/api/blobs/{DIGEST}/upload?total={len(CONTENT)}"


async def send(client: httpx.AsyncClient, who: Signed, offset: int, content: bytes) -> httpx.Response:
    return await client.patch(f"{ADDRESS}&offset={offset}", content=content, headers=who.headers)


async def send_all(client: httpx.AsyncClient, who: Signed, content: bytes, part: int = PART) -> str:
    digest = hashlib.sha256(content).hexdigest()
    address = f"/api/blobs/{digest}/upload?total={len(content)}"
    for offset in range(0, max(len(content), 1), part):
        answer = await client.patch(
            f"{address}&offset={offset}", content=content[offset : offset + part], headers=who.headers
        )
        assert answer.status_code == 200, answer.text
    return digest


async def missing(client: httpx.AsyncClient, who: Signed, *digests: str) -> list[str]:
    answer = await client.post("/api/blobs/missing", json={"sha256": digests}, headers=who.headers)
    found: list[str] = answer.json()["missing"]
    return found


async def test_a_blob_is_missing_until_its_last_part_has_come(client: httpx.AsyncClient, first: Signed) -> None:
    before = await missing(client, first, DIGEST)
    states = [(await send(client, first, at, CONTENT[at : at + PART])).json() for at in range(0, len(CONTENT), PART)]
    after = await missing(client, first, DIGEST)

    assert (before, after) == ([DIGEST], [])
    assert [state["complete"] for state in states] == [False, False, False, True]
    assert states[-1]["received"] == len(CONTENT)


async def test_an_upload_goes_on_after_a_cut_on_another_server(
    app: FastAPI, client: httpx.AsyncClient, first: Signed
) -> None:
    await send(client, first, 0, CONTENT[:PART])

    state = (await client.get(ADDRESS, headers=first.headers)).json()
    rest = await send(client, first, state["received"], CONTENT[state["received"] :])

    assert state == {"sha256": DIGEST, "received": PART, "total": len(CONTENT), "complete": False}
    assert rest.json()["complete"] is True


async def test_a_part_sent_twice_counts_once(client: httpx.AsyncClient, first: Signed) -> None:
    await send(client, first, 0, CONTENT[:PART])
    again = await send(client, first, 0, CONTENT[:PART])
    rest = await send(client, first, PART, CONTENT[PART:])

    assert again.json()["received"] == PART
    assert rest.json()["complete"] is True


async def test_of_the_same_part_sent_at_once_one_is_kept(client: httpx.AsyncClient, first: Signed) -> None:
    answers = await asyncio.gather(*(send(client, first, 0, CONTENT[:PART]) for _ in range(4)))
    rest = await send(client, first, PART, CONTENT[PART:])

    assert {answer.json()["received"] for answer in answers} == {PART}
    assert rest.json()["complete"] is True


async def test_a_part_that_leaves_a_gap_is_refused(client: httpx.AsyncClient, first: Signed) -> None:
    answer = await send(client, first, PART, CONTENT[PART : 2 * PART])

    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert "byte 0" in answer.json()["detail"]


async def test_a_wrong_digest_is_refused_and_the_upload_begins_anew(client: httpx.AsyncClient, first: Signed) -> None:
    wrong = await send(client, first, 0, b"x" + CONTENT[1:])
    state = (await client.get(ADDRESS, headers=first.headers)).json()
    right = await send(client, first, 0, CONTENT)

    assert (wrong.status_code, wrong.json()["code"]) == (400, "bad_request")
    assert (state["received"], state["complete"]) == (0, False)
    assert right.json()["complete"] is True


async def test_an_empty_blob_is_a_blob(client: httpx.AsyncClient, first: Signed) -> None:
    digest = await send_all(client, first, b"")
    fetched = await client.get(f"/api/blobs/{digest}", headers=first.headers)

    assert (fetched.status_code, fetched.content) == (200, b"")


async def test_a_part_past_the_end_is_refused(client: httpx.AsyncClient, first: Signed) -> None:
    answer = await send(client, first, 0, CONTENT + b"more")

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_a_blob_over_the_limit_is_refused_before_it_is_sent(
    client: httpx.AsyncClient, first: Signed, settings: Settings
) -> None:
    total = settings.blob_limit_bytes + 1
    answer = await client.patch(
        f"/api/blobs/{DIGEST}/upload?total={total}&offset=0", content=b"x", headers=first.headers
    )

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_a_request_over_the_limit_is_refused(
    client: httpx.AsyncClient, first: Signed, settings: Settings
) -> None:
    answer = await send(client, first, 0, bytes(settings.part_limit_bytes + 100_000))

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-9", 0, 10), ("bytes=100000-", 100_000, len(CONTENT)), ("bytes=-7", len(CONTENT) - 7, len(CONTENT)),
     ("bytes=5-99999999", 5, len(CONTENT))],
)  # fmt: skip
async def test_a_range_of_a_blob_is_sent(
    client: httpx.AsyncClient, first: Signed, asked: str, start: int, end: int
) -> None:
    await send_all(client, first, CONTENT)

    answer = await client.get(f"/api/blobs/{DIGEST}", headers={**first.headers, "Range": asked})

    assert (answer.status_code, answer.content) == (206, CONTENT[start:end])
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"


async def test_a_range_behind_the_end_is_refused(client: httpx.AsyncClient, first: Signed) -> None:
    await send_all(client, first, CONTENT)

    answer = await client.get(f"/api/blobs/{DIGEST}", headers={**first.headers, "Range": "bytes=99999999-"})

    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(CONTENT)}")


async def test_a_blob_that_the_client_has_is_not_sent_again(client: httpx.AsyncClient, first: Signed) -> None:
    await send_all(client, first, CONTENT)

    whole = await client.get(f"/api/blobs/{DIGEST}", headers=first.headers)
    again = await client.get(f"/api/blobs/{DIGEST}", headers={**first.headers, "If-None-Match": whole.headers["etag"]})

    assert whole.content == CONTENT
    assert (again.status_code, again.content) == (304, b"")


async def test_a_second_tenant_sees_no_blob_of_the_first(
    client: httpx.AsyncClient, first: Signed, second: Signed
) -> None:
    await send_all(client, first, CONTENT)
    other = random.Random(8).randbytes(1000)
    await client.patch(
        f"/api/blobs/{hashlib.sha256(other).hexdigest()}/upload?total=1000&offset=0",
        content=other[:500],
        headers=first.headers,
    )

    fetched = await client.get(f"/api/blobs/{DIGEST}", headers=second.headers)
    state = await client.get(ADDRESS, headers=second.headers)
    other_state = await client.get(
        f"/api/blobs/{hashlib.sha256(other).hexdigest()}/upload?total=1000", headers=second.headers
    )

    assert fetched.status_code == 404
    assert await missing(client, second, DIGEST) == [DIGEST]
    assert (state.json()["received"], other_state.json()["received"]) == (0, 0)
