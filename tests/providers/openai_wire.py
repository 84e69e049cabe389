"""OpenAI's chat completions as they look on the wire."""

import json
from collections.abc import Iterator
from typing import Any

from tests.providers.script import Request, Script

PATH = "/v1/chat/completions"
MODEL = "gpt-5.4-mini-2026-03-17"


def refusal(request: Request, script: Script) -> tuple[int, dict[str, Any]] | None:
    """The error answer that the request or the script earns, if any."""
    if request.headers.get("authorization") != f"Bearer {script.key}" or script.fault == "unauthorised":
        return 401, _error("Incorrect API key provided.", "invalid_request_error", "invalid_api_key")
    if script.fault == "forbidden":
        return 403, _error("Project has no access to this model.", "invalid_request_error", "model_not_found")
    if script.fault == "busy":
        return 429, _error("Rate limit reached.", "requests", "rate_limit_exceeded")
    if script.fault == "down":
        return 500, _error("The server had an error.", "server_error", None)
    if script.fault == "untempered" and "temperature" in request.body:
        words = "Unsupported value: 'temperature' does not support 0.3 with this model. Only the default (1) value is."
        return 400, _error(words, "invalid_request_error", "unsupported_value")
    if script.fault == "bad_request" or not _well_formed(request.body):
        return 400, _error("Invalid request.", "invalid_request_error", None)
    return None


def _well_formed(body: dict[str, Any]) -> bool:
    messages = body.get("messages") or []
    roles = {message.get("role") for message in messages}
    return bool(body.get("model")) and body.get("stream") is True and bool(roles) and roles <= {
        "system", "user", "assistant",
    }  # fmt: skip


def _error(message: str, kind: str, code: str | None) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def opening(script: Script) -> Iterator[str]:
    """Events before the first token."""
    yield _event({"role": "assistant", "content": "", "refusal": None})


def token(text: str) -> str:
    """The event of one token."""
    return _event({"content": text})


def closing(script: Script) -> Iterator[str]:
    """Events after the last token."""
    reason = {"refused": "content_filter", "length": "length"}.get(script.fault, "stop")
    yield _event({}, reason)
    written = len(script.tokens)
    usage = {
        "prompt_tokens": script.input_tokens,
        "completion_tokens": written,
        "total_tokens": script.input_tokens + written,
        "prompt_tokens_details": {"cached_tokens": script.cached_tokens, "audio_tokens": 0},
    }
    yield f"data: {json.dumps({**_frame(), 'choices': [], 'usage': usage})}\n\n"
    yield "data: [DONE]\n\n"


def garbled() -> str:
    """An event that is no JSON."""
    return 'data: {"choices": [{"del\n\n'


def error_event() -> str:
    """An error in mid-stream."""
    return f"data: {json.dumps(_error('The server had an error.', 'server_error', None))}\n\n"


def _frame() -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_790_000_000, "model": MODEL}


def _event(delta: dict[str, Any], reason: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
    return f"data: {json.dumps({**_frame(), 'choices': [choice], 'usage': None})}\n\n"
