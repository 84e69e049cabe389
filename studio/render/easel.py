"""One avatar, drawn many times on a transparent ground without any window."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from PIL import Image

from shared.contract.acting import ActingMap
from shared.glb import Glb, Pose, Sampler
from studio.render.camera import Framing
from studio.render.offscreen import offscreen_context
from studio.render.posters import draw_into_picture
from studio.render.preparing import standing_clip
from studio.render.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_TURN_SECONDS = 1 / 0.6
"""Of the camera's spin for one radian."""


class Easel:
    """Draws poses of an avatar that is uploaded once. Made by `easel` only."""

    def __init__(self, stage: Stage, glb: Glb, acting: ActingMap) -> None:
        self._stage = stage
        self.glb, self.acting = glb, acting
        assert stage.player is not None
        self.sampler: Sampler = stage.player.sampler
        self.standing: str | None = standing_clip(stage.player)
        """The clip in whose first pose the avatar stands."""

    def picture(
        self, pose: Pose, size: tuple[int, int], framing: Framing, turn_radians: float = 0.0, margin: float = 1.0
    ) -> Image.Image:
        """Draw a pose from the front, or from so far around."""

        def draw() -> None:
            # Inside: the picture's own framebuffer is larger, and a camera frames for the size that it was told last.
            self._stage.frame(framing, margin)
            self._stage.camera.spin(turn_radians * _TURN_SECONDS)
            self._stage.draw_pose(pose)

        return draw_into_picture(self._stage, size, draw)


@contextmanager
def easel(glb: Glb, acting: ActingMap) -> Iterator[Easel]:
    """An easel in a context of its own; no other may be current in this thread.

    Raises: Unavailable: nothing here draws without a window.
    """
    with offscreen_context():
        stage = Stage()
        try:
            stage.set_backdrop(None)
            stage.resize(64, 64)
            stage.load(glb, acting)
            yield Easel(stage, glb, acting)
        finally:
            stage.dispose()


def apart(work: "Callable[[], T]") -> T:
    """Do work in a thread of its own: a window's context may be current in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()
