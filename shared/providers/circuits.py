"""A model that fails again and again is left alone for a while, so that visitors do not wait for it."""

import time
from collections.abc import AsyncGenerator, Callable
from typing import Final

from shared.errors import (
    ModelBusy,
    ModelCut,
    ModelDown,
    ModelFailed,
    ModelGarbled,
    ModelRefusedKey,
    ModelResting,
    ModelSilent,
)
from shared.providers.chat import ChatModel, Chunk, Prompt, full_name

FAILURES_IN_A_ROW: Final = 3
REST_SECONDS: Final = 20.0

_COUNTED: Final = (ModelBusy, ModelDown, ModelSilent, ModelGarbled, ModelCut, ModelRefusedKey)
"""A refused prompt says nothing about the model's health."""


class Circuit:
    """The health of one model: opens after three failures in a row, or for as long as the provider asks."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._rests_until = float("-inf")

    @property
    def resting(self) -> bool:
        """Should it be left alone now?"""
        return self._clock() < self._rests_until

    def succeeded(self) -> None:
        """It gave a first token."""
        self._failures = 0

    def failed(self, error: ModelFailed) -> None:
        """It failed."""
        if not isinstance(error, _COUNTED):
            return
        self._failures += 1
        asked = error.retry_after_seconds if isinstance(error, ModelBusy) else None
        if asked is not None:
            self._rests_until = self._clock() + asked
        elif self._failures >= FAILURES_IN_A_ROW:
            self._rests_until = self._clock() + REST_SECONDS


class GuardedModel:
    """A model behind its circuit: refuses at once while it rests."""

    def __init__(self, model: ChatModel, circuit: Circuit) -> None:
        self._guarded = model
        self._circuit = circuit

    @property
    def provider(self) -> str:
        """Who runs it."""
        return self._guarded.provider

    @property
    def model(self) -> str:
        """Its name at the provider."""
        return self._guarded.model

    async def answer(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """Stream the answer; see ChatModel. Raises ModelResting without asking while the circuit is open."""
        if self._circuit.resting:
            raise ModelResting(full_name(self._guarded))
        stream = self._guarded.answer(prompt)
        try:
            async for chunk in stream:
                self._circuit.succeeded()
                yield chunk
        except ModelFailed as error:
            self._circuit.failed(error)
            raise
        finally:
            await stream.aclose()

    def went_silent(self) -> None:
        """The caller gave up waiting for it."""
        self._circuit.failed(ModelSilent(full_name(self._guarded)))
