"""Usage is noted once, priced or not, and only ever added to."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.db.engine import tenant_session
from server.usage.service import record_use, usage_since
from server.web.parts import Parts
from shared.contract.turn import Usage
from tests.server.conftest import Signed


async def test_a_use_noted_twice_counts_once(parts: Parts, first: Signed) -> None:
    use, chatbot = uuid4(), uuid4()
    usage = Usage(input_tokens=10, output_tokens=5, cost_microunits=7, price_snapshot="list 1")

    async with tenant_session(parts.engines.app, first.tenant) as session:
        noted = [await record_use(session, first.tenant, use, chatbot, "a/b", usage) for _ in range(2)]
        [used] = await usage_since(session, first.tenant, datetime.now(UTC) - timedelta(minutes=1))

    assert noted == [True, False]
    assert (used.uses, used.input_tokens, used.cost_microunits) == (1, 10, 7)


async def test_an_unknown_price_stays_unknown(parts: Parts, first: Signed) -> None:
    async with tenant_session(parts.engines.app, first.tenant) as session:
        await record_use(session, first.tenant, uuid4(), uuid4(), "a/b", Usage(input_tokens=10))
        [used] = await usage_since(session, first.tenant, datetime.now(UTC) - timedelta(minutes=1))

    assert (used.uses, used.unpriced_uses, used.cost_microunits) == (1, 1, 0)


@pytest.mark.parametrize("change", ["update usage set cost_microunits = 0", "delete from usage"])
async def test_usage_is_only_ever_added_to(parts: Parts, first: Signed, change: str) -> None:
    async with tenant_session(parts.engines.app, first.tenant) as session:
        await record_use(session, first.tenant, uuid4(), UUID(int=1), "a/b", Usage(cost_microunits=7))

    with pytest.raises(DBAPIError, match="permission denied"):
        async with tenant_session(parts.engines.app, first.tenant) as session:
            await session.execute(text(change))
