"""Materials as programs: which defines a material needs, and its values as uniforms."""

from dataclasses import dataclass

import numpy as np

from shared.glb import Material, TextureUse
from shared.glb.materials import Slot
from studio.render.gl import GL
from studio.render.programs import Program, Programs
from studio.render.textures import Pictures

_FIRST_UNIT = 5
"""After morphs, joints, room, key shadow and contact."""
_SLOTS: tuple[tuple[Slot, str, bool], ...] = (
    ("base_colour", "BASE_COLOUR", True),
    ("metallic_roughness", "METALLIC_ROUGHNESS", False),
    ("normal", "NORMAL", False),
    ("occlusion", "OCCLUSION", False),
    ("emissive", "EMISSIVE", True),
)


@dataclass(frozen=True, eq=False)
class Surface:
    """A material, ready to be drawn."""

    material: Material
    program: Program
    textures: tuple[tuple[int, str, int, TextureUse], ...]
    """Unit, sampler's name, texture, use."""

    @property
    def blended(self) -> bool:
        """Whether what lies behind shines through."""
        return self.material.alpha_mode == "BLEND"

    def apply(self) -> None:
        """Set all of the material's uniforms; the program must be in use."""
        material, program = self.material, self.program
        program.vector("base_colour", material.base_colour)
        program.vector("emissive", material.emissive)
        program.number("metallic", material.metallic)
        program.number("roughness", material.roughness)
        program.number("normal_scale", material.normal_scale)
        program.number("occlusion_strength", material.occlusion_strength)
        program.number("alpha_cutoff", material.alpha_cutoff)
        for unit, name, texture, use in self.textures:
            GL.glActiveTexture(GL.GL_TEXTURE0 + unit)
            GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
            program.integer(f"{name}_map", unit)
            program.matrix(f"{name}_uv", uv_transform(use))
        (GL.glDisable if material.double_sided else GL.glEnable)(GL.GL_CULL_FACE)


def make_surface(
    programs: Programs, pictures: Pictures, material: Material, tangents: bool, sets: int, taps: int
) -> Surface:
    """The surface of a material on a mesh that has tangents or not, and this many sets of texture coordinates."""
    defines = [f"ALPHA_{material.alpha_mode}", f"SHADOW_TAPS {taps}"]
    textures: list[tuple[int, str, int, TextureUse]] = []
    for slot, word, colour in _SLOTS:
        use = material.textures.get(slot)
        if use is None or use.uv >= sets:
            continue
        defines += [f"{word}_MAP", f"{word}_SET texture_uv{use.uv}"]
        textures.append((_FIRST_UNIT + len(textures), slot, pictures.texture(use, colour), use))
    defines += ["UNLIT"] if material.unlit else []
    defines += ["DOUBLE_SIDED"] if material.double_sided else []
    defines += ["TANGENTS"] if tangents else []
    return Surface(material, programs.get("surface.vert", "surface.frag", tuple(defines)), tuple(textures))


def uv_transform(use: TextureUse) -> np.ndarray:
    """The (3, 3) matrix of KHR_texture_transform.

    Source: KHR_texture_transform: translation x rotation x scale.
    """
    sine, cosine = np.sin(use.rotation_radians), np.cos(use.rotation_radians)
    return np.array(
        [
            [cosine * use.scale[0], sine * use.scale[1], use.offset[0]],
            [-sine * use.scale[0], cosine * use.scale[1], use.offset[1]],
            [0, 0, 1],
        ]
    )
