"""Primitives on the graphics card: vertex arrays, and morph targets in a texture buffer."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.glb import Primitive
from studio.render.gl import GL, attribute, attribute_of_integers, draw_triangles
from studio.render.holdings import Holdings
from studio.render.programs import MOST_MORPHS, Program

Texels = NDArray[np.float32]

MORPH_UNIT, JOINT_UNIT = 0, 1
"""Texture units of the two buffers; pictures come after them."""
_IDLE_WEIGHT = 1e-4


@dataclass(frozen=True, eq=False)
class Mesh:
    """One primitive, uploaded."""

    vertex_array: int
    corners: int
    vertices: int
    morphs: int
    """The texture of the morph targets' offsets; an empty one without morph targets."""
    node: int
    first_joint: int
    """Where its joints begin in the list of all matrices."""
    coloured: bool
    skinned: bool

    def draw(self, program: Program, weights: np.ndarray | None) -> None:
        """Draw it with the program in use, morphed by the node's weights (M,)."""
        GL.glBindVertexArray(self.vertex_array)
        # Attributes that the primitive lacks are constants, and these belong to the context.
        if not self.coloured:
            GL.glVertexAttrib4f(5, 1, 1, 1, 1)
        if not self.skinned:
            GL.glVertexAttribI4ui(6, 0, 0, 0, 0)
            GL.glVertexAttrib4f(7, 1, 0, 0, 0)
        program.integer("first_joint", self.first_joint)
        program.integer("vertex_count", self.vertices)
        program.morphs(*strongest(weights))
        GL.glActiveTexture(GL.GL_TEXTURE0 + MORPH_UNIT)
        GL.glBindTexture(GL.GL_TEXTURE_BUFFER, self.morphs)
        draw_triangles(self.corners)


def strongest(weights: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """The targets that act and their weights; of more than the shader takes, the strongest."""
    if weights is None:
        return np.zeros(0, np.int32), np.zeros(0, np.float32)
    acting = np.flatnonzero(np.abs(weights) > _IDLE_WEIGHT)
    if len(acting) > MOST_MORPHS:
        acting = acting[np.argsort(-np.abs(weights[acting]))[:MOST_MORPHS]]
    return acting.astype(np.int32), weights[acting].astype(np.float32)


def upload_mesh(
    holdings: Holdings, primitive: Primitive, morphs: Texels | None, first_joint: int, no_morphs: int
) -> Generator[None, None, Mesh]:
    """Bring a primitive to the graphics card, an attribute at a time.

    Args:
        morphs: what `morph_texels` made of it.
        no_morphs: the texture for those without morph targets.
    """
    vertex_array = holdings.vertex_array()
    floats = (
        (0, primitive.positions), (1, primitive.normals), (2, primitive.tangents), (3, primitive.uv0),
        (4, primitive.uv1), (5, primitive.colours), (7, primitive.weights),
    )  # fmt: skip
    for location, values in floats:
        if values is not None:
            GL.glBindVertexArray(vertex_array)
            _fill(holdings, GL.GL_ARRAY_BUFFER, np.ascontiguousarray(values, np.float32))
            attribute(location, values.shape[1])
            yield
    GL.glBindVertexArray(vertex_array)
    if primitive.joints is not None:
        _fill(holdings, GL.GL_ARRAY_BUFFER, np.ascontiguousarray(primitive.joints, np.uint32))
        attribute_of_integers(6, 4)
    _fill(holdings, GL.GL_ELEMENT_ARRAY_BUFFER, np.ascontiguousarray(primitive.indices, np.uint32))
    GL.glBindVertexArray(0)
    return Mesh(
        vertex_array=vertex_array,
        corners=len(primitive.indices),
        vertices=len(primitive.positions),
        morphs=no_morphs if morphs is None else buffer_texture(holdings, morphs)[1],
        node=primitive.node,
        first_joint=first_joint,
        coloured=primitive.colours is not None,
        skinned=primitive.joints is not None,
    )


def buffer_texture(holdings: Holdings, texels: np.ndarray) -> tuple[int, int]:
    """A buffer and the texture through which shaders fetch its texels (n, 4)."""
    buffer, texture = holdings.buffer(), holdings.texture()
    GL.glBindBuffer(GL.GL_TEXTURE_BUFFER, buffer)
    content = np.ascontiguousarray(texels, np.float32)
    holdings.weigh(content.nbytes)
    GL.glBufferData(GL.GL_TEXTURE_BUFFER, content.nbytes, content, GL.GL_DYNAMIC_DRAW)
    GL.glBindTexture(GL.GL_TEXTURE_BUFFER, texture)
    GL.glTexBuffer(GL.GL_TEXTURE_BUFFER, GL.GL_RGBA32F, buffer)
    return buffer, texture


def morph_texels(primitive: Primitive) -> Texels | None:
    """The offsets of all morph targets as the vertex shader fetches them; None without morph targets. No OpenGL."""
    given = primitive.morph_positions if primitive.morph_positions is not None else primitive.morph_normals
    if given is None:
        return None
    targets, vertices = given.shape[:2]
    texels = np.zeros((targets, vertices, 2, 4), np.float32)
    if primitive.morph_positions is not None:
        texels[:, :, 0, :3] = primitive.morph_positions
    if primitive.morph_normals is not None:
        texels[:, :, 1, :3] = primitive.morph_normals
    return texels.reshape(-1, 4)


def _fill(holdings: Holdings, target: int, content: np.ndarray) -> None:
    GL.glBindBuffer(target, holdings.buffer())
    holdings.weigh(content.nbytes)
    GL.glBufferData(target, content.nbytes, content, GL.GL_STATIC_DRAW)
