"""An avatar made ready for the graphics card: everything that takes long and needs no OpenGL, on any thread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.contract.acting import ActingMap
from shared.glb import Glb, Material, Primitive, geometry, inverse_binds, materials
from shared.glb.transforms import Floats
from studio.render.framing import Figure, measured
from studio.render.meshes import Texels, morph_texels
from studio.render.player import Player
from studio.render.surfaces import Look, look_of
from studio.render.textures import Picture, Pictures


@dataclass(frozen=True, eq=False)
class Joints:
    """All matrices that move vertices, one list for all primitives."""

    nodes: NDArray[np.intp]
    binds: Floats
    """(J, 4, 4)."""
    starts: list[int]
    """Where each primitive's begin."""


@dataclass(frozen=True, eq=False)
class Part:
    """One primitive with what it looks like."""

    primitive: Primitive
    morphs: Texels | None
    look: Look


@dataclass(frozen=True, eq=False)
class Body:
    """What is known of an avatar for as long as it is on the stage."""

    glb: Glb
    joints: Joints
    mesh_nodes: frozenset[int]
    figure: Figure
    """In the file's units, standing."""
    scene_from_file: Floats
    """Makes it one unit high, on the floor, over the origin, facing +Z."""
    flesh: float
    """How far in the scene the surface goes beyond the box of the joints."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """An avatar that has only to be uploaded."""

    body: Body
    player: Player
    parts: list[Part]
    pictures: list[Picture]


def prepare(glb: Glb, acting: ActingMap | None = None, seed: int = 0) -> Prepared:
    """Read an avatar's triangles, pictures and clips, and measure it standing in its idle's first pose."""
    player = Player(glb, acting, seed)
    primitives = geometry(glb)
    pictures, known = Pictures(glb), [*materials(glb), Material()]
    looks = [look_of(pictures, known[-1 if p.material is None else p.material], p) for p in primitives]
    parts = [Part(p, morph_texels(p), look) for p, look in zip(primitives, looks, strict=True)]
    shown = list(dict.fromkeys(picture for look in looks for _, picture, _ in look.pictures))
    standing, joints = player.sampler.pose(standing_clip(player), 0.0), _joint_list(glb, primitives)
    figure = measured(glb, standing, primitives)
    turn = _scene_from_file(figure, player.acting.front)
    flesh = _beyond_joints(figure, standing.world[joints.nodes, :3, 3])
    body = Body(glb, joints, frozenset(primitive.node for primitive in primitives), figure, turn, flesh)
    return Prepared(body, player, parts, shown)


def standing_clip(player: Player) -> str | None:
    """The clip in whose first pose the avatar stands: its idle."""
    idle = next((choice.clip for choice in player.acting.roles.get("idle", ())), None)
    if idle in player.sampler.clip_names:
        return idle
    return next((name for name in player.sampler.clip_names if "idle" in name.lower()), None)


def _scene_from_file(figure: Figure, front: str) -> Floats:
    scale = 1 / figure.height
    turn = 1.0 if front == "+Z" else -1.0
    matrix = np.diag([scale * turn, scale, scale * turn, 1.0])
    matrix[:3, 3] = matrix[:3, :3] @ -np.array([figure.centre_x, figure.bottom, figure.centre_z])
    return matrix


def _beyond_joints(figure: Figure, places: Floats) -> float:
    if len(places) == 0:
        return 1.0
    middle = np.array([figure.centre_x, figure.bottom + figure.height / 2, figure.centre_z])
    half = np.array([figure.width, figure.height, figure.depth]) / 2
    beyond = max(float((middle + half - places.max(axis=0)).max()), float((places.min(axis=0) - middle + half).max()))
    return max(beyond, 0.0) / figure.height


def _joint_list(glb: Glb, primitives: list[Primitive]) -> Joints:
    nodes: list[int] = []
    binds: list[Floats] = []
    starts: dict[tuple[str, int], int] = {}
    for primitive in primitives:
        key = _mover(primitive)
        if key not in starts:
            starts[key] = len(nodes)
            nodes += [primitive.node] if primitive.skin is None else glb.items("skins")[primitive.skin]["joints"]
            binds.append(np.eye(4)[None] if primitive.skin is None else inverse_binds(glb, primitive.skin))
    stacked = np.concatenate(binds) if binds else np.zeros((0, 4, 4))
    return Joints(np.array(nodes, np.intp), stacked, [starts[_mover(primitive)] for primitive in primitives])


def _mover(primitive: Primitive) -> tuple[str, int]:
    return ("node", primitive.node) if primitive.skin is None else ("skin", primitive.skin)
