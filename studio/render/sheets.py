"""Pictures to draw into, off the screen, and ways to bring them onto it."""

import math
from dataclasses import dataclass

from studio.render.gl import GL, framebuffer_now
from studio.render.holdings import Holdings
from studio.render.programs import Programs
from studio.render.textures import empty_texture

Size = tuple[int, int]
Box = tuple[float, float, float, float]
SAMPLES = 4
"""Of a pixel, where edges are multisampled."""


@dataclass(frozen=True)
class Sheet:
    """A picture to draw into."""

    framebuffer: int
    size: Size
    texture: int = 0
    """0: it is multisampled, and can only be copied from."""


def new_sheet(holdings: Holdings, size: Size, kind: int, *, deep: bool) -> Sheet:
    """A picture that shaders can look at; `deep` gives it a depth buffer."""
    texture = empty_texture(holdings, kind, GL.GL_RGBA, size, GL.GL_LINEAR)
    holdings.weigh(size[0] * size[1] * (8 if kind == GL.GL_RGBA16F else 4))
    framebuffer = holdings.framebuffer()
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
    GL.glFramebufferTexture2D(GL.GL_FRAMEBUFFER, GL.GL_COLOR_ATTACHMENT0, GL.GL_TEXTURE_2D, texture, 0)
    if deep:
        _attach(holdings, GL.GL_DEPTH_ATTACHMENT, GL.GL_DEPTH_COMPONENT24, size, 0)
    return Sheet(framebuffer, size, texture)


def new_target(holdings: Holdings, size: Size, samples: int = 0) -> Sheet:
    """A picture with colour and depth that can only be read or copied; it is bound. `samples`: 0 is one a pixel."""
    framebuffer = holdings.framebuffer()
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
    _attach(holdings, GL.GL_COLOR_ATTACHMENT0, GL.GL_RGBA8, size, samples)
    _attach(holdings, GL.GL_DEPTH_ATTACHMENT, GL.GL_DEPTH_COMPONENT24, size, samples)
    return Sheet(framebuffer, size)


def copy_sheet(sheet: Sheet, target: int, part: Size, size: Size) -> None:
    """Copy the lower left part of a sheet over a framebuffer's whole picture of a size; then that is bound."""
    GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, sheet.framebuffer)
    GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, target)
    GL.glBlitFramebuffer(0, 0, *part, 0, 0, *size, GL.GL_COLOR_BUFFER_BIT, GL.GL_LINEAR)
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, target)


class Screen:
    """Draws sheets over all of whatever framebuffer is bound."""

    def __init__(self, holdings: Holdings) -> None:
        self._programs = Programs(holdings)
        self._blank = holdings.vertex_array()

    def add(self, sheet: Sheet, mean: Sheet, share: float) -> None:
        """Mix a sheet into a mean of the same size, by its share."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, mean.framebuffer)
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendColor(0.0, 0.0, 0.0, share)
        GL.glBlendFunc(GL.GL_CONSTANT_ALPHA, GL.GL_ONE_MINUS_CONSTANT_ALPHA)
        self._draw("copy.frag", sheet, sheet.size, mean.size)
        GL.glDisable(GL.GL_BLEND)

    def smooth(self, sheet: Sheet, part: Size, size: Size, covered: Box = (0.0, 0.0, 1.0, 1.0)) -> None:
        """Draw the lower left part of a sheet over the bound framebuffer's picture of a size.

        Args:
            covered: the box from 0 to 1 in which edges are smoothed.
        """
        target = framebuffer_now()
        if covered != (0.0, 0.0, 1.0, 1.0):
            copy_sheet(sheet, target, part, size)
        left, lower = math.floor(covered[0] * size[0]), math.floor(covered[1] * size[1])
        right, upper = math.ceil(covered[2] * size[0]), math.ceil(covered[3] * size[1])
        GL.glDisable(GL.GL_BLEND)
        GL.glEnable(GL.GL_SCISSOR_TEST)
        GL.glScissor(left, lower, max(right - left, 0), max(upper - lower, 0))
        self._draw("edges.frag", sheet, part, size)
        GL.glDisable(GL.GL_SCISSOR_TEST)

    def _draw(self, fragment: str, sheet: Sheet, part: Size, size: Size) -> None:
        program = self._programs.get("screen.vert", fragment)
        program.use()
        program.integer("picture", 0)
        program.vector("texel", (1 / sheet.size[0], 1 / sheet.size[1]))
        program.vector("part", (part[0] / sheet.size[0], part[1] / sheet.size[1]))
        GL.glDisable(GL.GL_DEPTH_TEST)
        GL.glViewport(0, 0, *size)
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, sheet.texture)
        GL.glBindVertexArray(self._blank)
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, 3)
        GL.glBindVertexArray(0)
        GL.glUseProgram(0)


def _attach(holdings: Holdings, place: int, kind: int, size: Size, samples: int) -> None:
    buffer = holdings.renderbuffer()
    GL.glBindRenderbuffer(GL.GL_RENDERBUFFER, buffer)
    if samples:
        GL.glRenderbufferStorageMultisample(GL.GL_RENDERBUFFER, samples, kind, *size)
    else:
        GL.glRenderbufferStorage(GL.GL_RENDERBUFFER, kind, *size)
    holdings.weigh(size[0] * size[1] * 4 * max(samples, 1))
    GL.glFramebufferRenderbuffer(GL.GL_FRAMEBUFFER, place, GL.GL_RENDERBUFFER, buffer)
