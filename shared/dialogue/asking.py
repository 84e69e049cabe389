"""Asking models in order: the first that gives a token answers, and nobody takes over after that."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from shared.dialogue.cast import TurnLimits
from shared.errors import ModelCut, ModelFailed, ModelGarbled, ModelSilent, NotReady
from shared.providers.budget import CountedModel
from shared.providers.chat import ChatModel, Chunk, Prompt, TextChunk, full_name
from shared.providers.circuits import GuardedModel


@dataclass(frozen=True, slots=True)
class Answering:
    """A model that has begun to answer. Whoever holds it closes `stream`."""

    model: ChatModel
    first: TextChunk
    stream: AsyncGenerator[Chunk, None]


async def begin_answer(
    models: Sequence[ChatModel], prompt: Prompt, limits: TurnLimits, fallbacks: list[str]
) -> Answering:
    """Ask one model after the other until one gives its first token.

    Args:
        fallbacks: gets a line `provider/model: code` for each that failed.
    Raises: ModelFailed: the last failure, when every model has failed. NotReady: there is no model.
    """
    failure: ModelFailed | NotReady = NotReady("No model is configured to answer.")
    for model in models:
        stream = model.answer(prompt)
        try:
            first = await next_chunk(stream, model, limits.first_token_seconds)
            if isinstance(first, TextChunk):
                return Answering(model, first, stream)
            failure = ModelGarbled(full_name(model))
        except ModelFailed as error:
            failure = error
        except BaseException:
            await stream.aclose()
            raise
        fallbacks.append(f"{full_name(model)}: {failure.code}")
        await stream.aclose()
    raise failure


async def next_chunk(stream: AsyncGenerator[Chunk, None], model: ChatModel, seconds: float) -> Chunk:
    """The next chunk of a stream.

    Raises: ModelSilent: none came in time. ModelCut: the stream ended without its end. ModelFailed: what it raises.
    """
    try:
        async with asyncio.timeout(seconds):
            return await anext(stream)
    except TimeoutError as error:
        if isinstance(model, GuardedModel | CountedModel):
            model.went_silent()
        raise ModelSilent(full_name(model)) from error
    except StopAsyncIteration as error:
        raise ModelCut(full_name(model)) from error
