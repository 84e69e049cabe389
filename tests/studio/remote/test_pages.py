"""Pages are fetched from a real server on loopback, and whatever is wrong with one is said in a sentence."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from shared.errors import BadDocument, TroupeError, Unavailable
from shared.knowledge.documents import parse_document
from studio.remote import pages
from studio.remote.pages import clean_page_address, fetch_page

PAGE = "<html><head><title>Öffnungszeiten</title></head><body><p>Täglich von zehn bis sechs.</p></body></html>"


def answer(content: bytes, kind: str = "text/html", status: str = "200 OK", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(content)}\r\n{more}\r\n"
    return head.encode() + content


@asynccontextmanager
async def site(**answers: bytes | None) -> AsyncIterator[str]:
    """A site whose pages are these; one that is None never answers."""
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            content = answers.get(head.split()[1].decode().lstrip("/").partition("?")[0].replace(".", "_"))
            if content is None:
                await over.wait()
            else:
                writer.write(content)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        over.set()
        server.close()


async def test_a_page_becomes_a_document_under_a_name_of_its_own() -> None:
    async with site(visit=answer(PAGE.encode())) as url:
        page = await fetch_page(f"{url}/visit?lang=de#hours")

    assert (page.name, page.address) == ("127.0.0.1-visit-lang=de.html", f"{url}/visit?lang=de")
    assert parse_document(page.name, page.content).title == "Öffnungszeiten"


async def test_redirects_are_followed_and_the_last_address_counts() -> None:
    moved = answer(b"", status="301 Moved", more="location: /visit\r\n")
    async with site(old=moved, visit=answer(PAGE.encode())) as url:
        page = await fetch_page(f"{url}/old")

    assert page.address == f"{url}/visit"


async def test_the_encoding_that_the_server_says_is_kept() -> None:
    async with site(visit=answer(PAGE.encode("cp1252"), "text/html; charset=windows-1252")) as url:
        page = await fetch_page(f"{url}/visit")

    assert "Täglich von zehn bis sechs." in parse_document(page.name, page.content).text


@pytest.mark.parametrize(
    ("name", "kind", "ending"),
    [
        ("plan.pdf", "application/pdf", "pdf"),
        ("notes.md", "application/octet-stream", "md"),
        ("a", "text/plain", "txt"),
    ],
)
async def test_the_kind_is_told_by_the_server_or_the_name(name: str, kind: str, ending: str) -> None:
    async with site(**{name.replace(".", "_"): answer(b"words", kind)}) as url:
        page = await fetch_page(f"{url}/{name}")

    assert page.name.endswith(f".{ending}")
    assert page.name.count(".") == 4  # those of the address, and one


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (answer(b"gone", status="404 Not Found"), BadDocument, "There is no page at this address"),
        (answer(b"no", status="403 Forbidden"), BadDocument, "Save it in your browser"),
        (answer(b"busy", status="503 Busy"), Unavailable, "Try again a little later"),
        (answer(b"\x89PNG", "image/png"), BadDocument, "This address gives image/png"),
        (answer(b"  "), BadDocument, "empty page"),
        (answer(b"", status="302 Found", more="location: /page\r\n"), BadDocument, "without end"),
        (b"SSH-2.0-nothing\r\n", Unavailable, "cannot be reached"),
    ],
)
async def test_what_is_wrong_is_said(content: bytes, error: type[TroupeError], words: str) -> None:
    async with site(page=content) as url:
        with pytest.raises(error, match=words):
            await fetch_page(f"{url}/page")


async def test_a_page_that_is_too_large_or_too_slow_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LARGEST_BYTES", 1_000)
    monkeypatch.setattr(pages, "WHOLE_SECONDS", 0.2)
    async with site(large=answer(b"x" * 2_000), slow=None) as url:
        with pytest.raises(BadDocument, match="the most that is read"):
            await fetch_page(f"{url}/large")
        with pytest.raises(Unavailable, match="took too long"):
            await fetch_page(f"{url}/slow")


async def test_where_nobody_listens() -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        await fetch_page("http://127.0.0.1:9/page")


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("example.org/visit", "https://example.org/visit"),
        (" HTTP://example.org ", "HTTP://example.org"),
        ("localhost:8000/a#b", "https://localhost:8000/a"),
    ],
)
def test_an_address_is_made_whole(typed: str, whole: str) -> None:
    assert clean_page_address(typed) == whole


@pytest.mark.parametrize(
    "typed",
    ["", "two words", "ftp://example.org", "file:///etc/passwd", "javascript:alert(1)", "https://", "a:99999999"],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadDocument, match="is no web address"):
        clean_page_address(typed)
