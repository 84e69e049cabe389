"""OpenAI's chat completions, and every server that speaks them: vLLM, Ollama, gateways.

The SDK takes over a second to import, so it is imported with the first question.
"""

import json
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any, Final, Literal

from shared.errors import ModelCut, ModelDown, ModelFailed, ModelGarbled, ModelRefusedKey, ModelSilent
from shared.providers.chat import Chunk, EndChunk, Prompt, Stop, TextChunk
from shared.providers.failures import failure_of_status, refuses_temperature
from shared.providers.loading import CONNECT_SECONDS, READ_SECONDS, load_sdk

if TYPE_CHECKING:
    from openai import APIError, AsyncOpenAI, AsyncStream
    from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

_STOPS: Final[dict[str, Stop]] = {"stop": "end", "length": "length", "content_filter": "refused"}


class OpenAiChat:
    """One model of OpenAI, or of a server that speaks its wire.

    Args:
        model: its name at the provider.
        key: the API key.
        base_url: another address that speaks the same wire; None is OpenAI's own.
        provider: `openai`, or `compatible` for another's server, which knows only the older fields.
    """

    def __init__(
        self, model: str, key: str, base_url: str | None = None, provider: Literal["openai", "compatible"] = "openai"
    ) -> None:
        self.provider = provider
        self.model = model
        self._key = key
        self._base_url = base_url
        self._client: AsyncOpenAI | None = None
        self._takes_temperature = True

    async def answer(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """Stream the answer; see ChatModel."""
        await load_sdk("openai")
        import httpx2
        import openai

        name = f"{self.provider}/{self.model}"
        reading = _Reading(name)
        try:
            async with await self._opened(prompt) as stream:
                async for chunk in stream:
                    if text := reading.text_of(chunk):
                        yield TextChunk(text)
            yield reading.end()
        except openai.APIStatusError as error:
            raise failure_of_status(name, error.status_code, error.response.headers) from error
        except openai.APITimeoutError as error:
            raise ModelSilent(name) from error
        except openai.APIConnectionError as error:
            raise (ModelCut(name) if reading.begun else ModelDown(name)) from error
        except openai.APIError as error:
            raise _failure_in_stream(name, error) from error
        except UnicodeEncodeError as error:
            # Only the key is ours to put into a header, and a header takes no more than ASCII.
            raise ModelRefusedKey(name) from error
        except json.JSONDecodeError as error:
            raise ModelGarbled(name) from error
        except httpx2.TransportError as error:
            raise ModelCut(name) from error

    async def close(self) -> None:
        """Let go of its connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _opened(self, prompt: Prompt) -> "AsyncStream[ChatCompletionChunk]":
        """Models that reason take no temperature, and no list says which: one that refuses it is asked without it."""
        import openai

        tempered = prompt.temperature is not None and self._takes_temperature
        try:
            return await self._asked(prompt, {"temperature": prompt.temperature} if tempered else {})
        except openai.BadRequestError as error:
            if not tempered or not refuses_temperature(error.body):
                raise
            self._takes_temperature = False
        return await self._asked(prompt, {})

    async def _asked(self, prompt: Prompt, more: dict[str, Any]) -> "AsyncStream[ChatCompletionChunk]":
        limit = "max_completion_tokens" if self.provider == "openai" else "max_tokens"
        return await self._connected().chat.completions.create(
            model=self.model,
            messages=_messages(prompt),
            stream=True,
            stream_options={"include_usage": True},
            extra_body={limit: prompt.output_tokens, **more},
        )

    def _connected(self) -> "AsyncOpenAI":
        import openai

        if self._client is None:
            timeout = openai.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
            self._client = openai.AsyncOpenAI(
                api_key=self._key, base_url=self._base_url, max_retries=0, timeout=timeout
            )
        return self._client


def _messages(prompt: Prompt) -> "list[ChatCompletionMessageParam]":
    messages: list[ChatCompletionMessageParam] = [{"role": "system", "content": prompt.system}]
    for message in prompt.history:
        if message.author == "visitor":
            messages.append({"role": "user", "content": message.text})
        else:
            messages.append({"role": "assistant", "content": message.text})
    messages.append({"role": "user", "content": prompt.request})
    return messages


class _Reading:
    """What has been read of one stream: it is whole only with a finish reason."""

    def __init__(self, name: str) -> None:
        self.begun = False
        self._name = name
        self._stop: Stop | None = None
        self._model = ""
        self._tokens = (0, 0, 0)

    def text_of(self, chunk: "ChatCompletionChunk") -> str:
        self.begun = True
        self._model = chunk.model or self._model
        if chunk.usage:
            details = chunk.usage.prompt_tokens_details
            cached = (details.cached_tokens or 0) if details else 0
            self._tokens = (chunk.usage.prompt_tokens, chunk.usage.completion_tokens, cached)
        if not chunk.choices:
            return ""
        choice = chunk.choices[0]
        if choice.finish_reason:
            self._stop = _STOPS.get(choice.finish_reason, "end")
        return choice.delta.content or choice.delta.refusal or ""

    def end(self) -> EndChunk:
        if self._stop is None:
            raise ModelCut(self._name)
        read, written, cached = self._tokens
        return EndChunk(self._stop, read, written, cached, self._model)


def _failure_in_stream(name: str, error: "APIError") -> ModelFailed:
    """An error event within a stream that began well."""
    code = str(error.code or error.type or "")
    if "rate_limit" in code or "overloaded" in code:
        return failure_of_status(name, 429, {})
    return ModelDown(name) if "server" in code else ModelGarbled(name)
