"""Once a month's budget is spent the understudy answers; what costs is counted, and estimates follow the prices."""

from contextlib import aclosing
from datetime import UTC, datetime, timedelta, timezone

import pytest

from shared.contract.chatbot import ModelChoice
from shared.errors import ModelSpent
from shared.providers.anthropic_chat import AnthropicChat
from shared.providers.budget import CountedModel, month_start, within_budget
from shared.providers.chat import EndChunk, Prompt, TextChunk, full_name
from shared.providers.cost import usage_of
from shared.providers.estimating import Assumption, cost_of_thousand
from shared.providers.tokens import counted_tokens
from shared.providers.understudy import Understudy
from tests.providers.loopback import Loopback
from tests.providers.script import Script
from tests.shared.dialogue.stages import finished, perform, shown

PAID = AnthropicChat("claude-haiku-4-5", "key")
BUDGET = ModelChoice(monthly_budget_micros=1_000)


@pytest.mark.parametrize(("spent", "kept"), [(0, True), (999, True), (1_000, False), (5_000, False)])
async def test_a_spent_budget_keeps_paid_models_from_being_asked(spent: int, kept: bool) -> None:
    models = within_budget([PAID, Understudy(0.0)], BUDGET, spent)

    assert [full_name(model) for model in models] == ["anthropic/claude-haiku-4-5", "troupe/understudy"]
    assert (models[0] is PAID) is kept
    if not kept:
        with pytest.raises(ModelSpent):
            await anext(models[0].answer(Prompt("", (), "", "Hello")))


async def test_the_turn_says_that_the_budget_is_spent() -> None:
    models = within_budget([PAID, Understudy(0.0)], BUDGET, 1_000)

    events = await perform("How high is the tower?", models=models)

    assert finished(events).fallbacks == ("anthropic/claude-haiku-4-5: model_budget_spent",)
    assert shown(events) == "The tower is 90 metres high [1]."


def test_without_a_budget_and_with_none_left() -> None:
    assert within_budget([PAID], ModelChoice(), 10**12) == [PAID]
    assert within_budget([PAID], ModelChoice(monthly_budget_micros=0), 0) != [PAID]


def test_a_month_begins_by_the_calendar_in_utc() -> None:
    late = datetime(2026, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))

    assert month_start(late) == datetime(2026, 2, 1, tzinfo=UTC)


async def test_a_counted_answer_tells_its_cost_once() -> None:
    told: list[int | None] = []
    async with Loopback() as server:
        paid = AnthropicChat("claude-haiku-4-5", "test-key", server.url)

        chunks = [chunk async for chunk in CountedModel(paid, told.append).answer(Prompt("", (), "Hello", "Hello"))]

        await paid.close()
    assert isinstance(chunks[0], TextChunk)
    end = chunks[-1]
    assert isinstance(end, EndChunk)
    assert told == [usage_of("anthropic", "claude-haiku-4-5", end).cost_microunits]
    assert told[0]


async def test_an_answer_that_is_broken_off_is_counted_by_an_estimate() -> None:
    told: list[int | None] = []
    async with Loopback(Script(tokens=("Hello ", "there."), pause_after=1)) as server:
        paid = AnthropicChat("claude-haiku-4-5", "test-key", server.url)
        prompt = Prompt("You are Mira. " * 50, (), "Hello", "Hello")

        async with aclosing(CountedModel(paid, told.append).answer(prompt)) as stream:
            await anext(stream)

        await paid.close()
    [cost] = told
    assert cost is not None
    # A dollar a million read; what was said is next to nothing.
    assert cost == pytest.approx(200, rel=0.1)


def test_an_estimate_is_what_the_turns_would_cost() -> None:
    assumption = Assumption(system_tokens=900, passage_tokens=1_000, answer_tokens=100, question_tokens=20, turns=3)

    cost = cost_of_thousand("anthropic", "claude-haiku-4-5", assumption)

    assert assumption.read_tokens == 3 * 1_920 + 3 * 120
    assert assumption.written_tokens == 300
    # One dollar a million read, five a million written.
    assert cost == 1_000 * (assumption.read_tokens * 1 + assumption.written_tokens * 5)


def test_an_estimate_without_a_price_is_none_and_the_understudy_is_free() -> None:
    assumption = Assumption(900, 1_000, 100)

    assert cost_of_thousand("openai", "no-such-model", assumption) is None
    assert cost_of_thousand("compatible", "llama", assumption) is None
    assert cost_of_thousand("troupe", "understudy", assumption) == 0


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", 0),
        ("The tower is 90 metres high.", 8),
        ("Die Würde des Menschen ist unantastbar.", 11),
        ("博物馆每天十点至十八点开放，星期一闭馆。", 16),  # noqa: RUF001  # Chinese punctuation
    ],
)
def test_tokens_are_about_what_o200k_counts(text: str, counted: int) -> None:
    assert counted_tokens(text) == pytest.approx(counted, rel=0.2)
