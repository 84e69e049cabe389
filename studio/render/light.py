"""What every surface needs to know of the scene: the camera, the painted room and the lamps."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from shared.glb.transforms import Floats
from studio.render.environment import LAMPS, ROOM_SIZES, ROOM_STRENGTH
from studio.render.gl import GL
from studio.render.holdings import Holdings
from studio.render.programs import Program
from studio.render.textures import upload_reflectance, upload_room

Tone = Literal["neutral", "aces"]
"""How light becomes colour: as the widget does it, or as films do."""

_ROOM_UNIT, _REFLECTANCE_UNIT = 2, 3


@dataclass(frozen=True, eq=False)
class Eye:
    """Where the scene is seen from."""

    clip_from_scene: Floats
    camera_from_scene: Floats
    place: Floats
    tone: Tone = "neutral"


class Light:
    """The stage's light on one context."""

    def __init__(self, holdings: Holdings) -> None:
        self._room = upload_room(holdings)
        self._reflectance = upload_reflectance(holdings)
        self._directions = np.array([lamp.direction for lamp in LAMPS], np.float32)
        self._colours = np.array([lamp.colour for lamp in LAMPS], np.float32)

    def bind(self) -> None:
        """Bind the textures of the light to their units."""
        # Without it, rough surfaces show the edges of the coarse cube's faces.
        GL.glEnable(GL.GL_TEXTURE_CUBE_MAP_SEAMLESS)
        GL.glActiveTexture(GL.GL_TEXTURE0 + _ROOM_UNIT)
        GL.glBindTexture(GL.GL_TEXTURE_CUBE_MAP, self._room)
        GL.glActiveTexture(GL.GL_TEXTURE0 + _REFLECTANCE_UNIT)
        GL.glBindTexture(GL.GL_TEXTURE_2D, self._reflectance)

    def prepare(self, program: Program, eye: Eye) -> None:
        """Set the light's and the camera's uniforms of a program in use."""
        program.matrix("clip_from_scene", eye.clip_from_scene)
        program.vector("eye", eye.place)
        program.integer("is_filmic", eye.tone == "aces")
        program.matrix("camera_axes", eye.camera_from_scene[:3, :3])
        program.integer("room", _ROOM_UNIT)
        program.integer("reflectance", _REFLECTANCE_UNIT)
        program.number("room_levels", float(len(ROOM_SIZES) - 1))
        program.number("room_strength", ROOM_STRENGTH)
        program.vectors("lamp_directions", self._directions)
        program.vectors("lamp_colours", self._colours)
