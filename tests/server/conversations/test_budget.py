"""A chatbot's monthly budget holds: once this month's usage has reached it, the understudy answers."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from server.chatbots.queries import release_of
from server.db.engine import tenant_session
from server.usage.queries import add_usage
from server.web.parts import Parts
from shared.contract.chatbot import ModelChoice
from shared.providers.budget import month_start
from tests.providers.loopback import Loopback
from tests.server.conftest import Signed
from tests.server.conversations.conftest import DRAFT, Theatre, Visit, publish

QUESTION = "How high is the tower?"
THIS_MONTH = month_start(datetime.now(UTC))


async def limited(parts: Parts, signed: Signed, budget: int) -> tuple[UUID, UUID]:
    """A release of a chatbot with a budget. Returns: its id and the chatbot's."""
    draft = DRAFT.model_copy(update={"models": ModelChoice(provider="openai", monthly_budget_micros=budget)})
    made = await publish(parts, signed.tenant, draft)
    async with tenant_session(parts.engines.app, signed.tenant) as session:
        release = await release_of(session, signed.tenant, made)
    assert release is not None
    return made, release.chatbot_id


async def note_use(parts: Parts, signed: Signed, chatbot: UUID, cost: int | None, at: datetime) -> None:
    given = {
        "chatbot_id": chatbot, "model": "openai/gpt", "input_tokens": 1, "output_tokens": 1, "cached_tokens": 0,
        "cost_microunits": cost, "price_snapshot": "list", "created_at": at,
    }  # fmt: skip
    async with tenant_session(parts.engines.app, signed.tenant) as session:
        assert await add_usage(session, signed.tenant, uuid4(), given)


async def test_the_turn_after_the_budget_is_reached_is_the_understudys(
    theatre: Theatre, visit: Visit, parts: Parts, first: Signed, provider: Loopback
) -> None:
    release, _ = await limited(parts, first, 1)
    visitor = await visit(theatre.token(release_id=release))

    answered = []
    for number in (1, 2):
        await visitor.ask(QUESTION)
        answered.append((await visitor.heard("finished", number))[-1])

    assert [event["answered_by"] for event in answered] == ["openai/gpt-5.4-mini", "troupe/understudy"]
    assert answered[1]["fallbacks"] == ["openai/gpt-5.4-mini: model_budget_spent"]
    assert answered[1]["text"] == "The tower is 90 metres high [1]."
    assert len(provider.requests) == 1


@pytest.mark.parametrize(
    ("cost", "at", "another", "asked"),
    [
        (1_000, THIS_MONTH, False, 0),
        (999, THIS_MONTH, False, 1),
        (None, THIS_MONTH, False, 1),
        (1_000, THIS_MONTH - timedelta(seconds=1), False, 1),
        (1_000, THIS_MONTH, True, 1),
    ],
)
async def test_only_this_chatbots_use_of_this_month_counts(
    theatre: Theatre,
    visit: Visit,
    parts: Parts,
    first: Signed,
    provider: Loopback,
    cost: int | None,
    at: datetime,
    another: bool,
    asked: int,
) -> None:
    release, chatbot = await limited(parts, first, 1_000)
    await note_use(parts, first, uuid4() if another else chatbot, cost, at)
    visitor = await visit(theatre.token(release_id=release))

    await visitor.ask(QUESTION)
    await visitor.heard("finished")

    assert len(provider.requests) == asked
