"""Clears away uploads that nobody went on with, once a night."""

import structlog

from server.avatars.service import parts_prefix
from server.avatars.stale import delete_stale_uploads
from server.db.base import TenantId
from server.db.engine import platform_session
from server.web.parts import Parts

log: structlog.stdlib.BoundLogger = structlog.get_logger()

_NIGHTLY = "43 3 * * *"
KEPT_DAYS = 2


async def clear_stale_uploads(parts: Parts) -> int:
    """Deletes uploads of every tenant that had no part for two days, and their parts. Returns: how many."""
    async with platform_session(parts.engines.platform) as session:
        stale = await delete_stale_uploads(session, KEPT_DAYS)
    for tenant, sha256 in stale:
        await parts.blobs.clear(parts_prefix(TenantId(tenant), sha256))
    return len(stale)


def add_sweep(parts: Parts) -> None:
    """Teaches the queue to do it every night."""

    @parts.queue.periodic(cron=_NIGHTLY)
    @parts.queue.task(name="clear_stale_uploads")
    async def sweep(timestamp: int) -> None:
        log.info("stale_uploads_cleared", count=await clear_stale_uploads(parts))
