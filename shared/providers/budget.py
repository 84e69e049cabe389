"""A chatbot's budget of a month: what was spent is counted, and once it is spent nobody is asked who costs anything."""

from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from shared.contract.chatbot import ModelChoice
from shared.errors import ModelSpent
from shared.providers.chat import ChatModel, Chunk, EndChunk, Prompt, TextChunk, full_name
from shared.providers.cost import interrupted_usage, usage_of
from shared.providers.loading import load_sdk

OURS: Final = "troupe"


def month_start(now: datetime) -> datetime:
    """When the calendar month of `now` began, in UTC."""
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def is_spent(choice: ModelChoice, spent_micros: int) -> bool:
    """Whether what was spent this month has reached the choice's budget; a budget of nothing is spent at once."""
    return choice.monthly_budget_micros is not None and spent_micros >= choice.monthly_budget_micros


def within_budget(models: Sequence[ChatModel], choice: ModelChoice, spent_micros: int) -> list[ChatModel]:
    """The models to ask: those that cost are kept from being asked once the budget is spent, and the turn says so."""
    if not is_spent(choice, spent_micros):
        return list(models)
    return [model if model.provider == OURS else SpentModel(model) for model in models]


class SpentModel:
    """A model that may not be asked any more this month."""

    def __init__(self, model: ChatModel) -> None:
        self.provider = model.provider
        self.model = model.model

    async def answer(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """Raises ModelSpent instead of asking."""
        raise ModelSpent(full_name(self))
        yield EndChunk()  # makes it a stream


class CountedModel:
    """A model whose answers' costs are told, for a desk that keeps no usage records.

    Args:
        told: hears the cost of each answer in micro-dollars, an estimate for one that was broken off; None when its
            price is not known.
    """

    def __init__(self, model: ChatModel, told: Callable[[int | None], object]) -> None:
        self.counted = model
        self.provider = model.provider
        self.model = model.model
        self._told = told

    async def answer(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """Stream the answer; see ChatModel."""
        stream = self.counted.answer(prompt)
        said, whole = "", False
        try:
            async for chunk in stream:
                if isinstance(chunk, TextChunk):
                    said += chunk.text
                else:
                    whole = True
                    await self._load_prices()
                    self._told(usage_of(self.provider, self.model, chunk).cost_microunits)
                yield chunk
        finally:
            await stream.aclose()
            if said and not whole:
                await self._load_prices()
                self._told(interrupted_usage(self.provider, self.model, prompt, said).cost_microunits)

    def went_silent(self) -> None:
        """The caller gave up waiting for it."""
        silence = getattr(self.counted, "went_silent", None)
        if silence is not None:
            silence()

    async def _load_prices(self) -> None:
        if self.provider not in {OURS, "compatible"}:
            await load_sdk("genai_prices")
