"""Which nodes are hips, upper body and head: what a clip may move when it leaves the rest to the posture."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from shared.contract.acting import BodyMask, FaceRig
from shared.glb.document import Glb
from shared.glb.sampling import Bools


@dataclass(frozen=True, eq=False)
class Torso:
    """The parts of one body. A part without nodes is one that the tree does not tell."""

    hips: int | None
    """The joint that legs and spine hang on, else the topmost joint; None without joints."""
    upper: Bools
    """(N,) every node at and below the part of the spine that leaves the hips towards the head."""
    head: Bools
    """(N,) neck, head and what hangs on them."""

    def nodes(self, mask: BodyMask, *, upper_only: bool = False) -> Bools | None:
        """(N,) what a clip of this mask may move; None is everything, also where the tree does not tell the part."""
        part = self.head if mask == "head" else self.upper if mask == "upper" or upper_only else None
        return part if part is not None and part.any() else None


def find_torso(glb: Glb, face: FaceRig) -> Torso:
    """Find the parts by the way from the root to the head."""
    path = _path(glb, next((glb.node_index(name) for name in (face.head, face.neck) if name), None))
    fork = _hips_on(glb, path)
    first_joint = next((node for node in glb.skeleton.shown if node in glb.joints), None)
    neck = next((glb.node_index(name) for name in (face.neck, face.head) if name), None)
    return Torso(
        hips=first_joint if fork is None else path[fork],
        upper=_below(glb, None if fork is None else path[fork + 1]),
        head=_below(glb, neck),
    )


def _path(glb: Glb, node: int | None) -> list[int]:
    path: list[int] = []
    at = -1 if node is None else node
    while at != -1:
        path.insert(0, at)
        at = glb.skeleton.parents[at]
    return path


def _below(glb: Glb, top: int | None) -> Bools:
    part = np.zeros(len(glb.skeleton.parents), np.bool_)
    for node in glb.skeleton.shown if top is not None else ():
        parent = glb.skeleton.parents[node]
        part[node] = node == top or (parent != -1 and bool(part[parent]))
    return part


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
