"""Every chat model keeps the same promises: against loopback wires always, against the paid service with a key."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace

import pytest

from shared.contract.turn import Message
from shared.errors import (
    ModelBusy,
    ModelCut,
    ModelDown,
    ModelFailed,
    ModelGarbled,
    ModelRefusedKey,
    ModelRefusedPrompt,
)
from shared.providers.anthropic_chat import AnthropicChat
from shared.providers.chat import ChatModel, Chunk, EndChunk, Prompt, Source, TextChunk
from shared.providers.openai_chat import OpenAiChat
from shared.providers.understudy import Understudy
from tests.providers.loopback import Loopback
from tests.providers.script import Fault, Script

PAID: dict[str, Callable[[str, str], OpenAiChat | AnthropicChat]] = {
    "openai": lambda url, key: OpenAiChat("gpt-5.4-mini", key, f"{url}/v1"),
    "compatible": lambda url, key: OpenAiChat("llama", key, f"{url}/v1", provider="compatible"),
    "anthropic": lambda url, key: AnthropicChat("claude-haiku-4-5", key, url),
}
LIVE = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
PROMPT = Prompt(
    system="You answer from the passages in one short sentence.",
    history=(Message(author="chatbot", text="Hello!"), Message(author="visitor", text="Hi."),
             Message(author="chatbot", text="What would you like to know?")),
    request='<passage id="1">The tower is 90 metres high.</passage>\n\nHow high is the tower?',
    question="How high is the tower?",
    sources=(Source(1, "Tower", "The tower is 90 metres high."),),
)  # fmt: skip


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with Loopback() as running:
        yield running


@pytest.fixture(params=[*PAID, "understudy", *(pytest.param(f"live-{one}", marks=pytest.mark.live) for one in LIVE)])
async def any_model(request: pytest.FixtureRequest, server: Loopback) -> AsyncIterator[ChatModel]:
    kind = str(request.param)
    model: OpenAiChat | AnthropicChat | Understudy
    if kind.startswith("live-"):
        model = live_model(kind.removeprefix("live-"))
    else:
        model = Understudy(0.0) if kind == "understudy" else PAID[kind](server.url, "test-key")
    yield model
    await model.close()


def live_model(provider: str) -> OpenAiChat | AnthropicChat:
    key = os.environ.get(LIVE[provider])
    if not key:
        pytest.skip(f"{LIVE[provider]} is not set")
    if provider == "openai":
        return OpenAiChat("gpt-5.4-mini", key)
    return AnthropicChat("claude-haiku-4-5", key)


@pytest.fixture(params=list(PAID))
async def paid_model(request: pytest.FixtureRequest, server: Loopback) -> AsyncIterator[OpenAiChat | AnthropicChat]:
    model = PAID[str(request.param)](server.url, "test-key")
    yield model
    await model.close()


async def chunks_of(model: ChatModel, prompt: Prompt = PROMPT) -> list[Chunk]:
    async with aclosing(model.answer(prompt)) as stream:
        return [chunk async for chunk in stream]


async def test_an_answer_is_text_and_then_one_end(any_model: ChatModel) -> None:
    chunks = await chunks_of(any_model)

    *texts, end = chunks
    assert texts
    assert all(isinstance(chunk, TextChunk) and chunk.text for chunk in texts)
    assert isinstance(end, EndChunk)
    assert end.stop == "end"


async def test_tokens_are_counted(paid_model: ChatModel) -> None:
    end = (await chunks_of(paid_model))[-1]

    assert isinstance(end, EndChunk)
    assert (end.input_tokens, end.output_tokens, end.cached_tokens) == (120, 3, 20)
    assert end.model


@pytest.mark.parametrize("kind", PAID)
async def test_a_key_in_no_ascii_is_a_refused_key(server: Loopback, kind: str) -> None:
    model = PAID[kind](server.url, "ключ")

    with pytest.raises(ModelRefusedKey):
        await chunks_of(model)

    await model.close()


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        ("unauthorised", ModelRefusedKey, "model_key_refused"),
        ("forbidden", ModelRefusedKey, "model_key_refused"),
        ("bad_request", ModelRefusedPrompt, "model_prompt_refused"),
        ("busy", ModelBusy, "model_busy"),
        ("down", ModelDown, "model_down"),
    ],
)
async def test_a_refusal_is_classed(
    server: Loopback, paid_model: ChatModel, fault: Fault, error: type[ModelFailed], code: str
) -> None:
    server.script = Script(fault=fault)

    with pytest.raises(error) as caught:
        await chunks_of(paid_model)

    assert caught.value.code == code
    assert "test-key" not in str(caught.value)
    assert len(server.requests) == 1


@pytest.mark.parametrize(("header", "seconds"), [("7", 7.0), ("0.5", 0.5), ("Mon, 01 Jan", None), (None, None)])
async def test_a_busy_model_says_when_to_come_back(
    server: Loopback, paid_model: ChatModel, header: str | None, seconds: float | None
) -> None:
    server.script = Script(fault="busy", retry_after=header)

    with pytest.raises(ModelBusy) as caught:
        await chunks_of(paid_model)

    assert caught.value.retry_after_seconds == seconds


@pytest.mark.parametrize("after", [0, 2])
@pytest.mark.parametrize(
    ("fault", "errors"),
    [
        ("cut", (ModelCut,)),
        ("cut_quietly", (ModelCut,)),
        ("empty", (EndChunk,)),
        ("malformed", (ModelGarbled,)),
        ("error_event", (ModelDown, ModelBusy)),
    ],
)
async def test_a_broken_stream_never_looks_whole(
    server: Loopback, paid_model: ChatModel, fault: Fault, errors: tuple[type, ...], after: int
) -> None:
    server.script = Script(fault=fault, fault_after=after)

    got: list[Chunk] = []
    caught: ModelFailed | None = None
    try:
        async with aclosing(paid_model.answer(PROMPT)) as stream:
            async for chunk in stream:
                got.append(chunk)
    except ModelFailed as error:
        caught = error

    assert sum(isinstance(chunk, TextChunk) for chunk in got) == after
    assert isinstance(caught or got[-1], errors)


async def test_an_address_where_nobody_listens_is_down(server: Loopback) -> None:
    for make in PAID.values():
        model = make("http://127.0.0.1:9", "test-key")

        with pytest.raises(ModelDown):
            await chunks_of(model)

        await model.close()


@pytest.mark.parametrize(("fault", "stop"), [("refused", "refused"), ("length", "length")])
async def test_the_stop_reason_is_told(server: Loopback, paid_model: ChatModel, fault: Fault, stop: str) -> None:
    server.script = Script(fault=fault)

    end = (await chunks_of(paid_model))[-1]

    assert isinstance(end, EndChunk)
    assert end.stop == stop


async def test_a_stalled_stream_can_be_left(server: Loopback, paid_model: ChatModel) -> None:
    server.script = Script(fault="stall", fault_after=1)

    async with aclosing(paid_model.answer(PROMPT)) as stream:
        first = await anext(stream)
        rest = asyncio.ensure_future(anext(stream))
        await server.stalled.wait()
        rest.cancel()
        [outcome] = await asyncio.gather(rest, return_exceptions=True)

    assert first == TextChunk("Hello")
    assert isinstance(outcome, asyncio.CancelledError)


async def test_the_whole_prompt_reaches_the_provider(server: Loopback, paid_model: ChatModel) -> None:
    await chunks_of(paid_model)

    [request] = server.requests
    sent = str(request.body)
    assert PROMPT.system in sent
    assert "What would you like to know?" in sent
    assert request.body["messages"][-1] == {"role": "user", "content": PROMPT.request}


@pytest.mark.parametrize(("temperature", "sent"), [(None, None), (0.0, 0.0), (0.3, 0.3), (1.7, 1.7)])
async def test_length_and_temperature_reach_the_provider(
    server: Loopback, paid_model: ChatModel, temperature: float | None, sent: float | None
) -> None:
    await chunks_of(paid_model, replace(PROMPT, temperature=temperature, output_tokens=123))

    [request] = server.requests
    if paid_model.provider == "anthropic" and sent is not None:
        sent = min(sent, 1.0)
    assert request.body.get("temperature") == sent
    assert 123 in (request.body.get("max_tokens"), request.body.get("max_completion_tokens"))


async def test_a_model_that_takes_no_temperature_answers_all_the_same(server: Loopback, paid_model: ChatModel) -> None:
    server.script = Script(fault="untempered")
    tempered = replace(PROMPT, temperature=0.3)

    first, second = await chunks_of(paid_model, tempered), await chunks_of(paid_model, tempered)

    assert first == second
    assert isinstance(first[-1], EndChunk)
    assert ["temperature" in request.body for request in server.requests] == [True, False, False]


async def test_the_understudy_answers_from_the_passages_with_a_citation() -> None:
    chunks = await chunks_of(Understudy(0.0))

    assert "".join(chunk.text for chunk in chunks if isinstance(chunk, TextChunk)) == "The tower is 90 metres high [1]."
