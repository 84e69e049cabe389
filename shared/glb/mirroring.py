"""Left for right: which nodes are each other's mirror image, and clips reflected about the body's middle.

A clip is reflected key by key: the reflection is linear, so that what lies between keys is reflected with them. The
widget does the same (widget/src/stage/mirror.ts).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from shared.glb.curves import Clip, Track
from shared.glb.document import Glb
from shared.glb.face import morph_nodes
from shared.glb.sampling import Sampler
from shared.glb.transforms import Floats, conjugate, multiply, normalise, rotate

SIDES = (("Left", "Right"), ("left", "right"), ("LEFT", "RIGHT"), ("L", "R"), ("l", "r"))
"""What stands in names for a side. Any letter l could: it counts where the name with an r is there too."""
_SYMMETRIC = 0.02
"""Of the joints' extent: so far from its image a joint may be to be taken for it."""

Integers = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Mirror:
    """How a body is reflected. Without pairs it is not."""

    partners: Integers
    """(N,) whose image every node is; its own for what lies amid the body."""
    axis: int
    """From one side of the body to the other: 0 for X, 2 for Z."""
    morphs: dict[int, Integers]
    """Per node the morph target that each one is the image of."""

    @property
    def pairs(self) -> int:
        """How many pairs of nodes were found."""
        return int((self.partners != np.arange(len(self.partners))).sum()) // 2

    @property
    def reflection(self) -> Floats:
        """(3,) signs of a place seen in the mirror."""
        return np.where(np.arange(3) == self.axis, -1.0, 1.0)


def find_mirror(sampler: Sampler) -> Mirror:
    """Pair nodes by the words for left and right in their names, else joints by where they rest."""
    glb = sampler.glb
    nodes = glb.items("nodes")
    shown = set(glb.skeleton.shown)
    names = [node.get("name") or "" if number in shown else "" for number, node in enumerate(nodes)]
    places = sampler.rest.world[:, :3, 3]
    partners = _agreeing(glb, image_indices(names))
    if (partners == np.arange(len(names))).all():
        partners = _agreeing(glb, _by_place(glb, places))
    morphs = {node: np.array(image_indices(row), np.intp) for node, row in morph_nodes(glb).items()}
    return Mirror(partners, _axis(places, partners), morphs)


def image_indices(names: Iterable[str]) -> list[int]:
    """For each name the place of the same name with left and right exchanged, else its own."""
    given = list(names)
    places = {name: number for number, name in reversed(list(enumerate(given))) if name}
    return [places.get(_image_of(name, places), number) for number, name in enumerate(given)]


def _image_of(name: str, known: dict[str, int]) -> str:
    for left, right in SIDES:
        for side, other in ((left, right), (right, left)):
            at = name.find(side)
            while at >= 0:
                image = name[:at] + other + name[at + len(side) :]
                if image in known:
                    return image
                at = name.find(side, at + 1)
    return name


def _by_place(glb: Glb, places: Floats) -> list[int]:
    """Joints whose images across the plane through the topmost joint are joints again; bodies look along Z."""
    partners = list(range(len(places)))
    joints = [node for node in glb.skeleton.shown if node in glb.joints]
    if not joints:
        return partners
    own = places[joints]
    images = own * [-1, 1, 1] + [2 * own[0, 0], 0, 0]
    gaps = np.linalg.norm(images[:, None] - own[None], axis=-1)
    near = _SYMMETRIC * float(np.ptp(own, axis=0).max())
    closest = gaps.argmin(axis=1)
    for row, other in enumerate(closest):
        if other != row and closest[other] == row and gaps[row, other] <= near:
            partners[joints[row]] = joints[int(other)]
    return partners


def _agreeing(glb: Glb, partners: list[int]) -> Integers:
    """Only pairs that name each other and hang on a pair, or on the same node."""
    kept = np.arange(len(partners), dtype=np.intp)
    parents = glb.skeleton.parents

    def image(node: int) -> int:
        return -1 if node == -1 else int(kept[node])

    for node in glb.skeleton.shown:
        other = partners[node]
        if partners[other] == node and parents[other] == image(parents[node]):
            kept[node] = other
    # A pair of which only one half was kept is none.
    return np.where(kept[kept] == np.arange(len(kept)), kept, np.arange(len(kept)))


def _axis(places: Floats, partners: Integers) -> int:
    across = np.abs(places - places[partners]).sum(axis=0)
    return 2 if across[2] > across[0] else 0


def mirrored(clip: Clip, mirror: Mirror, sampler: Sampler) -> Clip:
    """The clip with left and right exchanged; the rest pose stays as it is. Without pairs, the clip itself."""
    if mirror.pairs == 0:
        return clip
    turns = _world_rotations(sampler)
    tracks = tuple(_reflected(track, mirror, sampler, turns) for track in clip.tracks)
    return replace(clip, tracks=tracks)


def _world_rotations(sampler: Sampler) -> Floats:
    """(N + 1, 4) rest rotations in world space; the last row is what roots hang on."""
    bones = sampler.skeleton
    turns = np.concatenate([bones.rotation, [[0.0, 0.0, 0.0, 1.0]]])
    for nodes, parents in bones.levels:
        turns[nodes] = multiply(turns[parents], turns[nodes])
    return normalise(turns)


def _reflected(track: Track, mirror: Mirror, sampler: Sampler, turns: Floats) -> Track:
    source, bones = track.node, sampler.skeleton
    if track.path == "weights":
        return replace(track, values=track.values[..., mirror.morphs[source]])
    target = int(mirror.partners[source])
    before, after = turns[bones.parents[source]], turns[bones.parents[target]]
    if track.path == "rotation":
        seen = multiply(multiply(before, track.values), conjugate(turns[source]))
        values = multiply(multiply(conjugate(after), seen * np.append(-mirror.reflection, 1.0)), turns[target])
        # Keys in whole numbers are not quite of length one; where two are alike, that would show or not by chance.
        return replace(track, node=target, values=values if track.cubic else normalise(values))
    if track.path == "scale":
        rests = np.where(bones.scale[source] == 0, 1.0, bones.scale[source])
        return replace(track, node=target, values=track.values * (bones.scale[target] / rests))
    # In a spline only the middle of three rows is a place; tangents are differences already.
    rests = np.zeros((2, 3, 3) if track.cubic else (2, 1, 3))
    rests[:, -2 if track.cubic else 0] = bones.translation[[source, target]]
    moved = rotate(before, track.values - rests[0]) * mirror.reflection
    return replace(track, node=target, values=rotate(conjugate(after), moved) + rests[1])
