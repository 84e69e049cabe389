"""Loops: how far the end of one is from its start, where it closes better, and how long it stands still at its ends."""

from dataclasses import dataclass

import numpy as np

from shared.glb.transforms import Floats

_LEAST_SHARE = 0.5
"""A part shorter than this share of the loop would be another motion."""
_LEAST_SECONDS = 0.5


@dataclass(frozen=True, eq=False)
class Loop:
    """Where joints are over a clip's window."""

    seconds: Floats
    """(T,) rising."""
    places: Floats
    """(T, J, 3) body heights."""


@dataclass(frozen=True)
class Part:
    """A part of a loop, in seconds of the clip, and its own seam in body heights."""

    start: float
    end: float
    seam: float


def seam_of(loop: Loop) -> float:
    """The largest distance of any joint between the last pose and the first."""
    return float(np.linalg.norm(loop.places[-1] - loop.places[0], axis=-1).max())


def still_ends(loop: Loop, within: float) -> tuple[float, float] | None:
    """Seconds for which all joints stay within this of their first, and of their last places.

    Returns: None when they never leave them.
    """
    starts, ends = (np.linalg.norm(loop.places - loop.places[row], axis=-1).max(axis=-1) > within for row in (0, -1))
    if not starts.any() or not ends.any():
        return None
    times = loop.seconds
    lead = times[max(int(np.flatnonzero(starts)[0]) - 1, 0)] - times[0]
    tail = times[-1] - times[min(int(np.flatnonzero(ends)[-1]) + 1, len(times) - 1)]
    return float(lead), float(tail)


def best_loop(loop: Loop) -> Part | None:
    """The part that closes best; of parts that close about as well, the longest. None when there is none to choose."""
    times, places = loop.seconds, loop.places
    least = max(_LEAST_SECONDS, _LEAST_SHARE * float(times[-1] - times[0]))
    seams = np.full((len(times), len(times)), np.inf)
    for row in range(len(times)):
        fit = times - times[row] >= least
        seams[row, fit] = np.linalg.norm(places[fit] - places[row], axis=-1).max(axis=-1)
    if not np.isfinite(seams).any():
        return None
    # About as well: within a third of what is seen as closed.
    good = seams <= seams.min() + 0.01
    lengths = np.where(good, times[None, :] - times[:, None], -1.0)
    start, end = np.unravel_index(int(lengths.argmax()), lengths.shape)
    return Part(float(times[start]), float(times[end]), float(seams[start, end]))
