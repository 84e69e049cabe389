"""A real HTTP server on loopback that speaks the wires of the paid providers, faults included.

Written on bare sockets, because a web framework would not let a stream be cut in mid-chunk.
"""

import asyncio
import contextlib
import json
import time
from types import ModuleType, TracebackType
from typing import Self

from tests.providers import anthropic_wire, openai_wire
from tests.providers.script import Request, Script

WIRES: dict[str, ModuleType] = {openai_wire.PATH: openai_wire, anthropic_wire.PATH: anthropic_wire}
REASONS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests"}


class Loopback:
    """Use as `async with Loopback() as server`; change `server.script` between requests."""

    def __init__(self, script: Script | None = None, port: int = 0) -> None:
        self.script = script or Script()
        self.requests: list[Request] = []
        self.first_token_at = 0.0
        """`time.perf_counter()` when the last answer's first token was written."""
        self.stalled = asyncio.Event()
        """Set when a request has reached its silence."""
        self.proceed = asyncio.Event()
        """Set it, and a paused answer goes on."""
        self.url = ""
        self._port = port
        self._over = asyncio.Event()
        self._answering: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.close()
        for task in list(self._answering):
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._serve_one(reader, writer):
                    pass
        finally:
            writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request = await _read(reader)
        self.requests.append(request)
        wire = WIRES.get(request.path)
        refused = wire.refusal(request, self.script) if wire else (404, {"error": {"message": "No such path."}})
        if wire is None or refused:
            status, body = refused or (404, {})
            await _write_json(writer, status, body, self.script.retry_after)
            return True
        if self.script.fault == "silent":
            await self._wait_for_ever()
        return await self._stream(writer, wire)

    async def _stream(self, writer: asyncio.StreamWriter, wire: ModuleType) -> bool:
        script = self.script
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
        for event in wire.opening(script):
            _write_chunk(writer, event)
        await writer.drain()
        if script.seconds_to_first_token:
            await asyncio.sleep(script.seconds_to_first_token)
        tokens = (
            script.tokens
            if script.fault in {"none", "refused", "length", "untempered"}
            else script.tokens[: script.fault_after]
        )
        for position, text in enumerate(tokens):
            if position == 0:
                self.first_token_at = time.perf_counter()
            elif script.seconds_between:
                await asyncio.sleep(script.seconds_between)
            if position == script.pause_after:
                self.stalled.set()
                await self.proceed.wait()
            _write_chunk(writer, wire.token(text))
            await writer.drain()
        return await self._finish(writer, wire)

    async def _finish(self, writer: asyncio.StreamWriter, wire: ModuleType) -> bool:
        fault = self.script.fault
        if fault == "stall":
            await self._wait_for_ever()
        if fault == "cut":
            return False
        if fault == "malformed":
            _write_chunk(writer, wire.garbled())
        elif fault == "error_event":
            _write_chunk(writer, wire.error_event())
        elif fault != "cut_quietly":
            for event in wire.closing(self.script):
                _write_chunk(writer, event)
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True

    async def _wait_for_ever(self) -> None:
        self.stalled.set()
        await self._over.wait()


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(head[0].split()[1], headers, json.loads(body) if body else {})


async def _write_json(writer: asyncio.StreamWriter, status: int, body: object, retry_after: str | None) -> None:
    content = json.dumps(body).encode()
    head = f"HTTP/1.1 {status} {REASONS.get(status, 'Server Error')}\r\ncontent-type: application/json\r\n"
    head += f"retry-after: {retry_after}\r\n" if retry_after else ""
    writer.write(f"{head}content-length: {len(content)}\r\n\r\n".encode() + content)
    await writer.drain()


def _write_chunk(writer: asyncio.StreamWriter, event: str) -> None:
    content = event.encode()
    writer.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
