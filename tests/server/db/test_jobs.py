"""Jobs belong to the transaction that enqueued them."""

import asyncio

import pytest
from sqlalchemy import text

from server.db.engine import anonymous_session
from server.db.jobs import defer
from server.db.worker import working
from server.web.parts import Parts


async def waiting(parts: Parts) -> int:
    async with anonymous_session(parts.engines.app) as session:
        return await session.scalar(text("select count(*) from procrastinate_jobs")) or 0


async def test_a_job_of_a_failed_transaction_never_was(parts: Parts) -> None:
    async def enqueue_and_fail() -> None:
        async with anonymous_session(parts.engines.app) as session:
            await defer(session, "ring", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await enqueue_and_fail()

    assert await waiting(parts) == 0


async def test_a_committed_job_is_done_with_its_arguments_and_forgotten(parts: Parts) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()

    @parts.queue.task(name="ring")
    async def ring(*, bell: str) -> None:
        await heard.put(bell)

    async with working(parts.queue, 1):
        async with anonymous_session(parts.engines.app) as session:
            await defer(session, "ring", {"bell": "large"})
        async with asyncio.timeout(20):
            bell = await heard.get()

    assert bell == "large"
    assert await waiting(parts) == 0


@pytest.mark.parametrize("_", range(5))
async def test_a_worker_that_has_hardly_begun_ends_when_asked(parts: Parts, _: int) -> None:
    async with asyncio.timeout(20), working(parts.queue, 1):
        await asyncio.sleep(0)
