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
STRAND = 200


def figure_glb(triangles: int, joints: int = JOINTS) -> bytes:
    """Four balls, one over the other, a mesh each; all bend with one chain of joints."""
    make = GlbBuilder()
    sectors = round(np.sqrt(triangles / BALLS))
    positions, uv, indices = sphere(sectors // 2, sectors)
    make.node(children=[])
    chain = _add_chain(make, joints)
    shared = {"NORMAL": make.floats(positions, "VEC3"), "TEXCOORD_0": make.floats(uv, "VEC2")}
    corners = make.accessor(indices, "SCALAR")
    for ball in range(BALLS):
        place = positions * 0.5 + np.array([0, ball + 0.5, 0], np.float32)
        attributes = {"POSITION": make.floats(place, "VEC3"), **shared, **_weights(make, place, joints)}
        part = {"attributes": attributes, "indices": corners, "material": 0}
        make.document["meshes"].append({"primitives": [part]})
        node = make.node(mesh=ball, skin=0)
        make.document["nodes"][0]["children"].append(node)
    binds = np.tile(np.eye(4, dtype=np.float32), (joints, 1, 1))
    binds[:, 3, 1] = -np.arange(joints) * BALLS / joints
    make.document["skins"] = [{"joints": chain, "inverseBindMatrices": make.floats(binds.reshape(-1, 16), "MAT4")}]
    _add_material(make)
    return make.glb()


def _add_chain(make: GlbBuilder, joints: int) -> list[int]:
    # Files are read to a depth of some hundred nodes: after so many, a new strand begins at the root.
    heights = np.arange(joints) * BALLS / joints
    steps = [heights[n] - (0 if n % STRAND == 0 else heights[n - 1]) for n in range(joints)]
    chain = [make.node(name=f"joint{n}", translation=[0, float(step), 0]) for n, step in enumerate(steps)]
    make.document["nodes"][0]["children"] = chain[::STRAND]
    times = np.linspace(0, SECONDS, 13, dtype=np.float32)
    angle = np.sin(times / SECONDS * 2 * np.pi) * 0.48 / joints
    turns = np.stack([0 * angle, 0 * angle, np.sin(angle), np.cos(angle)], axis=1)
    when, values = make.floats(times, "SCALAR"), make.floats(turns, "VEC4")
    for number, node in enumerate(chain[1:], start=1):
        if number % STRAND:
            make.document["nodes"][chain[number - 1]]["children"] = [node]
    make.clip(CLIP, *((node, "rotation", "LINEAR", when, values) for node in chain))
    return chain


def _weights(make: GlbBuilder, place: np.ndarray, count: int) -> dict[str, int]:
    along = np.clip(place[:, 1] / BALLS * count, 0, count - 1.001)
    lower = along.astype(np.uint16)
    share = (along - lower).astype(np.float32)
    nothing = np.zeros_like(share)
    joints = np.stack([lower, lower + 1, 0 * lower, 0 * lower], axis=1).astype(np.uint16)
    weights = np.stack([1 - share, share, nothing, nothing], axis=1)
    return {"JOINTS_0": make.accessor(joints, "VEC4"), "WEIGHTS_0": make.floats(weights, "VEC4")}


def _add_material(make: GlbBuilder) -> None:
    stripes = np.indices((256, 256)).sum(axis=0) // 16 % 2
    picture = np.where(stripes[..., None], [60, 120, 210], [240, 235, 225]).astype(np.uint8)
    add_picture(make, picture)
    make.document["textures"] = [{"source": 0}]
    surface = {"baseColorTexture": {"index": 0}, "metallicFactor": 0.1, "roughnessFactor": 0.6}
    make.document["materials"] = [{"pbrMetallicRoughness": surface}]
