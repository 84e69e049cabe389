"""A figure of any number of triangles: a skinned, textured column that bends, to measure drawing by."""

import numpy as np

from tests.shared.glb.building import GlbBuilder
from tests.studio.render.showing import add_picture, sphere

CLIP = "Sway"
RATE = 30.0
"""Frames a second at which it is drawn."""
JOINTS = 24
BALLS = 4
SECONDS = 2.0


def figure_glb(triangles: int) -> bytes:
    """Four balls, one over the other, a mesh each; all bend with one chain of joints."""
    make = GlbBuilder()
    sectors = round(np.sqrt(triangles / BALLS))
    positions, uv, indices = sphere(sectors // 2, sectors)
    make.node(children=[1])
    chain = _add_chain(make)
    shared = {"NORMAL": make.floats(positions, "VEC3"), "TEXCOORD_0": make.floats(uv, "VEC2")}
    corners = make.accessor(indices, "SCALAR")
    for ball in range(BALLS):
        place = positions * 0.5 + np.array([0, ball + 0.5, 0], np.float32)
        attributes = {"POSITION": make.floats(place, "VEC3"), **shared, **_weights(make, place)}
        part = {"attributes": attributes, "indices": corners, "material": 0}
        make.document["meshes"].append({"primitives": [part]})
        node = make.node(mesh=ball, skin=0)
        make.document["nodes"][0]["children"].append(node)
    binds = np.tile(np.eye(4, dtype=np.float32), (JOINTS, 1, 1))
    binds[:, 3, 1] = -np.arange(JOINTS) * BALLS / JOINTS
    make.document["skins"] = [{"joints": chain, "inverseBindMatrices": make.floats(binds.reshape(-1, 16), "MAT4")}]
    _add_material(make)
    return make.glb()


def _add_chain(make: GlbBuilder) -> list[int]:
    chain = [
        make.node(name=f"joint{number}", translation=[0, BALLS / JOINTS * (number > 0), 0]) for number in range(JOINTS)
    ]
    times = np.linspace(0, SECONDS, 13, dtype=np.float32)
    angle = np.sin(times / SECONDS * 2 * np.pi) * 0.02
    turns = np.stack([0 * angle, 0 * angle, np.sin(angle), np.cos(angle)], axis=1)
    when, values = make.floats(times, "SCALAR"), make.floats(turns, "VEC4")
    for number, node in enumerate(chain[:-1]):
        make.document["nodes"][node]["children"] = [chain[number + 1]]
    make.clip(CLIP, *((node, "rotation", "LINEAR", when, values) for node in chain))
    return chain


def _weights(make: GlbBuilder, place: np.ndarray) -> dict[str, int]:
    along = np.clip(place[:, 1] / BALLS * JOINTS, 0, JOINTS - 1.001)
    lower = along.astype(np.uint8)
    share = (along - lower).astype(np.float32)
    nothing = np.zeros_like(share)
    joints = np.stack([lower, lower + 1, 0 * lower, 0 * lower], axis=1).astype(np.uint8)
    weights = np.stack([1 - share, share, nothing, nothing], axis=1)
    return {"JOINTS_0": make.accessor(joints, "VEC4"), "WEIGHTS_0": make.floats(weights, "VEC4")}


def _add_material(make: GlbBuilder) -> None:
    stripes = np.indices((256, 256)).sum(axis=0) // 16 % 2
    picture = np.where(stripes[..., None], [60, 120, 210], [240, 235, 225]).astype(np.uint8)
    add_picture(make, picture)
    make.document["textures"] = [{"source": 0}]
    surface = {"baseColorTexture": {"index": 0}, "metallicFactor": 0.1, "roughnessFactor": 0.6}
    make.document["materials"] = [{"pbrMetallicRoughness": surface}]
