"""How an avatar comes onto the stage while the window goes on: prepared in a thread, uploaded in slices. No Qt."""

import time
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor

from shared.contract.acting import ActingMap
from shared.glb import Glb
from studio.render.framing import Framing
from studio.render.preparing import Prepared, prepare
from studio.render.stage import Stage

SLICE_SECONDS = 0.006
"""Spent on uploading between two frames of the window."""


class Arrival:
    """One avatar on its way. Steps and ending need the stage's context to be current."""

    def __init__(self, glb: Glb, acting: ActingMap) -> None:
        pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="avatar")
        self._prepared: Future[Prepared] = pool.submit(prepare, glb, acting)
        pool.shutdown(wait=False)
        self._upload: Generator[None, None, None] | None = None

    @property
    def failure(self) -> BaseException | None:
        """Why the avatar cannot come, once that is known."""
        return self._prepared.exception() if self._prepared.done() else None

    def step(self, stage: Stage, framing: Framing) -> bool:
        """Go on for a moment, if nothing failed. Returns: whether the avatar is on the stage now."""
        if not self._prepared.done():
            return False
        if self._upload is None:
            self._upload = stage.arriving(self._prepared.result(), framing)
        ends = time.perf_counter() + SLICE_SECONDS
        while time.perf_counter() < ends:
            try:
                next(self._upload)
            except StopIteration:
                return True
        return False

    def end(self) -> None:
        """Do not come after all; what is uploaded already is freed."""
        self._prepared.cancel()
        if self._upload is not None:
            self._upload.close()
