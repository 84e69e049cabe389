"""The owner of all background work: it names, cancels and reports every task. One of the three catch-all edges."""

import asyncio
import sys
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from shared.errors import TroupeError
from studio.model.signals import Signal
from studio.ui.problems import ProblemText, problem_of

log = structlog.get_logger()

REMEMBERED_FAILURES = 8


class Job:
    """One piece of work that is going on: its name, how far it is, and a way to end it."""

    def __init__(self, name: str) -> None:
        self.changed = Signal[[]]()
        self.name = name
        self.fraction: float | None = None
        """Of the whole, in [0, 1]; None while nobody knows."""
        self.words = ""
        """What it is doing just now."""
        self._task: asyncio.Task[None] | None = None

    def show(self, fraction: float | None, words: str = "") -> None:
        """Say how far it is."""
        self.fraction, self.words = fraction, words
        self.changed.emit()

    def cancel(self) -> None:
        """End it as soon as it can end; what it has finished stays."""
        if self._task is not None:
            self._task.cancel()

    def belongs_to(self, task: asyncio.Task[None]) -> None:
        """Name the task that does the work."""
        self._task = task


class Tasks:
    """Runs coroutines on the studio's loop; what goes wrong is told once, by `failed` or by the caller's own."""

    def __init__(self) -> None:
        self.failed = Signal[[ProblemText]]()
        self.busy_changed = Signal[[]]()
        self.failures: deque[tuple[str, ProblemText]] = deque(maxlen=REMEMBERED_FAILURES)
        """What went wrong lately: the work's name and the problem, the newest last."""
        self._running: dict[asyncio.Task[None], Job] = {}
        self._closers: list[Callable[[], Coroutine[Any, Any, None]]] = []

    @property
    def names(self) -> tuple[str, ...]:
        """What is going on, oldest first."""
        return tuple(job.name for job in self._running.values())

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All that is going on, oldest first."""
        return tuple(self._running.values())

    def spawn(
        self,
        name: str,
        work: Coroutine[Any, Any, None],
        *,
        failed: Callable[[ProblemText], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> asyncio.Task[None]:
        """Start `work`; it is called `name` where people see it.

        Args:
            failed: told instead of everybody when the work fails.
            ended: called at the end, however it ended.
        """
        job = Job(name)
        task = asyncio.get_event_loop().create_task(self._owned(name, work, failed), name=name)
        job.belongs_to(task)
        self._running[task] = job
        # Work that is cancelled before it began was never awaited: Python would complain about it later.
        task.add_done_callback(lambda _done: work.close())
        task.add_done_callback(lambda done: self._forget(done, ended))
        self.busy_changed.emit()
        return task

    def reporter(self) -> Callable[[float | None, str], None]:
        """A function for the task that is running now to say how far it is, from any thread.

        Returns: takes the fraction in [0, 1], or None for "nobody knows", and a few words.
        """
        job = self._running.get(asyncio.current_task())  # type: ignore[arg-type]  # no task is no key either
        loop = asyncio.get_running_loop()

        def report(fraction: float | None, words: str = "") -> None:
            if job is not None:
                loop.call_soon_threadsafe(job.show, fraction, words)

        return report

    async def _owned(
        self, name: str, work: Coroutine[Any, Any, None], failed: Callable[[ProblemText], None] | None
    ) -> None:
        try:
            await work
        except TroupeError as error:
            log.info("task_refused", task=name, code=error.code)
            self._tell(name, problem_of(error), failed)
        except Exception as error:  # noqa: BLE001  # the edge: nothing below may take the studio down
            _report_fault(name, error)
            self._tell(name, problem_of(error), failed)

    def _tell(self, name: str, problem: ProblemText, failed: Callable[[ProblemText], None] | None) -> None:
        self.failures.append((name, problem))
        (failed or self.failed.emit)(problem)

    def _forget(self, task: asyncio.Task[None], ended: Callable[[], None] | None) -> None:
        self._running.pop(task, None)
        if ended is not None:
            ended()
        self.busy_changed.emit()

    def at_close(self, close: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Await `close` when everything has ended: for connections that outlive single tasks."""
        self._closers.append(close)

    async def close(self) -> None:
        """Cancel everything, wait until it has ended, then close what was left open."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for close in self._closers:
            await close()
        self._closers.clear()


def _report_fault(name: str, error: Exception) -> None:
    # Without the traceback's values: they may hold what a person wrote. The hook prints where it happened.
    log.error("task_broke", task=name, fault=type(error).__name__)
    sys.excepthook(type(error), error, error.__traceback__)
