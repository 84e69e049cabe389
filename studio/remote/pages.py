"""Web pages and documents behind addresses, fetched for the knowledge: bounded in size and time, redirects followed."""

import asyncio
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

import httpx

from shared.errors import BadDocument, Unavailable
from shared.knowledge.documents import KINDS
from shared.knowledge.parsed import LARGEST_BYTES
from studio.files.blobs import safe_name

WHOLE_SECONDS: Final = 45.0
STEP_SECONDS: Final = 15.0
"""How long a connection, or a pause between two pieces, may take."""
MOST_REDIRECTS: Final = 8
LONGEST_ADDRESS: Final = 2_000
_AGENT: Final = "Mozilla/5.0 (compatible; Troupe studio; reads a page that its user asked for)"
_ACCEPTED: Final = "text/html,application/xhtml+xml,application/pdf,text/markdown,text/plain;q=0.9,*/*;q=0.5"
_ENDINGS: Final = {
    "text/html": "html",
    "application/xhtml+xml": "xhtml",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "text/markdown": "md",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_TEXTS: Final = frozenset({"html", "xhtml", "txt", "md"})
_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What an address gave."""

    address: str
    """Where it was in the end, after all redirects."""
    name: str
    """A file name made from the address; its ending says the kind."""
    content: bytes
    """Text as UTF-8 where the server said its encoding."""


def clean_page_address(text: str) -> str:
    """An address as people type it, made whole: `example.org/hours` is `https://example.org/hours`.

    Raises: BadDocument: it is no web address.
    """
    typed = text.strip()
    whole = typed if _SCHEME.match(typed) else f"https://{typed}"
    try:
        parts = urlsplit(whole)
        fits = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and " " not in whole
        # Raises where the port is no number.
        fits = fits and (parts.port or 1) > 0
    except ValueError:
        fits = False
    if not fits or len(whole) > LONGEST_ADDRESS:
        raise BadDocument(f"{typed[:80] or 'This'} is no web address. Give one such as https://www.example.org/visit.")
    return whole.partition("#")[0]


async def fetch_page(address: str) -> FetchedPage:
    """Fetch a page or a document of a kind that is read.

    Raises:
        BadDocument: no address, nothing there, or nothing that can be read; the sentence says what to do.
        Unavailable: the site does not answer.
    """
    whole = clean_page_address(address)
    site = urlsplit(whole).hostname or whole
    try:
        async with asyncio.timeout(WHOLE_SECONDS):
            return await _fetched(whole)
    except (TimeoutError, httpx.TimeoutException) as error:
        raise Unavailable(f"{site} took too long to answer. Try again, or save the page and add the file.") from error
    except httpx.TooManyRedirects as error:
        raise BadDocument(f"{site} sends from one address to the next without end. Check the address.") from error
    except httpx.InvalidURL as error:
        raise BadDocument(f"{whole[:80]} is no web address: {error}.") from error
    except httpx.TransportError as error:
        raise Unavailable(f"{site} cannot be reached. Check the address and your connection.") from error


async def _fetched(address: str) -> FetchedPage:
    headers = {"User-Agent": _AGENT, "Accept": _ACCEPTED}
    async with (
        httpx.AsyncClient(
            timeout=STEP_SECONDS, follow_redirects=True, max_redirects=MOST_REDIRECTS, headers=headers
        ) as client,
        client.stream("GET", address) as response,
    ):
        _check_status(response)
        ending = _ending(response)
        content = await _content(response)
        if ending in _TEXTS:
            content = _as_utf8(response, content)
        return FetchedPage(str(response.url).partition("#")[0], _name(str(response.url), ending), content)


def _check_status(response: httpx.Response) -> None:
    status, site = response.status_code, response.url.host
    if status in {401, 403}:
        raise BadDocument(
            f"{site} does not let us read this page ({status}). Save it in your browser and add the file."
        )
    if status in {404, 410}:
        raise BadDocument(f"There is no page at this address of {site} ({status}). Check the address.")
    if status == 429 or status >= 500:
        raise Unavailable(f"{site} cannot answer now ({status}). Try again a little later.")
    if not response.is_success:
        raise BadDocument(f"{site} answered with {status}. Open the address in your browser to see why.")


def _ending(response: httpx.Response) -> str:
    said = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said in _ENDINGS:
        return _ENDINGS[said]
    of_name = response.url.path.rpartition(".")[2].lower()
    if of_name in KINDS and said in {"", "application/octet-stream", "binary/octet-stream", "text/x-markdown"}:
        return of_name
    raise BadDocument(
        f"This address gives {said or 'something of no known kind'}: only pages, text, PDF and Word are read."
    )


async def _content(response: httpx.Response) -> bytes:
    gathered = bytearray()
    async for piece in response.aiter_bytes():
        gathered += piece
        if len(gathered) > LARGEST_BYTES:
            raise BadDocument(f"This page has more than {LARGEST_BYTES // _MEBIBYTE} MB, the most that is read.")
    if not gathered.strip():
        raise BadDocument(f"{response.url.host} gave an empty page. Check the address in your browser.")
    return bytes(gathered)


def _as_utf8(response: httpx.Response, content: bytes) -> bytes:
    """What the server says of the encoding is lost with the file, so the text is kept as UTF-8 with its mark."""
    said = response.charset_encoding
    if said is None or said.lower() in {"utf-8", "utf8"}:
        return content
    try:
        return content.decode(said).encode("utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        return content


def _name(address: str, ending: str) -> str:
    parts = urlsplit(address)
    host = (parts.hostname or "page").removeprefix("www.")
    path = unquote(parts.path).strip("/").removesuffix(f".{ending}")
    words = "-".join(part for part in (host, *path.split("/"), parts.query) if part)
    return f"{safe_name(words)[:80].rstrip(' .-')}.{ending}"
