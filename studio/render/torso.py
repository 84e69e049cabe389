"""Which nodes are the upper body, so that a gesture of middling strength may leave the legs to the posture."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shared.contract.acting import FaceRig
from shared.glb import Glb, Pose


def upper_body(glb: Glb, face: FaceRig) -> NDArray[np.bool_]:
    """(N,): every node at and below the part of the spine that leaves the hips towards the head.

    Nothing is upper where the tree does not say: then a gesture takes the whole body.
    """
    upper = np.zeros(len(glb.skeleton.parents), np.bool_)
    head = next((glb.node_index(name) for name in (face.head, face.neck) if name), None)
    path: list[int] = []
    node = -1 if head is None else head
    while node != -1:
        path.insert(0, node)
        node = glb.skeleton.parents[node]
    hips = _hips_on(glb, path)
    if hips is None:
        return upper
    for shown in glb.skeleton.shown:
        parent = glb.skeleton.parents[shown]
        upper[shown] = shown == path[hips + 1] or (parent != -1 and bool(upper[parent]))
    return upper


def _hips_on(glb: Glb, path: list[int]) -> int | None:
    """Where on the way from the root to the head the hips are; None when that cannot be told.

    The way branches for the arms, and next below that for the legs, or for whatever a legless figure stands on.
    Scarves, hair and the targets of a rig make it branch too: two limbs of several joints are the surest sign of arms.
    """
    limbs = {at: _branches(glb, here, above) for at, (here, above) in enumerate(pairwise(path))}
    forks = [at for at, found in limbs.items() if found]
    jointed = {at: sum(bool(glb.skeleton.children(limb)) for limb in limbs[at]) for at in forks}
    for fewest in (2, 1, 0):
        for number in range(len(forks) - 1, 0, -1):
            if jointed[forks[number]] >= fewest:
                return forks[number - 1]
    return None


def _branches(glb: Glb, here: int, above: int) -> list[int]:
    return [child for child in glb.skeleton.children(here) if child != above and child in glb.joints]


def masked(pose: Pose, nodes: NDArray[np.bool_]) -> Pose:
    """A pose that moves these nodes only, (N,)."""
    weights = frozenset(node for node in pose.bound_weights if nodes[node])
    return replace(pose, bound=pose.bound & nodes[:, None], bound_weights=weights)
