"""Materials as programs: which defines a material needs, and its values as uniforms."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shared.glb import Material, Primitive, TextureUse
from shared.glb.materials import Slot
from studio.render.gl import GL
from studio.render.programs import Program, Programs
from studio.render.textures import Picture, Pictures

_FIRST_UNIT = 4
"""After morphs, joints, room and reflectance."""
_SLOTS: tuple[tuple[Slot, str, bool], ...] = (
    ("base_colour", "BASE_COLOUR", True),
    ("metallic_roughness", "METALLIC_ROUGHNESS", False),
    ("normal", "NORMAL", False),
    ("occlusion", "OCCLUSION", False),
    ("emissive", "EMISSIVE", True),
)


@dataclass(frozen=True, eq=False)
class Look:
    """A material on one primitive before it is on the card: the defines it needs, and its pictures. No OpenGL."""

    material: Material
    defines: tuple[str, ...]
    pictures: tuple[tuple[Slot, Picture, TextureUse], ...]


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
        program.vector("plastic", material.mirrors)
        program.number("plastic_aslant", material.mirrors_aslant)
        program.number("alpha_cutoff", material.alpha_cutoff)
        for unit, name, texture, use in self.textures:
            GL.glActiveTexture(GL.GL_TEXTURE0 + unit)
            GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
            program.integer(f"{name}_map", unit)
            program.matrix(f"{name}_uv", uv_transform(use))


def look_of(pictures: Pictures, material: Material, primitive: Primitive) -> Look:
    """What a material needs on a primitive."""
    sets = 0 if primitive.uv0 is None else 1 if primitive.uv1 is None else 2
    defines = [f"ALPHA_{material.alpha_mode}"]
    shown: list[tuple[Slot, Picture, TextureUse]] = []
    for slot, word, colour in _SLOTS:
        use = material.textures.get(slot)
        if use is None or use.uv >= sets or (material.unlit and slot != "base_colour"):
            continue
        defines += [f"{word}_MAP", f"{word}_SET texture_uv{use.uv}"]
        shown.append((slot, pictures.picture(use, colour), use))
    defines += [f"UV{number}" for number in sorted({use.uv for _, _, use in shown})]
    marks = {
        "UNLIT": material.unlit,
        "DOUBLE_SIDED": material.double_sided,
        "TANGENTS": primitive.tangents is not None and "NORMAL_MAP" in defines,
        "COLOURED": primitive.colours is not None,
        "SKINNED": primitive.joints is not None,
        "FACETED": primitive.faceted,
    }
    return Look(material, (*defines, *(word for word, holds in marks.items() if holds)), tuple(shown))


def make_surface(programs: Programs, look: Look, textures: Mapping[Picture, int]) -> Surface:
    """The surface of a look whose pictures are uploaded."""
    bound = tuple(
        (_FIRST_UNIT + number, slot, textures[picture], use)
        for number, (slot, picture, use) in enumerate(look.pictures)
    )
    return Surface(look.material, programs.get("surface.vert", "surface.frag", look.defines), bound)


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
