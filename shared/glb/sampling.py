"""Poses: where every node is, at any time of any clip, as three.js' AnimationMixer has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from shared.errors import NotFound
from shared.glb.curves import Clip, Curves, Track, morph_count, read_clip
from shared.glb.document import Glb
from shared.glb.skeleton import Skeleton
from shared.glb.transforms import Floats

Bools = NDArray[np.bool_]
Weights = Mapping[int, Floats]
"""Morph weights by node: (M,), or (T, M) in a motion."""


@dataclass(frozen=True, eq=False)
class Pose:
    """Every node at one time: local transforms over N nodes, the morph weights of nodes that have any."""

    skeleton: Skeleton
    translation: Floats
    rotation: Floats
    scale: Floats
    weights: Weights
    bound: Bools
    """(N, 3): whether the clip moves a node's translation, rotation, scale. Blending needs to know."""
    bound_weights: frozenset[int] = frozenset()
    additive: bool = False
    """What is bound is a difference: it is added to what lies beneath, and `world` has no meaning."""

    @cached_property
    def world(self) -> Floats:
        """(N, 4, 4) world matrices, row by column."""
        return self.skeleton.worlds(self.translation, self.rotation, self.scale)


@dataclass(frozen=True, eq=False)
class Motion:
    """A clip at T times: local transforms (T, N, ...), morph weights (T, M) by node."""

    skeleton: Skeleton
    translation: Floats
    rotation: Floats
    scale: Floats
    weights: Weights
    bound: Bools
    bound_weights: frozenset[int]
    additive: bool = False

    @cached_property
    def world(self) -> Floats:
        """(T, N, 4, 4) world matrices."""
        return self.skeleton.worlds(self.translation, self.rotation, self.scale)

    def pose(self, number: int) -> Pose:
        """The pose at one of the times."""
        return Pose(
            self.skeleton,
            self.translation[number],
            self.rotation[number],
            self.scale[number],
            {node: rows[number] for node, rows in self.weights.items()},
            self.bound,
            self.bound_weights,
            self.additive,
        )


@dataclass(frozen=True)
class _Reel:
    """One clip, ready to be evaluated."""

    vectors: tuple[Curves, ...]
    rotations: tuple[Curves, ...]
    weights: tuple[Curves, ...]
    bound: Bools


