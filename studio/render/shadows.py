"""Two shadows: the key light's, on the avatar and the floor, and the soft darkness where it touches the floor."""

import numpy as np

from shared.glb.transforms import Floats
from studio.render.camera import look_at, orthographic
from studio.render.environment import key_direction
from studio.render.gl import GL
from studio.render.holdings import Holdings
from studio.render.model import Model
from studio.render.programs import Programs
from studio.render.textures import empty_texture

_BLUR_STEP = 1.0 / 256
"""Between two of the blur's samples, in texture coordinates: as wide at any size."""
_CONTACT_HEIGHT = 0.22
"""Body heights above the floor up to which a body darkens it."""


class Shadows:
    """Draws both shadows into textures of its own."""

    def __init__(self, holdings: Holdings, programs: Programs, size: int, contact_size: int) -> None:
        self._programs = programs
        self._size = size
        self._contact_size = contact_size
        square = (size, size)
        self.key_texture = empty_texture(holdings, GL.GL_DEPTH_COMPONENT24, GL.GL_DEPTH_COMPONENT, square, GL.GL_LINEAR)
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_COMPARE_MODE, GL.GL_COMPARE_REF_TO_TEXTURE)
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_COMPARE_FUNC, GL.GL_LEQUAL)
        self._key_target = holdings.framebuffer()
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._key_target)
        GL.glFramebufferTexture2D(GL.GL_FRAMEBUFFER, GL.GL_DEPTH_ATTACHMENT, GL.GL_TEXTURE_2D, self.key_texture, 0)
        GL.glDrawBuffer(GL.GL_NONE)
        GL.glReadBuffer(GL.GL_NONE)
        self.contact_texture, self._contact_target = _small_target(holdings, contact_size)
        self._spare_texture, self._spare_target = _small_target(holdings, contact_size)
        self._blank = holdings.vertex_array()
        self.shadow_from_scene: Floats = np.eye(4)
        self.contact_reach = 1.0

    @property
    def texel(self) -> float:
        """The size of one texel of the key shadow, in its texture coordinates."""
        return 1.0 / self._size

    def draw_key(self, model: Model, reach: float, height: float) -> None:
        """Draw the key light's shadow of a model that reaches this far from the axis and this high, in the scene."""
        middle = np.array([0.0, height / 2, 0.0])
        radius = float(np.hypot(reach, height / 2)) * 1.05
        view = look_at(middle + np.asarray(key_direction(), np.float64) * radius * 2, middle)
        clip_from_scene = orthographic(radius, radius, 0.01, radius * 4) @ view
        self.shadow_from_scene = _HALVED @ clip_from_scene
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._key_target)
        GL.glViewport(0, 0, self._size, self._size)
        GL.glEnable(GL.GL_DEPTH_TEST)
        GL.glClear(GL.GL_DEPTH_BUFFER_BIT)
        GL.glEnable(GL.GL_POLYGON_OFFSET_FILL)
        GL.glPolygonOffset(2.0, 4.0)
        program = self._programs.get("shadow.vert", "shadow.frag")
        program.use()
        program.matrix("clip_from_scene", clip_from_scene)
        program.number("contact_height", 1.0)
        model.draw_shape(program)
        GL.glDisable(GL.GL_POLYGON_OFFSET_FILL)

    def draw_contact(self, model: Model, reach: float) -> None:
        """Draw the darkness where the model comes near the floor."""
        self.contact_reach = reach * 1.35
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._contact_target)
        GL.glViewport(0, 0, self._contact_size, self._contact_size)
        GL.glDisable(GL.GL_DEPTH_TEST)
        GL.glClearColor(0, 0, 0, 0)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT)
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendEquation(GL.GL_MAX)
        program = self._programs.get("shadow.vert", "shadow.frag")
        program.use()
        program.matrix("clip_from_scene", _from_above(self.contact_reach))
        program.number("contact_height", _CONTACT_HEIGHT)
        model.draw_shape(program)
        GL.glBlendEquation(GL.GL_FUNC_ADD)
        GL.glDisable(GL.GL_BLEND)
        self._blur(self.contact_texture, self._spare_target, (_BLUR_STEP, 0.0))
        self._blur(self._spare_texture, self._contact_target, (0.0, _BLUR_STEP))

    def _blur(self, picture: int, target: int, direction: tuple[float, float]) -> None:
        program = self._programs.get("screen.vert", "blur.frag")
        program.use()
        program.integer("picture", 0)
        program.vector("direction", direction)
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, picture)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, target)
        GL.glBindVertexArray(self._blank)
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, 3)


_HALVED = np.array([[0.5, 0, 0, 0.5], [0, 0.5, 0, 0.5], [0, 0, 0.5, 0.5], [0, 0, 0, 1]])


def shadow_on_floor(height: float) -> tuple[Floats, float]:
    """Where on the floor (x, z) the key light's shadow falls, of length one, and how far that of a height reaches."""
    towards = np.asarray(key_direction(), np.float64)
    flat = float(np.hypot(towards[0], towards[2]))
    return -towards[[0, 2]] / flat, height * flat / float(towards[1])


def _from_above(reach: float) -> Floats:
    """Scene x and z to the picture, so that the floor looks itself up by its own x and z; height is dropped."""
    return np.array([[1 / reach, 0, 0, 0], [0, 0, 1 / reach, 0], [0, 0, 0, 0], [0, 0, 0, 1.0]])


def _small_target(holdings: Holdings, size: int) -> tuple[int, int]:
    texture = empty_texture(holdings, GL.GL_R8, GL.GL_RED, (size, size), GL.GL_LINEAR)
    target = holdings.framebuffer()
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, target)
    GL.glFramebufferTexture2D(GL.GL_FRAMEBUFFER, GL.GL_COLOR_ATTACHMENT0, GL.GL_TEXTURE_2D, texture, 0)
    return texture, target
