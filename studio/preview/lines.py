"""The chat's line without a socket server: Engine.IO 4 by long polling, Socket.IO 5 on it, for one namespace.

Source: the Engine.IO protocol, revision 4, and the Socket.IO protocol, revision 5.
"""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from studio.preview.wire import Answer, Request, refused

PING_SECONDS = 20.0
_SEPARATOR = "\x1e"
_CLOSED, _NOTHING = "1", "6"
_EVENT = re.compile(r"^2/chat,(\d*)(\[.*\])$", re.DOTALL)
_CONNECT = re.compile(r"^0/chat,(\{.*\})$", re.DOTALL)

Emit = Callable[[dict[str, Any]], None]
Hear = Callable[[str, Any, Callable[[Any], None], Emit], None]
"""Is given an event's name, its payload, what acknowledges it, and what emits turn events back."""


class Line:
    """One browser's line: packets that wait until it polls."""

    def __init__(self) -> None:
        self.waiting: asyncio.Queue[str] = asyncio.Queue()
        self.open = True

    def send(self, packet: str) -> None:
        """Keep a packet for the next poll."""
        self.waiting.put_nowait(packet)

    def emit(self, event: dict[str, Any]) -> None:
        """Send a turn event."""
        self.send("42/chat," + json.dumps(["event", event]))

    async def next_packets(self) -> str:
        """All that waits; a ping when nothing comes for a while."""
        try:
            packets = [await asyncio.wait_for(self.waiting.get(), PING_SECONDS)]
        except TimeoutError:
            return "2"
        while not self.waiting.empty():
            packets.append(self.waiting.get_nowait())
        return _SEPARATOR.join(packets)


class Lines:
    """All open lines. A browser that stopped polling costs a queue until the preview ends."""

    def __init__(self, token: str, hear: Hear) -> None:
        self._token = token
        self._hear = hear
        self._lines: dict[str, Line] = {}

    async def answer(self, request: Request) -> Answer:
        """Answer a request to `/socket.io/`."""
        if request.query.get("transport") != "polling" or request.query.get("EIO") != "4":
            # A WebSocket is tried first; refused, the browser polls.
            return refused(400, "Only polling here.")
        if "sid" not in request.query:
            return self._opened()
        line = self._lines.get(request.query["sid"])
        if line is None:
            return refused(400, "This line is closed.")
        if request.method == "GET":
            return Answer((await line.next_packets()).encode())
        for packet in request.body.decode().split(_SEPARATOR):
            self._take(packet, line)
            if packet == _CLOSED:
                # The poll that waits is let go with a packet that says nothing.
                line.send(_NOTHING)
                del self._lines[request.query["sid"]]
        return Answer(b"ok")

    def close(self) -> None:
        """Let every poll that waits end."""
        for line in self._lines.values():
            line.send(_CLOSED)
        self._lines.clear()

    def _opened(self) -> Answer:
        name = uuid4().hex
        self._lines[name] = Line()
        waits = {"pingInterval": int(PING_SECONDS * 1000), "pingTimeout": 20_000, "maxPayload": 1_000_000}
        return Answer(("0" + json.dumps({"sid": name, "upgrades": [], **waits})).encode())

    def _take(self, packet: str, line: Line) -> None:
        if not packet.startswith("4"):
            return
        connect = _CONNECT.match(packet[1:])
        if connect is not None:
            line.send(self._greeted(json.loads(connect[1])))
            return
        event = _EVENT.match(packet[1:])
        if event is None:
            return
        name, *payload = json.loads(event[2])

        def acknowledge(value: Any) -> None:
            if event[1]:
                line.send(f"43/chat,{event[1]}{json.dumps([value])}")

        self._hear(str(name), payload[0] if payload else None, acknowledge, line.emit)

    def _greeted(self, auth: dict[str, Any]) -> str:
        if auth.get("token") != self._token:
            return '44/chat,{"message":"refused"}'
        return "40/chat," + json.dumps({"sid": uuid4().hex})
