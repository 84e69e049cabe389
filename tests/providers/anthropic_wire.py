"""Anthropic's messages as they look on the wire."""

import json
from collections.abc import Iterator
from typing import Any

from tests.providers.script import Request, Script

PATH = "/v1/messages"
MODEL = "claude-haiku-4-5-20251001"


def refusal(request: Request, script: Script) -> tuple[int, dict[str, Any]] | None:
    """The error answer that the request or the script earns, if any."""
    given = (request.headers.get("x-api-key"), request.headers.get("authorization"))
    if (given[0] != script.key and given[1] != f"Bearer {script.key}") or script.fault == "unauthorised":
        return 401, _error("authentication_error", "invalid x-api-key")
    if script.fault == "forbidden":
        return 403, _error("permission_error", "Your key may not use this model.")
    if script.fault == "busy":
        return 429, _error("rate_limit_error", "This request would exceed your rate limit.")
    if script.fault == "down":
        return 529, _error("overloaded_error", "Overloaded")
    if script.fault == "untempered" and "temperature" in request.body:
        return 400, _error("invalid_request_error", "temperature: this model takes no temperature.")
    if script.fault == "bad_request" or not _well_formed(request):
        return 400, _error("invalid_request_error", "Invalid request.")
    return None


def _well_formed(request: Request) -> bool:
    body = request.body
    messages = body.get("messages") or [{}]
    named = bool(body.get("model")) and isinstance(body.get("max_tokens"), int) and body.get("stream") is True
    return named and "anthropic-version" in request.headers and messages[0].get("role") == "user" and all(
        message.get("content") for message in messages
    )  # fmt: skip


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"type": "error", "error": {"type": kind, "message": message}}


def opening(script: Script) -> Iterator[str]:
    """Events before the first token."""
    usage = {
        "input_tokens": script.input_tokens - script.cached_tokens,
        "cache_read_input_tokens": script.cached_tokens,
        "cache_creation_input_tokens": 0,
        "output_tokens": 1,
    }
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": MODEL, "content": []}
    yield _event("message_start", message={**message, "stop_reason": None, "stop_sequence": None, "usage": usage})
    yield _event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    yield _event("ping")


def token(text: str) -> str:
    """The event of one token."""
    return _event("content_block_delta", index=0, delta={"type": "text_delta", "text": text})


def closing(script: Script) -> Iterator[str]:
    """Events after the last token."""
    reason = {"refused": "refusal", "length": "max_tokens"}.get(script.fault, "end_turn")
    yield _event("content_block_stop", index=0)
    delta = {"stop_reason": reason, "stop_sequence": None}
    yield _event("message_delta", delta=delta, usage={"output_tokens": len(script.tokens)})
    yield _event("message_stop")


def garbled() -> str:
    """An event that is no JSON."""
    return 'event: content_block_delta\ndata: {"type": "content_block_del\n\n'


def error_event() -> str:
    """An error in mid-stream."""
    error = {"type": "overloaded_error", "message": "Overloaded"}
    return _event("error", error=error)


def _event(kind: str, **fields: Any) -> str:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n"
