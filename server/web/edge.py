"""What surrounds every request: its id, its log line and figures, closed headers, and the limit on its body."""

import re
import time
import uuid
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.web.errors import problem_of, problem_response
from server.web.metrics import Metrics
from shared.errors import TooLarge

log: structlog.stdlib.BoundLogger = structlog.get_logger()

_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
_BODY_SLACK_BYTES = 64 * 1024
_QUIET = {"/healthz", "/readyz", "/metrics"}
_CLOSED_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class RequestEdge:
    """Gives a request its id, counts and logs it, and closes its headers where the route did not open them."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        started = time.perf_counter()
        status = 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _close_headers(MutableHeaders(scope=message), request_id)
            await send(message)

        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            with self.metrics.requests_open.track_inprogress():
                await self.app(scope, receive, send_with_headers)
        finally:
            self._note(scope, status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = _route_of(scope)
        self.metrics.requests.labels(scope["method"], route, status).inc()
        self.metrics.request_seconds.labels(route).observe(seconds)
        if scope["path"] not in _QUIET:
            log.info("request_finished", method=scope["method"], route=route, status=status, seconds=round(seconds, 4))


class BodyLimit:
    """Refuses a body over the limit, by what is announced and by what arrives."""

    def __init__(self, app: ASGIApp, limit_bytes: int) -> None:
        self.app = app
        self.limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdigit() or int(announced) > self.limit_bytes + _BODY_SLACK_BYTES:
            problem = problem_of(TooLarge("The request", self.limit_bytes))
            await problem_response(problem, {"Connection": "close"})(scope, receive, send)
            return
        await _Counted(self, scope, receive, send).run()


class _Counted:
    """One request whose body is counted as it arrives; past the limit its answer is 413, whatever the route says."""

    def __init__(self, limit: BodyLimit, scope: Scope, receive: Receive, send: Send) -> None:
        self._limit, self._scope, self._receive, self._send = limit, scope, receive, send
        self._arrived = 0
        self._refused = False

    async def run(self) -> None:
        """Passes the request on."""
        await self._limit.app(self._scope, self._receive_counted, self._send_unless_refused)

    async def _receive_counted(self) -> Message:
        message = await self._receive()
        self._arrived += len(message.get("body", b""))
        if self._arrived > self._limit.limit_bytes + _BODY_SLACK_BYTES:
            raise TooLarge("The request", self._limit.limit_bytes)
        return message

    async def _send_unless_refused(self, message: Message) -> None:
        over = self._arrived > self._limit.limit_bytes + _BODY_SLACK_BYTES
        if over and message["type"] == "http.response.start" and not self._refused:
            self._refused = True
            problem = problem_of(TooLarge("The request", self._limit.limit_bytes))
            await problem_response(problem, {"Connection": "close"})(self._scope, self._receive, self._send)
        elif not self._refused:
            await self._send(message)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _REQUEST_ID.match(given) else uuid.uuid4().hex


def _close_headers(headers: MutableHeaders, request_id: str) -> None:
    headers["X-Request-ID"] = request_id
    for name, value in _CLOSED_HEADERS.items():
        headers.setdefault(name, value)


def _route_of(scope: Scope) -> str:
    """The route's pattern, not the path: one figure per route, however many chatbots there are."""
    route: Any = scope.get("route")
    return str(getattr(route, "path", "")) or "unknown"
