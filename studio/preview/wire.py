"""As much of HTTP as one browser on this desk needs: a request, an answer, and a body that may go on and on."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

MAXIMUM_HEAD, MAXIMUM_BODY = 32_768, 1_000_000
_REASONS = {200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found"}


@dataclass(frozen=True)
class Request:
    """What a browser asks."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """What it is told; `more` follows after `body`, until it ends or nobody listens."""

    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    more: AsyncIterator[bytes] | None = None


Answering = Callable[[Request], Awaitable[Answer]]


def told(value: Any) -> Answer:
    """JSON, for the widget's own fetches; the loader asks from the page's origin, which is another."""
    return Answer(json.dumps(value).encode(), "application/json", headers={"Access-Control-Allow-Origin": "*"})


def refused(status: int, sentence: str) -> Answer:
    """A refusal as the widget understands it."""
    problem = {"code": "refused", "title": "Refused", "detail": sentence, "status": status, "fields": {}}
    return Answer(json.dumps(problem).encode(), "application/json", status)


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection; None when none comes, or what comes is no request.

    Raises: ConnectionError, asyncio.IncompleteReadError: the connection broke.
    """
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    first, *lines = head.split("\r\n")
    words = first.split(" ")
    if len(words) != 3:
        return None
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MAXIMUM_BODY:
        return None
    address = urlsplit(words[1])
    return Request(words[0], address.path, dict(parse_qsl(address.query, keep_blank_values=True)), headers,
                   await reader.readexactly(int(length)))  # fmt: skip


async def write_answer(writer: asyncio.StreamWriter, answer: Answer) -> None:
    """Send an answer to its end. Raises: ConnectionError: the browser has gone."""
    lines = {
        "Content-Type": answer.media_type,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Connection": "close",
        **({} if answer.more else {"Content-Length": str(len(answer.body))}),
        **answer.headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    writer.write(f"HTTP/1.1 {answer.status} {_REASONS[answer.status]}\r\n{head}\r\n".encode() + answer.body)
    await writer.drain()
    if answer.more is not None:
        async for part in answer.more:
            writer.write(part)
            await writer.drain()
