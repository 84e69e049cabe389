"""One avatar on the graphics card: its meshes, surfaces and the matrices of all its joints."""

from collections.abc import Callable

import numpy as np

from shared.glb import Glb, Material, Pose, Primitive, geometry, inverse_binds, materials
from shared.glb.transforms import Floats
from studio.render.gl import GL
from studio.render.holdings import Holdings
from studio.render.meshes import JOINT_UNIT, MORPH_UNIT, buffer_texture, upload_mesh
from studio.render.programs import Program, Programs
from studio.render.surfaces import Surface, make_surface
from studio.render.textures import Pictures


class Model:
    """Draws one GLB. Everything on the card is freed by `dispose`."""

    def __init__(self, glb: Glb, programs: Programs, shadow_taps: int) -> None:
        self._holdings = Holdings()
        self._glb = glb
        self.primitives = geometry(glb)
        self._joints, self._binds, starts = _joint_list(glb, self.primitives)
        self._buffer, self._rows = buffer_texture(self._holdings, np.zeros((max(1, len(self._joints)) * 3, 4)))
        nothing = buffer_texture(self._holdings, np.zeros((1, 4)))[1]
        self._meshes = [
            upload_mesh(self._holdings, primitive, start, nothing)
            for primitive, start in zip(self.primitives, starts, strict=True)
        ]
        self._surfaces = self._make_surfaces(programs, shadow_taps)
        self._mirrored = np.zeros(len(self._meshes), np.bool_)
        self._weights: dict[int, Floats] = {}

    def take_pose(self, pose: Pose, scene_from_file: Floats) -> None:
        """Set where every joint is, and how every mesh is morphed."""
        if len(self._joints):
            matrices = scene_from_file @ pose.world[self._joints] @ self._binds
            rows = np.ascontiguousarray(matrices[:, :3, :], np.float32)
            GL.glBindBuffer(GL.GL_TEXTURE_BUFFER, self._buffer)
            GL.glBufferSubData(GL.GL_TEXTURE_BUFFER, 0, rows.nbytes, rows)
            flips = np.linalg.det(matrices[:, :3, :3]) < 0
            self._mirrored = flips[[mesh.first_joint for mesh in self._meshes]]
        self._weights = dict(pose.weights)

    def draw(self, prepare: Callable[[Program], None]) -> None:
        """Draw all surfaces, what shines through last; `prepare` sets a program's light and camera."""
        order = sorted(range(len(self._meshes)), key=lambda number: self._surfaces[number].blended)
        prepared: Program | None = None
        for number in order:
            surface = self._surfaces[number]
            if surface.program is not prepared:
                surface.program.use()
                prepare(surface.program)
                self._bind(surface.program)
                prepared = surface.program
            surface.apply()
            GL.glDepthMask(not surface.blended)
            self._draw(number, surface.program)
        GL.glDepthMask(True)
        GL.glEnable(GL.GL_CULL_FACE)

    def draw_shape(self, program: Program) -> None:
        """Draw every mesh that casts a shadow with a program in use, whatever its material."""
        self._bind(program)
        GL.glDisable(GL.GL_CULL_FACE)
        for number, surface in enumerate(self._surfaces):
            if not surface.blended:
                self._draw(number, program)
        GL.glEnable(GL.GL_CULL_FACE)

    def dispose(self) -> None:
        """Free everything on the card."""
        self._holdings.dispose()

    def _draw(self, number: int, program: Program) -> None:
        mesh = self._meshes[number]
        GL.glFrontFace(GL.GL_CW if self._mirrored[number] else GL.GL_CCW)
        mesh.draw(program, self._weights.get(mesh.node))
        GL.glFrontFace(GL.GL_CCW)

    def _bind(self, program: Program) -> None:
        program.integer("morph_offsets", MORPH_UNIT)
        program.integer("joint_rows", JOINT_UNIT)
        GL.glActiveTexture(GL.GL_TEXTURE0 + JOINT_UNIT)
        GL.glBindTexture(GL.GL_TEXTURE_BUFFER, self._rows)

    def _make_surfaces(self, programs: Programs, taps: int) -> list[Surface]:
        pictures = Pictures(self._holdings, self._glb)
        known = [*materials(self._glb), Material()]
        surfaces = []
        for primitive, mesh in zip(self.primitives, self._meshes, strict=True):
            material = known[-1 if primitive.material is None else primitive.material]
            sets = 0 if primitive.uv0 is None else 1 if primitive.uv1 is None else 2
            surfaces.append(make_surface(programs, pictures, material, mesh.tangents, sets, taps))
        return surfaces


def _joint_list(glb: Glb, primitives: list[Primitive]) -> tuple[np.ndarray, Floats, list[int]]:
    """Nodes and bind matrices of all joints, one list for all; where each primitive's joints begin in it."""
    nodes: list[int] = []
    binds: list[Floats] = []
    starts: dict[tuple[str, int], int] = {}
    for primitive in primitives:
        key = ("node", primitive.node) if primitive.skin is None else ("skin", primitive.skin)
        if key not in starts:
            starts[key] = len(nodes)
            nodes += [primitive.node] if primitive.skin is None else glb.items("skins")[primitive.skin]["joints"]
            binds.append(np.eye(4)[None] if primitive.skin is None else inverse_binds(glb, primitive.skin))
    keys = [("node", p.node) if p.skin is None else ("skin", p.skin) for p in primitives]
    stacked = np.concatenate(binds) if binds else np.zeros((0, 4, 4))
    return np.array(nodes, np.intp), stacked, [starts[key] for key in keys]
