"""Turns that a killed process left running: marked as failed, so that nobody waits for them."""

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from server.db.engine import platform_session

INTERRUPTED = "interrupted"
"""The stable code of a turn whose process ended under it."""
LONGEST_TURN = timedelta(minutes=4)
"""With several processes, a turn that runs for longer than any turn may has lost its own."""

_FAIL = text("""
    update turns set state = 'failed', code = :code, finished_at = now()
    where state = 'running' and started_at < now() - make_interval(secs => :older_seconds)
""")


async def fail_lost_turns(platform: AsyncEngine, *, alone: bool) -> int:
    """Ends turns that no process performs any more, of every tenant.

    Args:
        platform: the engine that sees every tenant.
        alone: this is the only server process, so that every running turn is a lost one.
    Returns: how many there were.
    """
    older = 0.0 if alone else LONGEST_TURN.total_seconds()
    async with platform_session(platform) as session:
        found = await session.execute(_FAIL, {"code": INTERRUPTED, "older_seconds": older})
        return found.rowcount  # type: ignore[attr-defined, no-any-return]  # a cursor result, typed as its base
