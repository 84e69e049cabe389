"""Which nodes are the upper body, so that a gesture of middling strength may leave the legs to the posture."""

from dataclasses import replace

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
    # The hips are the first node on the way up whose children go two ways, head and legs.
    fork = next((at for at in range(len(path) - 1) if _forks(glb, path[at], path[at + 1])), None)
    if fork is None:
        return upper
    for shown in glb.skeleton.shown:
        parent = glb.skeleton.parents[shown]
        upper[shown] = shown == path[fork + 1] or (parent != -1 and bool(upper[parent]))
    return upper


def _forks(glb: Glb, here: int, above: int) -> bool:
    others = (child for child in glb.skeleton.children(here) if child != above and child in glb.joints)
    return any(glb.skeleton.children(child) for child in others)


def masked(pose: Pose, nodes: NDArray[np.bool_]) -> Pose:
    """A pose that moves these nodes only, (N,)."""
    weights = frozenset(node for node in pose.bound_weights if nodes[node])
    return replace(pose, bound=pose.bound & nodes[:, None], bound_weights=weights)
