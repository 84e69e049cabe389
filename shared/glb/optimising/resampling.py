"""Fewer keys: every curve keeps as many as its joint needs, and curves of one clip share their times.

A curve that does not move keeps one key. One that moves keeps every second, third, ... moment of its clip, the
widest step from which the curve can still be drawn; what "still" means is how far its joint reaches. The whole clip is
then measured, and done again more finely where the joints came out too far off.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from shared.glb.container import Json
from shared.glb.curves import Curves, Path, Track, morph_count
from shared.glb.geometry import geometry
from shared.glb.optimising.measuring import Yardstick
from shared.glb.optimising.plan import Report
from shared.glb.optimising.reach import Reach
from shared.glb.optimising.tidying import share_samplers
from shared.glb.optimising.working import Column, Working
from shared.glb.sampling import Sampler
from shared.glb.skeleton import Indices
from shared.glb.transforms import Floats

_STEPS = (64, 48, 32, 24, 16, 12, 10, 8, 6, 5, 4, 3, 2, 1)
_MOST_MOMENTS = 4000
_SHARES = (2.0, 1.4, 1.0, 0.7, 0.5, 0.35, 0.25, 0.15)
"""Of the error that is allowed, what a single curve may take: errors of a chain of joints add up, or cancel."""
_FOR_KEYS = 0.85
"""Of the error that is allowed, what leaving out keys may take; the rest is for rounding those that stay."""
_WEIGHT_TOLERANCE = 0.004
"""Of a morph weight, at most."""
_VALUE_COST, _TIME_COST, _TIMES_COST = 4.0, 2.5, 100.0
"""Bytes of a key's value, of a time, and of one more list of times."""


@dataclass(frozen=True, eq=False)
class _Curve:
    """One curve of a clip that may lose keys."""

    sampler: int
    track: Track
    tolerance: float
    """In the unit of its values; radians for rotations."""


def resample(
    working: Working, yardstick: Yardstick, tolerances: dict[tuple[int, str], float], joint_error: float, report: Report
) -> None:
    """Thin out the keys of all clips."""
    first = 0
    for number in range(yardstick.clips):
        report("Thinning out keys", number / yardstick.clips)
        # What was right for one clip is a good guess for the next.
        first = max(0, _resample_clip(working, yardstick, tolerances, number, joint_error, first) - 1)


def track_tolerances(working: Working, reach: Reach, joint_error: float) -> dict[tuple[int, str], float]:
    """What a curve of (node, path) may be off so that nothing moves by more than the joint error."""
    weights = _morph_sizes(working, reach)
    tolerances: dict[tuple[int, str], float] = {}
    for node in range(len(reach.turned)):
        turned = max(float(reach.turned[node]), 1e-9)
        tolerances[node, "rotation"] = joint_error / turned
        tolerances[node, "scale"] = joint_error / turned
        tolerances[node, "translation"] = joint_error / max(float(reach.scale[node]), 1e-9)
        tolerances[node, "weights"] = min(_WEIGHT_TOLERANCE, joint_error / max(weights.get(node, 1.0), 1e-9))
    return tolerances


def _morph_sizes(working: Working, reach: Reach) -> dict[int, float]:
    """By node: body heights of its largest morph offset."""
    world = Sampler(working.source).rest.world
    sizes: dict[int, float] = {}
    for primitive in geometry(working.glb()):
        if primitive.morph_positions is not None and primitive.morph_positions.size:
            scale = float(np.linalg.norm(world[primitive.node, :3, :3], axis=0).max())
            size = float(np.abs(primitive.morph_positions).max()) * scale / reach.height
            sizes[primitive.node] = max(sizes.get(primitive.node, 0.0), size)
    return sizes


def _resample_clip(
    working: Working, yardstick: Yardstick, tolerances: dict[tuple[int, str], float], number: int, joint_error: float,
    first: int,
) -> int:  # fmt: skip
    """Returns: which of the shares fitted."""
    animation = working.items("animations")[number]
    samplers, channels, columns = animation["samplers"], animation["channels"], len(working.columns)
    for place, share in enumerate(_SHARES[first:], first):
        animation["samplers"], animation["channels"] = [dict(one) for one in samplers], [dict(one) for one in channels]
        _thin_out(working, animation, tolerances, share)
        share_samplers(animation)
        if yardstick.error(Sampler(working.glb()), number) <= joint_error * _FOR_KEYS:
            return place
        del working.columns[columns:]
    animation["samplers"], animation["channels"] = samplers, channels
    return len(_SHARES) - 1


def _thin_out(working: Working, animation: Json, tolerances: dict[tuple[int, str], float], share: float) -> None:
    curves = _curves(working, animation, tolerances, share)
    if not curves:
        return
    end = max(float(curve.track.times[-1]) for curve in curves)
    moments = np.unique(np.concatenate([curve.track.times for curve in curves]))
    times = _Times(working)
    still = [curve for curve in curves if _rests(curve)]
    moving = [curve for curve in curves if not _rests(curve)]
    if moving and len(moments) <= _MOST_MOMENTS:
        for curve, (key_times, values) in zip(moving, _widest(moving, moments), strict=True):
            _put(working, animation, curve, times.column(key_times), values)
    for curve in still:
        first = curve.track.values[:1]
        _put(working, animation, curve, times.column(np.zeros(1)), first)
    _keep_length(working, animation, times, still, end)


def _keep_length(working: Working, animation: Json, times: "_Times", still: list[_Curve], end: float) -> None:
    """A clip is as long as its longest curve: where only resting ones reach the end, one of them keeps two keys."""
    longest = max(float(working.columns[one["input"]].values.max(initial=0.0)) for one in animation["samplers"])
    if still and longest < end:
        values = np.repeat(still[0].track.values[:1], 2, axis=0)
        _put(working, animation, still[0], times.column(np.array([0.0, end])), values)


