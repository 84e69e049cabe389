"""The stage in a window: as fine as time allows. Smaller while it moves and frames are slow, ever finer as it stands.

With a graphics card the window's own multisampling does all of this, and every frame is drawn straight into it.
"""

import time
from dataclasses import dataclass

from shared.glb import Pose
from studio.render.gl import GL, framebuffer_now
from studio.render.holdings import Holdings
from studio.render.programs import Programs
from studio.render.stage import Stage
from studio.render.textures import empty_texture

SCALES = (1.0, 0.75, 0.5)
"""Of the window's resolution, while something moves."""
SLOW_SECONDS, FAST_SECONDS = 0.030, 0.012
"""Frames that take longer are drawn smaller; those that take less, larger. Far apart, so that it does not swing."""
_STEADY_FRAMES = 24
"""Between two changes of scale: an eye that has got used to one does not notice the other."""
_SMOOTHING = 0.2
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
        self._mean = seconds if self._mean is None else self._mean + (seconds - self._mean) * _SMOOTHING
        self._frames += 1
        if self._frames < _STEADY_FRAMES:
            return
        step = (self._mean > SLOW_SECONDS) - (self._mean < FAST_SECONDS)
        level = min(max(self._level + step, 0), len(SCALES) - 1)
        if level != self._level:
            self._level, self._mean, self._frames = level, None, 0


@dataclass(frozen=True)
class _Sheet:
    """A picture to draw into."""

    framebuffer: int
    texture: int
    size: tuple[int, int]


class LiveView:
    """Draws a stage frame by frame. Make it, use it and dispose of it while the stage's context is current."""

    def __init__(self, stage: Stage) -> None:
        self.sharpness = Sharpness()
        self._stage = stage
        self._lasting = Holdings()
        self._programs = Programs(self._lasting)
        self._blank = self._lasting.vertex_array()
        self._sheets = Holdings()
        self._sketch: _Sheet | None = None
        self._mean: _Sheet | None = None
        self._begun = False
        self._drawn = 0
        """How many pictures of the still avatar are in the mean."""

    @property
    def unfinished(self) -> bool:
        """Whether the next frame would be finer than the last."""
        return self._stage.quality.refined and self._begun and self._drawn < len(OFFSETS)

    def draw(self, pose: Pose | None) -> None:
        """Draw a pose into the framebuffer that is bound."""
        stage = self._stage
        if not stage.quality.refined:
            stage.draw_pose(pose)
            return
        moves = stage.camera.changed or not stage.shows(pose)
        if stage.needs_redraw_at_rest or moves:
            self._drawn = 0
        began = time.perf_counter()
        if moves and self.sharpness.scale < 1:
            self._draw_small(pose, self.sharpness.scale)
        elif moves:
            stage.draw_pose(pose)
        else:
            self._refine(pose)
        GL.glFinish()
        if moves:
            self.sharpness.take(time.perf_counter() - began)
        self._begun = True

    def dispose(self) -> None:
        """Free everything on the card."""
        self._sheets.dispose()
        self._lasting.dispose()

    def _draw_small(self, pose: Pose | None, scale: float) -> None:
        target, sketch = framebuffer_now(), self._sheet_for_sketches()
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, sketch.framebuffer)
        part = self._stage.draw_pose(pose, scale)
        _copy(sketch, target, part, self._stage.size)

    def _refine(self, pose: Pose | None) -> None:
        target, sketch = framebuffer_now(), self._sheet_for_sketches()
        if self._drawn < len(OFFSETS):
            GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, sketch.framebuffer)
            self._stage.draw_pose(pose, offset=OFFSETS[self._drawn])
            self._add(sketch, 1 / (self._drawn + 1))
            self._drawn += 1
        if self._mean is not None:
            _copy(self._mean, target, self._stage.size, self._stage.size)

    def _add(self, sketch: _Sheet, share: float) -> None:
        if self._mean is None:
            # Halves of floats: in eight bits, a mean of many shows bands.
            self._mean = self._new_sheet(GL.GL_RGBA16F, deep=False)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._mean.framebuffer)
        GL.glViewport(0, 0, *self._mean.size)
        GL.glDisable(GL.GL_DEPTH_TEST)
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendColor(0.0, 0.0, 0.0, share)
        GL.glBlendFunc(GL.GL_CONSTANT_ALPHA, GL.GL_ONE_MINUS_CONSTANT_ALPHA)
        program = self._programs.get("screen.vert", "copy.frag")
        program.use()
        program.integer("picture", 0)
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, sketch.texture)
        GL.glBindVertexArray(self._blank)
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, 3)
        GL.glDisable(GL.GL_BLEND)
        GL.glBindVertexArray(0)
        GL.glUseProgram(0)

    def _sheet_for_sketches(self) -> _Sheet:
        if self._sketch is None or self._sketch.size != self._stage.size:
            self._sheets.dispose()
            self._mean = None
            self._sketch = self._new_sheet(GL.GL_RGBA8, deep=True)
        return self._sketch

    def _new_sheet(self, kind: int, *, deep: bool) -> _Sheet:
        size = self._stage.size
        texture = empty_texture(self._sheets, kind, GL.GL_RGBA, size, GL.GL_LINEAR)
        framebuffer = self._sheets.framebuffer()
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
        GL.glFramebufferTexture2D(GL.GL_FRAMEBUFFER, GL.GL_COLOR_ATTACHMENT0, GL.GL_TEXTURE_2D, texture, 0)
        if deep:
            buffer = self._sheets.renderbuffer()
            GL.glBindRenderbuffer(GL.GL_RENDERBUFFER, buffer)
            GL.glRenderbufferStorage(GL.GL_RENDERBUFFER, GL.GL_DEPTH_COMPONENT24, *size)
            GL.glFramebufferRenderbuffer(GL.GL_FRAMEBUFFER, GL.GL_DEPTH_ATTACHMENT, GL.GL_RENDERBUFFER, buffer)
        return _Sheet(framebuffer, texture, size)


def _copy(sheet: _Sheet, target: int, part: tuple[int, int], size: tuple[int, int]) -> None:
    GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, sheet.framebuffer)
    GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, target)
    GL.glBlitFramebuffer(0, 0, *part, 0, 0, *size, GL.GL_COLOR_BUFFER_BIT, GL.GL_LINEAR)
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, target)
