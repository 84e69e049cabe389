"""Vertices in a pose, computed on the desk: bounds, measures, and the reference for the graphics card."""

from collections.abc import Sequence

import numpy as np

from shared.glb.document import Glb
from shared.glb.geometry import Primitive, geometry
from shared.glb.sampling import Pose, Sampler, inverse_binds, joint_matrices
from shared.glb.transforms import Floats


def posed_positions(glb: Glb, primitive: Primitive, pose: Pose) -> Floats:
    """The vertices of a primitive in world space, (V, 3), morphs and joints applied.

    Source: glTF 2.0, Skins and Morph Targets.
    """
    positions = primitive.positions.astype(np.float64)
    weights = pose.weights.get(primitive.node)
    if primitive.morph_positions is not None and weights is not None:
        positions = positions + np.tensordot(weights, primitive.morph_positions, axes=1)
    if primitive.skin is None or primitive.joints is None or primitive.weights is None:
        return _moved(pose.world[primitive.node], positions)
    matrices = joint_matrices(glb, primitive.skin, pose)
    posed = np.zeros_like(positions)
    for influence in range(4):
        each = matrices[primitive.joints[:, influence]]
        moved = np.einsum("vij,vj->vi", each[:, :3, :3], positions) + each[:, :3, 3]
        posed += primitive.weights[:, influence, None] * moved
    return posed


def bounds(glb: Glb, pose: Pose | None = None, primitives: Sequence[Primitive] | None = None) -> tuple[Floats, Floats]:
    """Lowest and highest corner of all that is drawn in a pose (the rest pose by default); zeros when nothing is."""
    shown = geometry(glb) if primitives is None else primitives
    if not shown:
        return np.zeros(3), np.zeros(3)
    at = Sampler(glb).rest if pose is None else pose
    posed = [posed_positions(glb, primitive, at) for primitive in shown]
    return np.min([p.min(axis=0) for p in posed], axis=0), np.max([p.max(axis=0) for p in posed], axis=0)


def centroids(glb: Glb, primitives: Sequence[Primitive]) -> dict[int, Floats]:
    """For every node that moves vertices: their centre in that node's own space. A head's is amid the head."""
    sums: dict[int, tuple[Floats, int]] = {}
    for primitive in primitives:
        for node, positions in _parts(glb, primitive):
            total, count = sums.get(node, (np.zeros(3), 0))
            sums[node] = (total + positions.sum(axis=0), count + len(positions))
    return {node: total / count for node, (total, count) in sums.items()}


def _parts(glb: Glb, primitive: Primitive) -> list[tuple[int, Floats]]:
    positions = primitive.positions.astype(np.float64)
    if primitive.skin is None or primitive.joints is None or primitive.weights is None:
        return [(primitive.node, positions)]
    skin = glb.items("skins")[primitive.skin]
    binds = inverse_binds(glb, primitive.skin)
    strongest = primitive.weights.argmax(axis=1)
    leading = primitive.joints[np.arange(len(positions)), strongest]
    return [(skin["joints"][joint], _moved(binds[joint], positions[leading == joint])) for joint in np.unique(leading)]


def _moved(matrix: Floats, positions: Floats) -> Floats:
    moved: Floats = positions @ matrix[:3, :3].T + matrix[:3, 3]
    return moved
