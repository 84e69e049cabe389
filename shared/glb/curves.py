"""Animation curves: the channels of one clip, gathered so that all of them are evaluated at once.

Keys of many channels lie in one long array; each channel is lifted into a band of its own, so that a single
binary search finds the place of a time in every channel.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shared.glb.container import Json
from shared.glb.document import Glb
from shared.glb.naming import clip_name
from shared.glb.transforms import Floats, normalise, slerp

Path = Literal["translation", "rotation", "scale", "weights"]
Integers = NDArray[np.intp]

_WIDTHS: dict[str, int] = {"translation": 3, "rotation": 4, "scale": 3}
_SLOTS: dict[str, int] = {"translation": 0, "rotation": 1, "scale": 2}


@dataclass(frozen=True, eq=False)
class Track:
    """One channel: what it moves, and its keys."""

    node: int
    path: Path
    times: Floats
    """(K,) seconds, never falling."""
    values: Floats
    """(K, W), or (K, 3, W) with in-tangent, value and out-tangent when cubic."""
    step: bool
    cubic: bool


@dataclass(frozen=True, eq=False)
class Clip:
    """One animation: its tracks, and what had to be left out."""

    name: str
    seconds: float
    tracks: tuple[Track, ...]
    channels: int
    """Channels in the file that name a node, played or not."""
    unbound: tuple[str, ...] = ()
    """Tracks that move nothing the scene shows, as "node.path"."""
    broken: tuple[str, ...] = ()
    """Tracks whose keys do not fit their target."""
    unsorted: tuple[str, ...] = ()
    """Tracks whose times fall; they play, with falling times held."""


@dataclass
class _Sorting:
    tracks: list[Track] = field(default_factory=list)
    unbound: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    unsorted: list[str] = field(default_factory=list)


def read_clip(glb: Glb, number: int) -> Clip:
    """The tracks of an animation, bound to nodes by name as three.js binds them."""
    animation = glb.items("animations")[number]
    sorting = _Sorting()
    channels = [channel for channel in animation["channels"] if channel["target"].get("node") is not None]
    taken: set[tuple[int, str]] = set()
    for channel in channels:
        _sort_channel(glb, channel["target"], animation["samplers"][channel["sampler"]], sorting, taken)
    seconds = max((float(track.times[-1]) for track in sorting.tracks), default=0.0)
    return Clip(
        name=clip_name(animation, number),
        seconds=seconds,
        tracks=tuple(sorting.tracks),
        channels=len(channels),
        unbound=tuple(sorting.unbound),
        broken=tuple(sorting.broken),
        unsorted=tuple(sorting.unsorted),
    )


def morph_count(glb: Glb, node: int) -> int:
    """How many morph targets the mesh of a node has; 0 without a mesh."""
    mesh = glb.items("nodes")[node].get("mesh")
    if mesh is None:
        return 0
    return max((len(part.get("targets") or []) for part in glb.items("meshes")[mesh]["primitives"]), default=0)


def _sort_channel(glb: Glb, target: Json, sampler: Json, sorting: _Sorting, taken: set[tuple[int, str]]) -> None:
    node, path = _bound_node(glb, target["node"]), target["path"]
    label = f"{glb.node_names[target['node']]}.{path}"
    if not _moves_something(glb, node, path):
        sorting.unbound.append(label)
        return
    track = _read_track(glb, node, path, sampler)
    if track is None or (node, path) in taken:
        sorting.broken.append(label)
        return
    if (np.diff(track.times) < 0).any():
        sorting.unsorted.append(label)
        track = Track(node, path, np.maximum.accumulate(track.times), track.values, track.step, track.cubic)
    taken.add((node, path))
    sorting.tracks.append(track)


def _bound_node(glb: Glb, node: int) -> int:
    """three.js finds targets by name: with two nodes of one name, the first in the scene takes both tracks."""
    name = glb.node_names[node]
    if glb.name_counts[name] == 1:
        return node
    return next((other for other in glb.skeleton.shown if glb.node_names[other] == name), node)


def _moves_something(glb: Glb, node: int, path: str) -> bool:
    if node not in glb.skeleton.in_scene or path == "pointer":
        return False
    # A joint that carries a mesh is a bone with the mesh below it, and the bone itself has no morph targets.
    return path != "weights" or (morph_count(glb, node) > 0 and node not in glb.joints)


def _read_track(glb: Glb, node: int, path: Path, sampler: Json) -> Track | None:
    times, values = glb.accessor(sampler["input"]), glb.accessor(sampler["output"])
    width = _WIDTHS.get(path) or morph_count(glb, node)
    kind = sampler.get("interpolation") or "LINEAR"
    keys, parts = len(times), 3 if kind == "CUBICSPLINE" else 1
    if times.ndim != 1 or keys == 0 or values.size != keys * parts * width:
        return None
    shape = (keys, 3, width) if parts == 3 else (keys, width)
    return Track(
        node=node,
        path=path,
        times=times.astype(np.float64),
        values=values.astype(np.float64).reshape(shape),
        step=kind == "STEP",
        cubic=parts == 3,
    )


class Curves:
    """Tracks of one kind (vectors, rotations, or one mesh's weights; cubic or not), evaluated together."""

    def __init__(self, tracks: list[Track]) -> None:
        self.nodes: Integers = np.array([track.node for track in tracks], np.intp)
        self.slots: Integers = np.array([_SLOTS.get(track.path, 3) for track in tracks], np.intp)
        self._cubic = tracks[0].cubic
        self._rotations = tracks[0].path == "rotation"
        self._step = np.array([track.step for track in tracks])
        self._times = np.concatenate([track.times for track in tracks])
        self._values = np.concatenate([track.values for track in tracks])
        counts = np.array([len(track.times) for track in tracks], np.intp)
        self._last: Integers = np.cumsum(counts) - 1
        self._first: Integers = self._last - counts + 1
        self._reach = 2.0 * float(np.abs(self._times).max()) + 2.0
        self._lift = np.arange(len(tracks)) * 2.0 * self._reach
        self._keys = self._times + np.repeat(self._lift, counts)

    def at(self, seconds: Floats) -> Floats:
        """Values (T, C, W) of all C tracks at times (T,); before the first and after the last key they hold."""
        query = np.clip(seconds, -self._reach / 2, self._reach / 2)[:, None] + self._lift
        place = np.searchsorted(self._keys, query.ravel(), side="right").reshape(query.shape)
        after = np.clip(place, self._first, self._last)
        before = np.clip(place - 1, self._first, self._last)
        start, end = self._times[before], self._times[after]
        span = end - start
        moving = (span > 0) & ~self._step
        share = np.where(moving, (seconds[:, None] - start) / np.where(span > 0, span, 1.0), 0.0)
        if self._cubic:
            return self._spline(before, after, share, span)
        if self._rotations:
            return slerp(self._values[before], self._values[after], share)
        weight = share[..., None]
        mixed: Floats = self._values[after] * weight + self._values[before] * (1 - weight)
        return mixed

    def _spline(self, before: Integers, after: Integers, share: Floats, span: Floats) -> Floats:
        """Source: three.js r187, GLTFCubicSplineInterpolant; glTF 2.0, Appendix C."""
        p, td = share[..., None], span[..., None]
        pp, ppp = p * p, p * p * p
        end_value, end_slope = 3 * pp - 2 * ppp, ppp - pp
        mixed: Floats = (
            (1 - end_value) * self._values[before, 1]
            + (end_slope - pp + p) * td * self._values[before, 2]
            + end_value * self._values[after, 1]
            + end_slope * td * self._values[after, 0]
        )
        if not self._rotations:
            return mixed
        held = (before == after)[..., None]
        return np.where(held, self._values[before, 1], normalise(mixed))
