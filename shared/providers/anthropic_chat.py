"""Anthropic's messages.

The SDK takes seconds to import, so it is imported with the first question. A stream that is cut early raises
nothing there, or the transport's own error: an answer is whole only when its stop reason has come.
"""

import json
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any, Final

from shared.errors import ModelCut, ModelDown, ModelFailed, ModelGarbled, ModelSilent
from shared.providers.chat import Chunk, EndChunk, Prompt, Stop, TextChunk
from shared.providers.failures import failure_of_status, refuses_temperature
from shared.providers.loading import CONNECT_SECONDS, READ_SECONDS, load_sdk

if TYPE_CHECKING:
    from anthropic import APIError, AsyncAnthropic, AsyncStream
    from anthropic.types import MessageParam, RawMessageStreamEvent

_STOPS: Final[dict[str, Stop]] = {"end_turn": "end", "stop_sequence": "end", "max_tokens": "length",
                                  "model_context_window_exceeded": "length", "refusal": "refused"}  # fmt: skip

HIGHEST_TEMPERATURE: Final = 1.0


class AnthropicChat:
    """One model of Anthropic.

    Args:
        model: its name at the provider.
        key: the API key.
        base_url: another address that speaks the same wire; None is Anthropic's own.
    """

    provider: Final = "anthropic"

    def __init__(self, model: str, key: str, base_url: str | None = None) -> None:
        self.model = model
        self._key = key
        self._base_url = base_url
        self._client: AsyncAnthropic | None = None
        self._takes_temperature = True

    async def answer(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """Stream the answer; see ChatModel."""
        await load_sdk("anthropic")
        import anthropic
        import httpx2

        name = f"{self.provider}/{self.model}"
        try:
            async with await self._opened(prompt) as stream:
                reading = _Reading(name)
                async for event in stream:
                    if text := reading.text_of(event):
                        yield TextChunk(text)
            yield reading.end()
        except anthropic.APIStatusError as error:
            raise _failure(name, error, error.status_code) from error
        except anthropic.APITimeoutError as error:
            raise ModelSilent(name) from error
        except anthropic.APIConnectionError as error:
            raise ModelDown(name) from error
        except (anthropic.APIError, json.JSONDecodeError) as error:
            raise ModelGarbled(name) from error
        except httpx2.TransportError as error:
            raise ModelCut(name) from error

    async def close(self) -> None:
        """Let go of its connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _opened(self, prompt: Prompt) -> "AsyncStream[RawMessageStreamEvent]":
        """A model that refuses a temperature is asked without it, now and from then on."""
        import anthropic

        tempered = prompt.temperature is not None and self._takes_temperature
        try:
            return await self._asked(prompt, _tempered(prompt) if tempered else {})
        except anthropic.BadRequestError as error:
            if not tempered or not refuses_temperature(error.body):
                raise
            self._takes_temperature = False
        return await self._asked(prompt, {})

    async def _asked(self, prompt: Prompt, more: dict[str, Any]) -> "AsyncStream[RawMessageStreamEvent]":
        return await self._connected().messages.create(
            model=self.model,
            system=prompt.system,
            messages=_messages(prompt),
            max_tokens=prompt.output_tokens,
            stream=True,
            extra_body=more,
        )

    def _connected(self) -> "AsyncAnthropic":
        import anthropic

        if self._client is None:
            timeout = anthropic.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
            self._client = anthropic.AsyncAnthropic(
                api_key=self._key, base_url=self._base_url, max_retries=0, timeout=timeout
            )
        return self._client


def _tempered(prompt: Prompt) -> dict[str, Any]:
    """The temperature as the wire takes it, to 1 at most; the SDK's own parameter is gone."""
    return {} if prompt.temperature is None else {"temperature": min(prompt.temperature, HIGHEST_TEMPERATURE)}


def _messages(prompt: Prompt) -> "list[MessageParam]":
    """The history as turns that alternate and begin with the visitor, as the wire demands."""
    messages: list[MessageParam] = []
    for message in prompt.history:
        if message.author == "visitor":
            messages.append({"role": "user", "content": message.text})
        elif messages:
            messages.append({"role": "assistant", "content": message.text})
    messages.append({"role": "user", "content": prompt.request})
    return messages


class _Reading:
    """What has been read of one stream: it is whole only with a stop reason."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stop: Stop | None = None
        self._model = ""
        self._read = 0
        self._cached = 0
        self._written = 0

    def text_of(self, event: "RawMessageStreamEvent") -> str:
        if event.type == "message_start":
            usage = event.message.usage
            self._model = event.message.model
            self._cached = usage.cache_read_input_tokens or 0
            self._read = usage.input_tokens + self._cached + (usage.cache_creation_input_tokens or 0)
        elif event.type == "message_delta":
            self._written = event.usage.output_tokens
            if event.delta.stop_reason:
                self._stop = _STOPS.get(event.delta.stop_reason, "end")
        elif event.type == "content_block_delta" and event.delta.type == "text_delta":
            return event.delta.text
        return ""

    def end(self) -> EndChunk:
        if self._stop is None:
            raise ModelCut(self._name)
        return EndChunk(self._stop, self._read, self._written, self._cached, self._model)


def _failure(name: str, error: "APIError", status: int) -> ModelFailed:
    """An error status, or an error event within a stream that began with 200."""
    if status < 400:
        body = error.body if isinstance(error.body, dict) else {}
        kind = str((body.get("error") or {}).get("type", ""))
        statuses = {"overloaded_error": 529, "rate_limit_error": 429, "authentication_error": 401}
        return failure_of_status(name, statuses.get(kind, 500), {})
    headers = getattr(getattr(error, "response", None), "headers", {})
    return failure_of_status(name, status, headers)