def _curves(working: Working, animation: Json, tolerances: dict[tuple[int, str], float], share: float) -> list[_Curve]:
    """The curves that are straight between their keys, each with a sampler of its own."""
    curves: list[_Curve] = []
    for channel in animation["channels"]:
        sampler = dict(animation["samplers"][channel["sampler"]])
        node, path = channel["target"].get("node"), channel["target"]["path"]
        if node is None or (node, path) not in tolerances or sampler.get("interpolation") == "CUBICSPLINE":
            continue
        track = _track(working, node, path, sampler)
        if track is None:
            continue
        animation["samplers"].append(sampler)
        channel["sampler"] = len(animation["samplers"]) - 1
        curves.append(_Curve(channel["sampler"], track, tolerances[node, path] * share))
    return curves


def _track(working: Working, node: int, path: Path, sampler: Json) -> Track | None:
    times, column = working.columns[sampler["input"]].values[:, 0], working.columns[sampler["output"]]
    width = {"translation": 3, "rotation": 4, "scale": 3}.get(path) or morph_count(working.source, node)
    if len(times) == 0 or width == 0 or column.values.size != len(times) * width or (np.diff(times) < 0).any():
        return None
    values = column.values.astype(np.float64).reshape(len(times), width)
    if path == "rotation":
        length = np.linalg.norm(values, axis=1, keepdims=True)
        if (np.abs(length - 1) > 1e-2).any():
            return None
    return Track(node, path, times.astype(np.float64), values, sampler.get("interpolation") == "STEP", cubic=False)


def _rests(curve: _Curve) -> bool:
    return bool(_gap(curve.track.path, curve.track.values, curve.track.values[:1]).max() <= curve.tolerance)


def _gap(path: str, here: Floats, there: Floats) -> Floats:
    """How far values are apart: radians for rotations, else the largest of the differences."""
    if path != "rotation":
        apart: Floats = np.abs(here - there).max(axis=-1)
        return apart
    near = np.minimum(np.linalg.norm(here - there, axis=-1), np.linalg.norm(here + there, axis=-1))
    angle: Floats = 4 * np.arcsin(np.clip(near / 2, 0, 1))
    return angle


def _widest(curves: Sequence[_Curve], moments: Floats) -> list[tuple[Floats, Floats]]:
    """For each curve: the times of its keys, and their values."""
    steps = [1] * len(curves)
    for group in _alike(curves):
        values = Curves([curves[place].track for place in group]).at(moments)
        found = _widest_steps([curves[place] for place in group], moments, values)
        for place, step in zip(group, found, strict=True):
            steps[place] = step
    return [_keys(curve, moments, step) for curve, step in zip(curves, steps, strict=True)]


def _alike(curves: Sequence[_Curve]) -> list[list[int]]:
    """Places of curves that can be drawn together."""
    groups: dict[tuple[bool, int], list[int]] = {}
    for place, curve in enumerate(curves):
        if not curve.track.step:
            groups.setdefault((curve.track.path == "rotation", curve.track.values.shape[1]), []).append(place)
    return list(groups.values())


def _widest_steps(curves: Sequence[_Curve], moments: Floats, values: Floats) -> list[int]:
    """The widest step for each curve that stays within its tolerance; values are (T, C, W)."""
    tolerances = np.array([curve.tolerance for curve in curves])
    widest = np.ones(len(curves), np.intp)
    for step in _STEPS:
        if step >= 2 * len(moments):
            continue
        picked = _picked(len(moments), step)
        drawn = Curves(
            [replace(curve.track, times=moments[picked], values=values[picked, n]) for n, curve in enumerate(curves)]
        ).at(moments)
        fits = _gap(curves[0].track.path, drawn, values).max(axis=0) <= tolerances
        widest = np.where(fits & (widest == 1), step, widest)
    return [int(step) for step in widest]


def _picked(count: int, step: int) -> Indices:
    return np.unique(np.append(np.arange(0, count, step), count - 1))


def _keys(curve: _Curve, moments: Floats, step: int) -> tuple[Floats, Floats]:
    if curve.track.step:
        return _own_keys(curve)
    picked = _picked(len(moments), step)
    own_cost = len(curve.track.times) * (_VALUE_COST + _TIME_COST) + _TIMES_COST
    if len(picked) * _VALUE_COST > own_cost:
        return _own_keys(curve)
    return moments[picked], Curves([curve.track]).at(moments)[picked, 0]


def _own_keys(curve: _Curve) -> tuple[Floats, Floats]:
    """The keys as they are; of a curve that jumps, those that change something."""
    times, values = curve.track.times, curve.track.values
    if not curve.track.step:
        return times, values
    changes = np.append(True, (np.diff(values, axis=0) != 0).any(axis=1))
    changes[-1] = True
    return times[changes], values[changes]


class _Times:
    """Columns of key times, each once."""

    def __init__(self, working: Working) -> None:
        self._working = working
        self._numbers: dict[bytes, int] = {}

    def column(self, times: Floats) -> int:
        content = times.astype(np.float32)
        key = content.tobytes()
        if key not in self._numbers:
            self._numbers[key] = self._working.add(Column(content[:, None], "SCALAR"))
        return self._numbers[key]


def _put(working: Working, animation: Json, curve: _Curve, times: int, values: Floats) -> None:
    path, rows = curve.track.path, values.astype(np.float32)
    shape = {"rotation": "VEC4", "weights": "SCALAR"}.get(path, "VEC3")
    sampler = animation["samplers"][curve.sampler]
    sampler["input"] = times
    sampler["output"] = working.add(Column(rows.reshape(-1, 1) if path == "weights" else rows, shape))