class Sampler:
    """Poses of one GLB's clips. Clips are prepared when they are first asked for."""

    def __init__(self, glb: Glb) -> None:
        self.skeleton = glb.skeleton
        self.glb = glb
        self._clips: dict[int, Clip] = {}
        self._reels: dict[int, _Reel] = {}
        self._made: WeakKeyDictionary[Clip, _Reel] = WeakKeyDictionary()
        self._rest_weights = rest_weights(glb)

    @property
    def clip_names(self) -> tuple[str, ...]:
        """The clips, in file order."""
        return self.glb.clip_names

    @cached_property
    def rest(self) -> Pose:
        """The pose without any clip."""
        bones = self.skeleton
        bound = np.zeros((len(bones.parents), 3), np.bool_)
        return Pose(bones, bones.translation, bones.rotation, bones.scale, self._rest_weights, bound)

    def clip(self, name: str | int) -> Clip:
        """A clip by name (the first of that name) or number.

        Raises: NotFound: there is no such clip.
        """
        number = self._number(name)
        if number not in self._clips:
            self._clips[number] = read_clip(self.glb, number)
        return self._clips[number]

    def pose(self, clip: str | int | None, seconds: float) -> Pose:
        """The pose of a clip at a time; before its start and after its end it holds. None is the rest pose.

        Raises: NotFound: there is no such clip.
        """
        if clip is None:
            return self.rest
        return self.motion(clip, np.array([seconds], np.float64)).pose(0)

    def motion(self, clip: str | int | Clip, seconds: Floats) -> Motion:
        """A clip at many times (T,) at once: one of the file, or one made from it."""
        reel = self._made_reel(clip) if isinstance(clip, Clip) else self._reel(self._number(clip))
        shape = (len(seconds), len(self.skeleton.parents))
        translation, rotation, scale = (
            np.broadcast_to(rest, (*shape, rest.shape[-1])).copy()
            for rest in (self.skeleton.translation, self.skeleton.rotation, self.skeleton.scale)
        )
        for curves in reel.vectors:
            values, moves = curves.at(seconds), curves.slots == 0
            translation[:, curves.nodes[moves]] = values[:, moves]
            scale[:, curves.nodes[~moves]] = values[:, ~moves]
        for curves in reel.rotations:
            rotation[:, curves.nodes] = curves.at(seconds)
        weights: dict[int, Floats] = {node: np.tile(row, (shape[0], 1)) for node, row in self._rest_weights.items()}
        moved = {int(curves.nodes[0]): curves.at(seconds)[:, 0] for curves in reel.weights}
        return Motion(self.skeleton, translation, rotation, scale, {**weights, **moved}, reel.bound, frozenset(moved))

    def _number(self, clip: str | int) -> int:
        names = self.glb.clip_names
        if isinstance(clip, int) and 0 <= clip < len(names):
            return clip
        if isinstance(clip, str) and clip in names:
            return names.index(clip)
        raise NotFound(f"clip {clip!r}")

    def _reel(self, number: int) -> _Reel:
        if number not in self._reels:
            self._reels[number] = _reel_of(self.clip(number), len(self.skeleton.parents))
        return self._reels[number]

    def _made_reel(self, clip: Clip) -> _Reel:
        if clip not in self._made:
            self._made[clip] = _reel_of(clip, len(self.skeleton.parents))
        return self._made[clip]


def _reel_of(clip: Clip, nodes: int) -> _Reel:
    bound = np.zeros((nodes, 3), np.bool_)
    for track in clip.tracks:
        if track.path != "weights":
            bound[track.node, ("translation", "rotation", "scale").index(track.path)] = True
    vectors = [track for track in clip.tracks if track.path in ("translation", "scale")]
    turns = [track for track in clip.tracks if track.path == "rotation"]
    weights = tuple(Curves([track]) for track in clip.tracks if track.path == "weights")
    return _Reel(_gather(vectors), _gather(turns), weights, bound)


def rest_weights(glb: Glb) -> dict[int, Floats]:
    """The morph weights of every node with morph targets, without any clip: the node's own, else its mesh's."""
    rest: dict[int, Floats] = {}
    for number, node in enumerate(glb.items("nodes")):
        count = morph_count(glb, number)
        if count:
            given = node.get("weights") or glb.items("meshes")[node["mesh"]].get("weights") or []
            row = np.zeros(count)
            row[: len(given)] = given[:count]
            rest[number] = row
    return rest


def joint_matrices(glb: Glb, skin: int, pose: Pose) -> Floats:
    """What a skin's joints do to vertices in bind pose: (J, 4, 4) to world space.

    The transform of the mesh's own node is left out, as glTF asks.
    """
    return pose.world[glb.items("skins")[skin]["joints"]] @ inverse_binds(glb, skin)


def inverse_binds(glb: Glb, skin: int) -> Floats:
    """The inverse bind matrices of a skin, (J, 4, 4); identity where the file gives none."""
    entry = glb.items("skins")[skin]
    count = len(entry["joints"])
    if entry.get("inverseBindMatrices") is None:
        return np.tile(np.eye(4), (count, 1, 1))
    columns = glb.accessor(entry["inverseBindMatrices"])[:count].astype(np.float64)
    return np.ascontiguousarray(columns.reshape(count, 4, 4).transpose(0, 2, 1))


def _gather(tracks: list[Track]) -> tuple[Curves, ...]:
    kinds = ([track for track in tracks if not track.cubic], [track for track in tracks if track.cubic])
    return tuple(Curves(kind) for kind in kinds if kind)
