"""What every surface needs to know of the scene: camera, room light, key light and its shadow."""

from dataclasses import dataclass

import numpy as np

from shared.glb.transforms import Floats
from studio.render.environment import ROOM_SIZES, irradiance, key_direction
from studio.render.gl import GL
from studio.render.programs import Program
from studio.render.shadows import Shadows

_ROOM_UNIT, _KEY_UNIT, CONTACT_UNIT = 2, 3, 4
_KEY_COLOUR = np.array([1.3, 1.24, 1.15], np.float32)
EXPOSURE = 0.72


@dataclass(frozen=True, eq=False)
class Light:
    """The studio's light on one context."""

    room: int
    shadows: Shadows

    def bind(self) -> None:
        """Bind the textures of the light to their units."""
        for unit, kind, texture in (
            (_ROOM_UNIT, GL.GL_TEXTURE_CUBE_MAP, self.room),
            (_KEY_UNIT, GL.GL_TEXTURE_2D, self.shadows.key_texture),
            (CONTACT_UNIT, GL.GL_TEXTURE_2D, self.shadows.contact_texture),
        ):
            GL.glActiveTexture(GL.GL_TEXTURE0 + unit)
            GL.glBindTexture(kind, texture)

    def prepare(self, program: Program, clip_from_scene: Floats, eye: Floats) -> None:
        """Set the light's and the camera's uniforms of a program in use."""
        program.matrix("clip_from_scene", clip_from_scene)
        program.vector("eye", eye)
        program.integer("room", _ROOM_UNIT)
        program.number("room_levels", float(len(ROOM_SIZES)))
        program.vectors("irradiance", irradiance())
        program.vector("key_direction", key_direction())
        program.vector("key_colour", _KEY_COLOUR)
        program.number("exposure", EXPOSURE)
        self.prepare_shadow(program)

    def prepare_shadow(self, program: Program) -> None:
        """Set the key shadow's uniforms."""
        program.integer("key_shadow", _KEY_UNIT)
        program.matrix("shadow_from_scene", self.shadows.shadow_from_scene)
        program.number("shadow_texel", self.shadows.texel)
