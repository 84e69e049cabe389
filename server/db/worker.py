"""Works on background jobs as long as the server runs: survives a database that goes away, and takes up lost jobs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

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
    stopping = asyncio.Event()
    tasks = {asyncio.create_task(_work(queue, concurrency, stopping)), asyncio.create_task(_sweep(queue, stopping))}
    for task in tasks:
        task.add_done_callback(_tell)
    try:
        yield
    finally:
        stopping.set()
        await _end(tasks)
        await queue.close_async()


async def _end(tasks: set[asyncio.Task[None]]) -> None:
    """Cancels until it is heard: the worker takes a cancellation that comes while it starts for its own."""
    while tasks:
        for task in tasks:
            task.cancel()
        _, tasks = await asyncio.wait(tasks, timeout=_STOP_SECONDS)


def _tell(task: asyncio.Task[None]) -> None:
    """The server goes on without its worker, so somebody must hear of it now and not when it stops."""
    if not task.cancelled() and task.exception():
        log.error("jobs_stopped", exc_info=task.exception())


async def _work(queue: procrastinate.App, concurrency: int, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
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


async def _sweep(queue: procrastinate.App, stopping: asyncio.Event) -> None:
    """Puts jobs whose worker died back in line."""
    while not stopping.is_set():
        await asyncio.sleep(_SWEEP_SECONDS)
        try:
            for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_SECONDS):
                log.warning("job_taken_up_again", task=job.task_name)
                await queue.job_manager.retry_job(job)
        except _AWAY as error:
            log.debug("sweep_skipped", reason=type(error).__name__)
