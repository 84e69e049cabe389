"""What is drawn for the designer over the avatar: the grid on the floor, the skeleton, the wireframe."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.glb import Pose
from shared.glb.transforms import Floats
from studio.render.gl import GL, attribute
from studio.render.holdings import Holdings
from studio.render.model import Model
from studio.render.preparing import Body
from studio.render.programs import Program, Programs

Colour4 = tuple[float, float, float, float]

_BONE, _JOINT = (0.16, 0.55, 1.0, 0.95), (1.0, 0.72, 0.18, 1.0)
_WIRE = (0.10, 0.62, 0.95, 0.55)
_JOINT_SIZE = 0.006
"""Body heights."""
_GRID_CELLS = 10
"""To either side of the middle; each a tenth of the body's height, every fifth line stronger."""


@dataclass(frozen=True)
class Overlays:
    """Which of them are shown."""

    grid: bool = False
    skeleton: bool = False
    wireframe: bool = False

    @property
    def any(self) -> bool:
        """Whether there is anything to draw."""
        return self.grid or self.skeleton or self.wireframe


class Sketcher:
    """Draws lines in the scene. Make it, use it and dispose of it while the stage's context is current."""

    def __init__(self, holdings: Holdings, programs: Programs) -> None:
        self._programs = programs
        self._lines = holdings.vertex_array()
        self._buffer = holdings.buffer()
        GL.glBindVertexArray(self._lines)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, self._buffer)
        attribute(0, 4)
        GL.glBindVertexArray(0)

    def draw_grid(self, clip_from_scene: Floats, *, dark: bool) -> None:
        """Draw the floor's lines, behind the avatar."""
        GL.glDepthMask(False)
        self._draw(GL.GL_LINES, _grid(), clip_from_scene, (0.75, 0.8, 0.9, 0.5) if dark else (0.2, 0.25, 0.35, 0.45))
        GL.glDepthMask(True)

    def draw_skeleton(self, clip_from_scene: Floats, body: Body, pose: Pose) -> None:
        """Draw bones and joints through everything."""
        matrix = body.scene_from_file
        places = pose.world[:, :3, 3] @ matrix[:3, :3].T + matrix[:3, 3]
        joints = skeleton_joints(body)
        GL.glDisable(GL.GL_DEPTH_TEST)
        bones = [(parent, joint) for joint, parent in joints.items() if parent is not None]
        self._draw(GL.GL_LINES, _solid(places[np.array(bones, np.intp).ravel()]), clip_from_scene, _BONE)
        self._draw(GL.GL_TRIANGLES, _solid(_diamonds(places[list(joints)])), clip_from_scene, _JOINT)
        GL.glEnable(GL.GL_DEPTH_TEST)

    def draw_wireframe(self, clip_from_scene: Floats, model: Model) -> None:
        """Draw every triangle's edges over the surfaces."""
        program = self._programs.get("shape.vert", "shape.frag")
        program.use()
        program.matrix("clip_from_scene", clip_from_scene)
        program.vector("colour", _WIRE)
        GL.glPolygonMode(GL.GL_FRONT_AND_BACK, GL.GL_LINE)
        GL.glEnable(GL.GL_POLYGON_OFFSET_LINE)
        GL.glPolygonOffset(-1.0, -1.0)
        model.draw_shape(program, whole=True)
        GL.glDisable(GL.GL_POLYGON_OFFSET_LINE)
        GL.glPolygonMode(GL.GL_FRONT_AND_BACK, GL.GL_FILL)
        GL.glDisable(GL.GL_CULL_FACE)

    def _draw(self, kind: int, corners: NDArray[np.float32], clip_from_scene: Floats, colour: Colour4) -> None:
        """Corners are (n, 4): a place in the scene, and how strong the colour is there."""
        if len(corners) == 0:
            return
        program: Program = self._programs.get("line.vert", "line.frag")
        program.use()
        program.matrix("clip_from_scene", clip_from_scene)
        program.vector("colour", colour)
        GL.glBindVertexArray(self._lines)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, self._buffer)
        GL.glBufferData(GL.GL_ARRAY_BUFFER, corners.nbytes, corners, GL.GL_STREAM_DRAW)
        GL.glDrawArrays(kind, 0, len(corners))


def skeleton_joints(body: Body) -> dict[int, int | None]:
    """The joints of all skins, each with the nearest joint above it; nodes that move meshes where there is no skin."""
    glb = body.glb
    joints = {number for skin in glb.items("skins") for number in skin["joints"]}
    if not joints:
        joints = set(body.mesh_nodes)
    parents = {child: number for number, node in enumerate(glb.items("nodes")) for child in node.get("children") or ()}
    return {joint: _above(joint, parents, joints) for joint in sorted(joints)}


def _above(joint: int, parents: dict[int, int], joints: set[int]) -> int | None:
    up = parents.get(joint)
    while up is not None and up not in joints:
        up = parents.get(up)
    return up


def _grid() -> NDArray[np.float32]:
    reach = _GRID_CELLS / 10
    rows: list[tuple[float, float, float, float]] = []
    for number in range(-_GRID_CELLS, _GRID_CELLS + 1):
        at, strength = number / 10, 1.0 if number % 5 == 0 else 0.45
        # Lines fade out towards their ends: the floor has no edge.
        for (x0, z0), (x1, z1) in (((-reach, at), (0.0, at)), ((0.0, at), (reach, at))):
            ends = [(x0, z0), (x1, z1)]
            rows += [(x, 0.0, z, strength * _fade(x, z, reach)) for x, z in ends]
            rows += [(z, 0.0, x, strength * _fade(x, z, reach)) for x, z in ends]
    return np.array(rows, np.float32)


def _fade(x: float, z: float, reach: float) -> float:
    return max(0.0, 1 - (x * x + z * z) / (reach * reach))


def _solid(places: Floats) -> NDArray[np.float32]:
    return np.column_stack([places, np.ones(len(places))]).astype(np.float32)


def _diamonds(places: Floats) -> Floats:
    tips = np.array([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]]) * _JOINT_SIZE
    faces = [(0, 2, 4), (2, 1, 4), (1, 3, 4), (3, 0, 4), (2, 0, 5), (1, 2, 5), (3, 1, 5), (0, 3, 5)]
    corners: Floats = (places[:, None, :] + tips[np.array(faces).ravel()][None]).reshape(-1, 3)
    return corners
