"""Forgets sign-ins that ended long ago, once a night."""

import procrastinate
import structlog

from server.accounts.queries import delete_old_codes, delete_old_families
from server.db.engine import Engines, platform_session

log: structlog.stdlib.BoundLogger = structlog.get_logger()

_NIGHTLY = "17 3 * * *"
KEPT_DAYS = 7
"""A sign-in that was breached stays to be looked into."""


async def forget_old_sign_ins(engines: Engines) -> int:
    """Deletes families that ended, or ran out, more than a week ago, and codes. Returns: how many families."""
    async with platform_session(engines.platform) as session:
        await delete_old_codes(session, KEPT_DAYS)
        return await delete_old_families(session, KEPT_DAYS)


def add_sweep(queue: procrastinate.App, engines: Engines) -> None:
    """Teaches the queue to do it every night."""

    @queue.periodic(cron=_NIGHTLY)
    @queue.task(name="forget_old_sign_ins")
    async def sweep(timestamp: int) -> None:
        log.info("old_sign_ins_forgotten", count=await forget_old_sign_ins(engines))
