"""One avatar on the graphics card: its meshes, surfaces and the matrices of all its joints."""

from collections.abc import Callable, Generator

import numpy as np

from shared.glb import Pose, Primitive
from shared.glb.transforms import Floats
from studio.render.gl import GL
from studio.render.holdings import Holdings
from studio.render.meshes import JOINT_UNIT, MORPH_UNIT, Mesh, buffer_texture, upload_mesh
from studio.render.preparing import Prepared
from studio.render.programs import Program, Programs
from studio.render.surfaces import Surface, make_surface
from studio.render.textures import Picture, upload_picture

Prepare = Callable[[Program], None]


class Model:
    """Draws one avatar once `uploading` has run through. Everything on the card is freed by `dispose`."""

    def __init__(self, prepared: Prepared) -> None:
        self.body = prepared.body
        self.draw_calls = 0
        """Of the last `draw`."""
        self._holdings = Holdings()
        self._joints = prepared.body.joints
        self._buffer = self._rows = 0
        self._meshes: list[Mesh] = []
        self._surfaces: list[Surface] = []
        self._mirrored = np.zeros(len(prepared.parts), np.bool_)
        self._matrices = np.zeros((0, 4, 4))
        self._centres = np.array([_centre(part.primitive) for part in prepared.parts]).reshape(-1, 3)
        self._leaders = np.array(
            [start + _leader(part.primitive) for start, part in zip(self._joints.starts, prepared.parts, strict=True)],
            np.intp,
        )
        self._weights: dict[int, Floats] = {}

    @property
    def triangles(self) -> int:
        """How many triangles a picture takes."""
        return sum(mesh.corners for mesh in self._meshes) // 3

    @property
    def bytes(self) -> int:
        """How much of the card's memory it takes."""
        return self._holdings.bytes

    def uploading(self, prepared: Prepared, programs: Programs) -> Generator[None, None, None]:
        """Bring everything to the card, in slices: the same context must be current whenever it goes on."""
        rows = np.zeros((max(1, len(self._joints.nodes)) * 3, 4))
        self._buffer, self._rows = buffer_texture(self._holdings, rows)
        nothing = buffer_texture(self._holdings, np.zeros((1, 4)))[1]
        textures: dict[Picture, int] = {}
        for picture in prepared.pictures:
            textures[picture] = yield from upload_picture(self._holdings, picture)
        for part, start in zip(prepared.parts, self._joints.starts, strict=True):
            mesh = yield from upload_mesh(self._holdings, part.primitive, part.morphs, start, nothing)
            self._surfaces.append(make_surface(programs, part.look, textures))
            self._meshes.append(mesh)
            yield

    def take_pose(self, pose: Pose, scene_from_file: Floats) -> None:
        """Set where every joint is, and how every mesh is morphed."""
        if len(self._joints.nodes):
            self._matrices = scene_from_file @ pose.world[self._joints.nodes] @ self._joints.binds
            rows = np.ascontiguousarray(self._matrices[:, :3, :], np.float32)
            GL.glBindBuffer(GL.GL_TEXTURE_BUFFER, self._buffer)
            GL.glBufferSubData(GL.GL_TEXTURE_BUFFER, 0, rows.nbytes, rows)
            flips = np.linalg.det(self._matrices[:, :3, :3]) < 0
            self._mirrored = flips[self._joints.starts]
        self._weights = dict(pose.weights)

    def draw(self, prepare: Prepare, eye: Floats) -> None:
        """Draw all surfaces, what shines through last and from afar to near; `prepare` sets light and camera."""
        self.draw_calls = 0
        prepared: Program | None = None
        for number in self._order(eye):
            surface = self._surfaces[number]
            if surface.program is not prepared:
                surface.program.use()
                prepare(surface.program)
                self._bind(surface.program)
                prepared = surface.program
            surface.apply()
            self._draw_sides(number, surface)
        GL.glDepthMask(True)
        GL.glCullFace(GL.GL_BACK)
        GL.glEnable(GL.GL_CULL_FACE)

    def draw_shape(self, program: Program, *, whole: bool = False) -> None:
        """Draw where meshes are with a program in use, whatever their material.

        Args:
            whole: those that shine through too.
        """
        self._bind(program)
        GL.glDisable(GL.GL_CULL_FACE)
        for number, surface in enumerate(self._surfaces):
            if whole or not surface.blended:
                self._draw(number, program)
        GL.glEnable(GL.GL_CULL_FACE)

    def dispose(self) -> None:
        """Free everything on the card."""
        self._holdings.dispose()

    def _order(self, eye: Floats) -> list[int]:
        solid = [number for number, surface in enumerate(self._surfaces) if not surface.blended]
        solid.sort(key=lambda number: self._surfaces[number].program.name)
        blended = [number for number, surface in enumerate(self._surfaces) if surface.blended]
        if len(blended) > 1:
            movers = self._matrices[self._leaders]
            places = np.einsum("nij,nj->ni", movers[:, :3, :3], self._centres) + movers[:, :3, 3]
            away = np.linalg.norm(places - eye, axis=1)
            blended.sort(key=lambda number: -float(away[number]))
        return solid + blended

    def _draw_sides(self, number: int, surface: Surface) -> None:
        # Source: three.js r187: what shines through shows its inside before its outside, and hides nothing.
        GL.glDepthMask(not surface.blended)
        if surface.blended and surface.material.double_sided:
            GL.glEnable(GL.GL_CULL_FACE)
            GL.glCullFace(GL.GL_FRONT)
            self._draw(number, surface.program)
            GL.glCullFace(GL.GL_BACK)
        else:
            (GL.glDisable if surface.material.double_sided else GL.glEnable)(GL.GL_CULL_FACE)
        self._draw(number, surface.program)

    def _draw(self, number: int, program: Program) -> None:
        mesh = self._meshes[number]
        GL.glFrontFace(GL.GL_CW if self._mirrored[number] else GL.GL_CCW)
        mesh.draw(program, self._weights.get(mesh.node))
        GL.glFrontFace(GL.GL_CCW)
        self.draw_calls += 1

    def _bind(self, program: Program) -> None:
        program.integer("morph_offsets", MORPH_UNIT)
        program.integer("joint_rows", JOINT_UNIT)
        GL.glActiveTexture(GL.GL_TEXTURE0 + JOINT_UNIT)
        GL.glBindTexture(GL.GL_TEXTURE_BUFFER, self._rows)


def _centre(primitive: Primitive) -> Floats:
    low, high = primitive.positions.min(axis=0), primitive.positions.max(axis=0)
    return np.asarray((low + high) / 2, np.float64)


def _leader(primitive: Primitive) -> int:
    """The joint that moves most of a primitive, in its own skin's list."""
    if primitive.joints is None or primitive.weights is None:
        return 0
    return int(np.bincount(primitive.joints.ravel(), primitive.weights.ravel()).argmax())
