"""Keeping a clip where it starts: the body's way over the floor and its turn about the vertical taken out of it.

The widget does the same (widget/src/stage/rooting.ts), at the same steps of time.
"""

import math
from dataclasses import replace

import numpy as np

from shared.glb.curves import Clip, Track
from shared.glb.sampling import Motion, Sampler
from shared.glb.transforms import Floats, conjugate, multiply, normalise, rotate

_RATE_HZ = 60.0
"""What is taken out is no sum of tracks, so it is reckoned at steps; Blender exports 24 or 30 a second."""


def locked(clip: Clip, sampler: Sampler, hips: int, start: float) -> Clip:
    """The clip with the hips above the place where they are at `start`, facing as they face there.

    The whole body moves with them: what is turned and moved is the topmost node on the way to the hips that the clip
    moves. A clip that moves none of these is returned as it is.
    """
    chain = _moved_chain(clip, sampler, hips)
    if not chain:
        return clip
    times = np.linspace(0.0, clip.seconds, math.ceil(clip.seconds * _RATE_HZ) + 1)
    motion, begun = sampler.motion(clip, times), sampler.motion(clip, np.array([start], np.float64))
    top, above = chain[0], sampler.skeleton.parents[chain[0]]
    undo = _turns_back(_turned(motion, hips), _turned(begun, hips))
    places, hip_places = motion.world[:, top, :3, 3], motion.world[:, hips, :3, 3]
    moved = begun.world[0, hips, :3, 3] + rotate(undo, places - hip_places)
    moved[:, 1] = places[:, 1]
    parent = np.eye(4) if above == -1 else sampler.rest.world[above]
    local = np.linalg.solve(parent, np.column_stack([moved, np.ones(len(moved))]).T).T[:, :3]
    hanging = conjugate(_turned(motion, above)) if above != -1 else np.array([0.0, 0.0, 0.0, 1.0])
    turns = multiply(hanging, multiply(undo, _turned(motion, top)))
    kept = tuple(track for track in clip.tracks if track.node != top or track.path not in ("translation", "rotation"))
    made = (Track(top, "translation", times, local, False, False), Track(top, "rotation", times, turns, False, False))
    return replace(clip, tracks=(*kept, *made))


def _moved_chain(clip: Clip, sampler: Sampler, hips: int) -> list[int]:
    """From the topmost node that the clip moves down to the hips; empty when it moves none of these."""
    moved = {track.node for track in clip.tracks if track.path in ("translation", "rotation")}
    chain: list[int] = []
    node = hips
    while node != -1:
        chain.insert(0, node)
        node = sampler.skeleton.parents[node]
    first = next((place for place, link in enumerate(chain) if link in moved), len(chain))
    return chain[first:]


def _turned(motion: Motion, node: int) -> Floats:
    """(T, 4) the world rotation of a node."""
    whole: Floats = motion.rotation[:, node]
    at = motion.skeleton.parents[node]
    while at != -1:
        whole = multiply(motion.rotation[:, at], whole)
        at = motion.skeleton.parents[at]
    return normalise(whole)


def _turns_back(turned: Floats, begun: Floats) -> Floats:
    """(T, 4) about the vertical only: from where it faces to where it faced.

    Source: swing-twist decomposition of the turn since the start.
    """
    since = multiply(turned, conjugate(begun))
    return conjugate(normalise(since * np.array([0.0, 1.0, 0.0, 1.0])))
