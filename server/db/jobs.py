"""Background jobs: the queue, and enqueuing in the transaction that a job belongs to."""

import json
from collections.abc import Mapping
from typing import Any

import procrastinate
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from server.db.addresses import Addresses

_DEFER = text("""
    select procrastinate_defer_jobs_v1(array[row(
        cast(:queue as varchar), cast(:task as varchar), 0, cast(:lock as text), cast(:queueing_lock as text),
        cast(:arguments as jsonb), cast(null as timestamptz)
    )::procrastinate_job_to_defer_v1])
""")
_MINIMUM_CONNECTIONS = 1
_SPARE_CONNECTIONS = 2
"""Beside one connection per job: one listens for new jobs, one beats the worker's heart."""


def make_queue(addresses: Addresses, concurrency: int = 2) -> procrastinate.App:
    """The queue as the app's role; features add their tasks, `app.py` opens it and runs the worker."""
    connector = procrastinate.PsycopgConnector(
        conninfo=addresses.libpq("troupe_app"),
        min_size=_MINIMUM_CONNECTIONS,
        max_size=concurrency + _SPARE_CONNECTIONS,
    )
    return procrastinate.App(connector=connector)


async def defer(
    session: AsyncSession,
    task: str,
    arguments: Mapping[str, Any],
    *,
    queue: str = "default",
    lock: str | None = None,
    queueing_lock: str | None = None,
) -> int:
    """Enqueues a job that exists if, and only if, the session's transaction commits.

    Args:
        task: the name that the task was declared with.
        arguments: what the task is called with, JSON types only; `tenant_id` among them as a string.
        lock: jobs of one lock run one after the other.
        queueing_lock: at most one waiting job of this name; a second one is refused by the database.
    Returns: the job's number.
    """
    found = await session.execute(
        _DEFER,
        {
            "queue": queue,
            "task": task,
            "lock": lock,
            "queueing_lock": queueing_lock,
            "arguments": json.dumps(dict(arguments)),
        },
    )
    numbers: list[int] = found.scalar_one()
    return numbers[0]
