"""The owner of all background work: it names, cancels and reports every task. One of the three catch-all edges."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from shared.errors import TroupeError
from studio.model.signals import Signal
from studio.ui.problems import ProblemText, problem_of

log = structlog.get_logger()


class Tasks:
    """Runs coroutines on the studio's loop; what goes wrong is told once, by `failed` or by the caller's own."""

    def __init__(self) -> None:
        self.failed = Signal[[ProblemText]]()
        self.busy_changed = Signal[[]]()
        self._running: dict[asyncio.Task[None], str] = {}
        self._closers: list[Callable[[], Coroutine[Any, Any, None]]] = []

    @property
    def names(self) -> tuple[str, ...]:
        """What is going on, oldest first."""
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
        task = asyncio.get_event_loop().create_task(self._owned(name, work, failed), name=name)
        self._running[task] = name
        task.add_done_callback(lambda done: self._forget(done, ended))
        self.busy_changed.emit()
        return task

    async def _owned(
        self, name: str, work: Coroutine[Any, Any, None], failed: Callable[[ProblemText], None] | None
    ) -> None:
        try:
            await work
        except TroupeError as error:
            log.info("task_refused", task=name, code=error.code)
            (failed or self.failed.emit)(problem_of(error))
        except Exception as error:  # noqa: BLE001  # the edge: nothing below may take the studio down
            _report_fault(name, error)
            (failed or self.failed.emit)(problem_of(error))

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
