"""Uvicorn as we want it: tuned for many sockets, told when it listens, and ended without dying of the signal."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from shared.errors import Unavailable

_COLLECT_AFTER = (50_000, 50, 1000)
"""Thresholds of the garbage collector: with its usual ones a busy server spends most of its time there."""
_PING_SECONDS = 1_000.0
"""Socket.IO has pings of its own; those of the WebSocket would only wake every connection a second time."""
_STOP_SECONDS = 3
_BACKLOG = 2_048

OnReady = Callable[[], Awaitable[None]]


def serve(app: ASGIApp, listener: socket.socket, on_ready: OnReady) -> None:
    """Serves until SIGINT or SIGTERM; `on_ready` runs beside it once it listens.

    Raises: Unavailable: the app did not start.
    """
    _allow_many_sockets()
    server = _Server(_configured(app), on_ready)
    server.run(sockets=[listener])
    if not server.started:
        raise Unavailable("The server could not start; the reason stands above.")


class _Server(uvicorn.Server):
    """Leaves the rest of the program to go on after a signal: PostgreSQL must be stopped after the server."""

    def __init__(self, config: uvicorn.Config, on_ready: OnReady) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._readying: asyncio.Future[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, and tunes the garbage collector to what is now there to stay."""
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECT_AFTER)
        if not self.should_exit:
            self._readying = asyncio.ensure_future(self._on_ready())
            self._readying.add_done_callback(self._end_if_failed)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops as uvicorn does; what was still being made ready is given up."""
        if self._readying and not self._readying.done():
            self._readying.cancel()
        await super().shutdown(sockets)
        if self._readying and not self._readying.cancelled():
            self._readying.result()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Asks for a clean end on the first signal, and for a quick one on the second."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.handle_exit)
        yield

    def _end_if_failed(self, readying: "asyncio.Future[None]") -> None:
        if not readying.cancelled() and readying.exception():
            self.should_exit = True


def _configured(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_ping_interval=_PING_SECONDS,
        access_log=False,
        log_config=None,
        lifespan="on",
        server_header=False,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )


def _allow_many_sockets() -> None:
    """Lifts the limit of open files as far as we may: each visitor's socket is one."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
