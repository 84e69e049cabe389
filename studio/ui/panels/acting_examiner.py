"""Looks after the clips' health: examines them beside the window whenever the map changes, and tells what it found."""

import asyncio
from functools import partial

from PySide6.QtCore import QObject

from shared.contract.acting import ActingMap
from shared.contract.chatbot import ChatbotDraft
from shared.glb import Glb
from shared.glb.health import Ailment, clip_health
from studio.model.signals import Signal
from studio.ui.bench import Bench
from studio.ui.parts.links import link

PAUSE_SECONDS = 0.4
"""After a change, before the clips are examined again: a handle may still be moving."""


class Examiner(QObject):
    """One avatar's. Nothing is examined before `open`."""

    def __init__(self, bench: Bench, glb: Glb, owner: QObject) -> None:
        super().__init__(owner)
        self.changed = Signal[[]]()
        self.ailments: tuple[Ailment, ...] = ()
        self.known = False
        """Whether the clips were examined at all."""
        self._bench, self._glb = bench, glb
        self._examined: ActingMap | None = None
        self._tasks: list[asyncio.Task[None]] = []
        tasks = self._tasks
        self.destroyed.connect(lambda: [task.cancel() for task in tasks])
        link(self, bench.document.draft_changed, self._follow)

    def open(self) -> None:
        """Examine the clips, now and after every change."""
        if not self._tasks:
            self._tasks.append(self._bench.tasks.spawn("Examining the clips", self._examine()))

    def sentences(self) -> dict[str, str]:
        """The gravest of each clip, for those who have room for one."""
        return {one.clip: one.sentence for one in reversed(self.ailments) if one.clip and one.severity != "note"}

    def of_clip(self, clip: str) -> tuple[Ailment, ...]:
        """All that is wrong with one clip."""
        return tuple(one for one in self.ailments if one.clip == clip)

    def _follow(self, draft: ChatbotDraft) -> None:
        if self._tasks and self._tasks[0].done() and draft.acting != self._examined:
            self._tasks[:] = [self._bench.tasks.spawn("Examining the clips", self._examine())]

    async def _examine(self) -> None:
        while self._bench.draft.acting != self._examined:
            if self._examined is not None:
                await asyncio.sleep(PAUSE_SECONDS)
            acting, document = self._bench.draft.acting, self._bench.document
            look = partial(clip_health, self._glb, document.facts, acting, document.proposals)
            found = await asyncio.to_thread(look)
            self._examined, self.ailments, self.known = acting, found, True
            self.changed.emit()
