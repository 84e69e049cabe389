"""Works on background jobs as long as the server runs: survives a database that goes away, and takes up lost jobs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import procrastinate
import psycopg
import structlog
from procrastinate.exceptions import ProcrastinateException

log: structlog.stdlib.BoundLogger = structlog.get_logger()

_AGAIN_SECONDS = 2.0
_SWEEP_SECONDS = 15.0
_STALLED_SECONDS = 30.0
"""A worker beats its heart every 10 seconds; one that has not for this long was killed."""
_STOP_SECONDS = 2.0
_AWAY = (ProcrastinateException, psycopg.Error, OSError)


@asynccontextmanager
async def working(queue: procrastinate.App, concurrency: int) -> AsyncIterator[None]:
    """Runs jobs while the context is open; a running job has two seconds to end when it closes.

    The queue is opened here, and jobs that a killed worker left are done again: tasks are written to bear that.
    """
    tasks = [asyncio.create_task(_work(queue, concurrency)), asyncio.create_task(_sweep(queue))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        await queue.close_async()


async def _work(queue: procrastinate.App, concurrency: int) -> None:
    while True:
        try:
            await queue.open_async()
            await queue.run_worker_async(
                concurrency=concurrency,
                install_signal_handlers=False,
                shutdown_graceful_timeout=_STOP_SECONDS,
                delete_jobs="successful",
            )
        except _AWAY as error:
            log.warning("jobs_paused", reason=type(error).__name__)
            await queue.close_async()
        await asyncio.sleep(_AGAIN_SECONDS)


async def _sweep(queue: procrastinate.App) -> None:
    """Puts jobs whose worker died back in line."""
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        try:
            for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_SECONDS):
                log.warning("job_taken_up_again", task=job.task_name)
                await queue.job_manager.retry_job(job)
        except _AWAY as error:
            log.debug("sweep_skipped", reason=type(error).__name__)
