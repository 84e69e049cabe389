"""Clips and skins: rotations, places and weights as short as their joint allows."""

from dataclasses import replace

import numpy as np

from shared.glb.container import Json
from shared.glb.optimising.filters import (
    exponent_for,
    exponential,
    from_exponential,
    from_quaternions,
    quaternion_bits,
    quaternions,
)
from shared.glb.optimising.measuring import Yardstick
from shared.glb.optimising.plan import Report
from shared.glb.optimising.reach import Reach
from shared.glb.optimising.tidying import share_samplers
from shared.glb.optimising.working import Column, Working
from shared.glb.sampling import Sampler

_SHORT, _FLOAT = 5122, 5126
_SHARES = (0.5, 0.35, 0.25, 0.15, 0.1, 0.05)
"""Of what a curve may be off, for the rounding of its keys: the largest that keeps the clip within its error."""
_TIME_EXPONENT = -15
"""Times are kept to a thirty-thousandth of a second."""
_UNIT = 0.02
_BIND_ERROR = 2e-5
"""Body heights that a vertex may be off because of its bind matrix."""


def quantise_motions(
    working: Working, yardstick: Yardstick, tolerances: dict[tuple[int, str], float], joint_error: float, report: Report
) -> None:
    """Round the keys of every clip."""
    animations, first = working.items("animations"), 0
    for number, animation in enumerate(animations):
        report("Rounding keys", number / len(animations))
        _separate_samplers(animation)
        _round_times(working, animation["samplers"])
        plain, columns = animation["samplers"], len(working.columns)
        for place, share in enumerate(_SHARES[first:], first):
            del working.columns[columns:]
            animation["samplers"] = [dict(one) for one in plain]
            _round_clip(working, animation, {key: value * share for key, value in tolerances.items()})
            if yardstick.error(Sampler(working.glb()), number) <= joint_error:
                first = max(0, place - 1)
                break
        share_samplers(animation)


def _round_clip(working: Working, animation: Json, tolerances: dict[tuple[int, str], float]) -> None:
    done: dict[tuple[int, str, int], int] = {}
    for channel in animation["channels"]:
        node, path = channel["target"].get("node"), channel["target"]["path"]
        tolerance = tolerances.get((node, path)) if node is not None else None
        if tolerance is not None:
            _round_keys(working, animation["samplers"][channel["sampler"]], path, tolerance, done)


def _separate_samplers(animation: Json) -> None:
    """A curve that moves two things is rounded for each."""
    animation["samplers"] = [dict(animation["samplers"][channel["sampler"]]) for channel in animation["channels"]]
    for place, channel in enumerate(animation["channels"]):
        channel["sampler"] = place


def _round_times(working: Working, samplers: list[Json]) -> None:
    """Round the times of straight curves; one that jumps must jump when it did."""
    exact = {sampler["input"] for sampler in samplers if sampler.get("interpolation") in ("STEP", "CUBICSPLINE")}
    for number in {sampler["input"] for sampler in samplers}:
        column = working.columns[number]
        if column.kind == "time":
            continue
        plain = Column(column.values.astype(np.float32), "SCALAR", "time", component=_FLOAT, bounded=True)
        words = exponential(plain.values.astype(np.float64), _TIME_EXPONENT)
        rounded = replace(plain, values=from_exponential(words), stored=words, filter="EXPONENTIAL")
        working.columns[number] = plain if number in exact else rounded


def _round_keys(
    working: Working, sampler: Json, path: str, tolerance: float, done: dict[tuple[int, str, int], int]
) -> None:
    column, keys = working.columns[sampler["output"]], len(working.columns[sampler["input"]].values)
    cubic = sampler.get("interpolation") == "CUBICSPLINE"
    turning = path == "rotation" and not cubic and _are_unit(column)
    size = quaternion_bits(tolerance) if turning else exponent_for(2 * tolerance)
    key = (sampler["output"], "turn" if turning else f"{path == 'weights'} {cubic}", size)
    if key not in done:
        done[key] = working.add(_turns(column, size) if turning else _numbers(column, size, keys, path))
    sampler["output"] = done[key]


def _are_unit(column: Column) -> bool:
    length = np.linalg.norm(column.values.astype(np.float64), axis=1)
    return bool((np.abs(length - 1) < _UNIT).all())


def _turns(column: Column, bits: int) -> Column:
    values = column.values.astype(np.float64)
    stored = quaternions(values / np.linalg.norm(values, axis=1, keepdims=True), bits)
    return Column(from_quaternions(stored), "VEC4", "track", stored, "QUATERNION", _SHORT, normalized=True)


def _numbers(column: Column, exponent: int, keys: int, path: str) -> Column:
    """Numbers, those of one key side by side: weights of a moment are told apart from those of the next."""
    words = exponential(column.values.astype(np.float64), exponent)
    values = from_exponential(words)
    together = words.reshape(keys, -1) if path == "weights" and keys else words
    return Column(values, column.type, "track", together, "EXPONENTIAL", _FLOAT)


def quantise_skins(working: Working, reach: Reach) -> None:
    """Round bind matrices, so that no vertex moves visibly."""
    scales = np.linalg.norm(Sampler(working.source).rest.world[:, :3, :3], axis=1).max(axis=1)
    for skin in working.items("skins"):
        number = skin.get("inverseBindMatrices")
        if number is None or working.columns[number].kind == "matrix":
            continue
        column = working.columns[number]
        largest = max(float(scales[skin["joints"]].max()), 1e-9)
        step = _BIND_ERROR * reach.height / largest
        exponents = np.full(16, exponent_for(step / _longest(working, column)), np.int64)
        exponents[12:15] = exponent_for(step)
        exponents[[3, 7, 11, 15]] = 0
        words = exponential(column.values.astype(np.float64), exponents)
        working.columns[number] = Column(from_exponential(words), "MAT4", "matrix", words, "EXPONENTIAL", _FLOAT)


def _longest(working: Working, column: Column) -> float:
    """How far from its mesh's origin a vertex may be: as far as the farthest joint, and as much again."""
    binds = column.values.astype(np.float64).reshape(-1, 4, 4).transpose(0, 2, 1)
    origins = np.linalg.norm(np.linalg.pinv(binds)[:, :3, 3], axis=1)
    return max(2 * float(origins.max(initial=0.0)), 1e-9)
