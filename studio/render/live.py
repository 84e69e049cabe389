"""The stage in a window: as fine as time allows. Smaller while it moves and frames are slow, ever finer as it stands.

With a graphics card multisampling smooths every frame alike, and there is nothing to refine.
"""

import time
from typing import Literal

from shared.glb import Pose
from studio.render.gl import GL, framebuffer_now
from studio.render.holdings import Holdings
from studio.render.sheets import SAMPLES, Box, Screen, Sheet, Size, copy_sheet, new_sheet, new_target
from studio.render.stage import Stage

Smoothing = Literal["edges", "multisample", "none"]
"""How stairs are smoothed: in the finished picture, and by a mean of many once it stands; by samples; not at all."""
SCALES = (1.0, 0.75, 0.5)
"""Of the window's resolution, while something moves."""
SLOW_SECONDS, FAST_SECONDS = 0.030, 0.012
"""Frames that take longer are drawn smaller; those that take less, larger. Far apart, so that it does not swing."""
_STEADY_FRAMES = 24
"""Between two changes of scale: an eye that has got used to one does not notice the other."""
_WEIGHT_OF_ONE_FRAME = 0.2
_SMOOTH_BY_ITSELF = 4
"""Pictures in a mean, from which on its edges need no smoothing of their own."""
OFFSETS = (
    (0.0, 0.0), (-0.375, -0.125), (0.375, 0.125), (-0.125, 0.375), (0.125, -0.375), (-0.25, 0.25), (0.25, -0.25),
    (0.4375, 0.4375), (-0.4375, -0.4375),
)  # fmt: skip
"""Of the pictures whose mean a still avatar is shown as, in pixels; the first is what moved last."""


class Sharpness:
    """Which scale the machine keeps up with."""

    def __init__(self) -> None:
        self._level = 0
        self._mean: float | None = None
        self._frames = 0

    @property
    def scale(self) -> float:
        """Of the window's resolution."""
        return SCALES[self._level]

    def take(self, seconds: float) -> None:
        """Hear how long a frame took."""
        self._mean = seconds if self._mean is None else self._mean + (seconds - self._mean) * _WEIGHT_OF_ONE_FRAME
        self._frames += 1
        if self._frames < _STEADY_FRAMES:
            return
        step = (self._mean > SLOW_SECONDS) - (self._mean < FAST_SECONDS)
        level = min(max(self._level + step, 0), len(SCALES) - 1)
        if level != self._level:
            self._level, self._mean, self._frames = level, None, 0


class LiveView:
    """Draws a stage frame by frame. Make it, use it and dispose of it while the stage's context is current."""

    def __init__(self, stage: Stage, *, smoothing: Smoothing = "edges") -> None:
        self.sharpness = Sharpness()
        self._stage = stage
        self._smoothing: Smoothing = smoothing
        self._lasting = Holdings()
        self._screen = Screen(self._lasting)
        self._sheets = Holdings()
        self._size: Size = (0, 0)
        self._part: Size = (0, 0)
        """How large the last picture was drawn."""
        self._sketch: Sheet | None = None
        self._samples: Sheet | None = None
        self._small: Sheet | None = None
        self._mean: Sheet | None = None
        self._begun = False
        self._drawn = 0
        """How many pictures of the still avatar are in the mean."""
        self.frame_seconds = 0.0
        """What the last frame took, until the card was done with it."""

    @property
    def unfinished(self) -> bool:
        """Whether the next frame would be finer than the last."""
        refined = self._drawn < len(OFFSETS) if self._smoothing == "edges" else self._part != self._size
        return self._begun and refined

    @property
    def bytes(self) -> int:
        """How much of the card's memory its sheets take."""
        return self._sheets.bytes

    def smooth_by(self, smoothing: Smoothing) -> None:
        """Smooth edges another way from now on."""
        self._smoothing, self._drawn, self._part, self.sharpness = smoothing, 0, (0, 0), Sharpness()
        self._forget_sheets()

    def draw(self, pose: Pose | None) -> None:
        """Draw a pose into the framebuffer that is bound."""
        stage = self._stage
        if self._size != stage.size:
            self._forget_sheets()
            self._size = stage.size
        moves = stage.needs_redraw_at_rest or not stage.shows(pose)
        if moves:
            self._drawn = 0
        began = time.perf_counter()
        if moves:
            self._draw_moving(pose, self.sharpness.scale)
        elif self._smoothing == "edges":
            self._refine(pose)
        elif self._samples is not None and self._part == self._size:
            copy_sheet(self._samples, framebuffer_now(), self._size, self._size)
        else:
            self._draw_moving(pose, 1.0)
        GL.glFinish()
        self.frame_seconds = time.perf_counter() - began
        if moves:
            self.sharpness.take(self.frame_seconds)
        self._begun = True

    def dispose(self) -> None:
        """Free everything on the card."""
        self._sheets.dispose()
        self._lasting.dispose()

    def _draw_moving(self, pose: Pose | None, scale: float) -> None:
        target, stage = framebuffer_now(), self._stage
        if self._smoothing == "none" and scale == 1:
            self._part = stage.draw_pose(pose)
            return
        if self._smoothing == "multisample":
            self._samples = self._samples or new_target(self._sheets, self._size, SAMPLES)
            part = self._draw_onto(self._samples, pose, scale)
            if scale == 1:
                copy_sheet(self._samples, target, part, part)
                return
            copy_sheet(self._samples, self._sketching().framebuffer, part, part)
        else:
            part = self._draw_onto(self._sketching(), pose, scale)
        if self._smoothing == "edges":
            self._smooth(target, part, stage.covered(pose))
        else:
            copy_sheet(self._sketching(), target, part, self._size)

    def _smooth(self, target: int, part: Size, covered: Box) -> None:
        """Smooth the sketch's edges on their way to the screen; of a small one before it is enlarged."""
        if part == self._size:
            GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, target)
            self._screen.smooth(self._sketching(), part, self._size, covered)
            return
        self._small = self._small or new_sheet(self._sheets, self._size, GL.GL_RGBA8, deep=False)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._small.framebuffer)
        self._screen.smooth(self._sketching(), part, part, covered)
        copy_sheet(self._small, target, part, self._size)

    def _refine(self, pose: Pose | None) -> None:
        target = framebuffer_now()
        if self._drawn < len(OFFSETS):
            self._draw_onto(self._sketching(), pose, 1.0, OFFSETS[self._drawn])
            # Halves of floats: in eight bits, a mean of many shows bands.
            self._mean = self._mean or new_sheet(self._sheets, self._size, GL.GL_RGBA16F, deep=False)
            self._screen.add(self._sketching(), self._mean, 1 / (self._drawn + 1))
            self._drawn += 1
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, target)
        if self._mean is not None and self._drawn < _SMOOTH_BY_ITSELF:
            self._screen.smooth(self._mean, self._size, self._size, self._stage.covered(pose))
        elif self._mean is not None:
            copy_sheet(self._mean, target, self._size, self._size)

    def _draw_onto(
        self, sheet: Sheet, pose: Pose | None, scale: float, offset: tuple[float, float] = (0.0, 0.0)
    ) -> Size:
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, sheet.framebuffer)
        self._part = self._stage.draw_pose(pose, scale, offset)
        return self._part

    def _sketching(self) -> Sheet:
        self._sketch = self._sketch or new_sheet(self._sheets, self._size, GL.GL_RGBA8, deep=True)
        return self._sketch

    def _forget_sheets(self) -> None:
        self._sheets.dispose()
        self._sketch = self._samples = self._small = self._mean = None
