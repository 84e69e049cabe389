"""Clips: key poses turned into sampled motion with easing, overlap, overshoot and settle.

Every bone follows its key poses through a damped spring of its own, so that limbs lag, swing past and settle; loops
are run until they close; gestures end exactly where they began.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kit.poses import Pose, planted, solve
from kit.reach import Skeleton, Triple, about, inverse, multiply
from kit.shapes import Floats

FPS = 30
STEPS_PER_FRAME = 8  # springs up to 6 Hz are stable and smooth at 240 steps a second
HOME_SECONDS = 0.3  # the last part of a gesture, in which what is left of the swing is taken back


@dataclass(frozen=True)
class Key:
    """A pose at a time in seconds; `ease` says how it is arrived at: smooth, in, out, linear or hold."""

    at: float
    pose: Pose
    ease: str = "smooth"


@dataclass(frozen=True)
class Wave:
    """A sine laid over the motion: `axis` 0, 1, 2 of a bone in degrees, or of `hips` in metres.

    `cycles` fit between `start` and `end` (the whole clip if None); with either given, it fades in and out.
    """

    bone: str
    axis: int
    size: float
    cycles: float
    phase: float = 0.0
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True)
class Clip:
    """A named motion. A loop's first key is also its last; a gesture gives its own last key."""

    name: str
    seconds: float
    keys: Sequence[Key]
    loop: bool = False
    waves: Sequence[Wave] = ()


@dataclass(frozen=True)
class Spring:
    """How a bone follows: natural frequency, damping (1: no overshoot), and a lag of its own."""

    hz: float = 4.0
    damping: float = 0.9
    lag_seconds: float = 0.0


@dataclass(frozen=True)
class Manner:
    """How a character moves: springs, bones that trail their parent, and feet that stay, with knee directions."""

    springs: Mapping[str, Spring] = field(default_factory=dict)
    trailing: Mapping[str, Spring] = field(default_factory=dict)
    feet: Mapping[str, Triple] = field(default_factory=dict)


@dataclass(frozen=True)
class Motion:
    """A sampled clip at FPS: turns (T, 4) by bone, hips (T, 3) metres, morph weights (T,)."""

    name: str
    turns: dict[str, Floats]
    hips: Floats
    face: dict[str, Floats]


EASES = {
    "smooth": lambda t: t * t * (3 - 2 * t),
    "in": lambda t: t * t,
    "out": lambda t: 1 - (1 - t) ** 2,
    "linear": lambda t: t,
    "hold": lambda t: np.where(t < 1, 0.0, 1.0),
}


def perform(skeleton: Skeleton, manner: Manner, clip: Clip) -> Motion:
    """Sample a clip."""
    keys = [*clip.keys, Key(clip.seconds, clip.keys[0].pose)] if clip.loop else list(clip.keys)
    solved = [solve(skeleton, key.pose) for key in keys]
    turns = {}
    for bone in skeleton.bones:
        values = aligned(np.array([pose[bone.name] for pose in solved]))
        followed = follow(clip, keys, values, manner.springs.get(bone.name, Spring()))
        turns[bone.name] = followed / np.linalg.norm(followed, axis=1)[:, None]
    hips = follow(clip, keys, np.array([key.pose.hips for key in keys]), manner.springs.get("hips", Spring()))
    _lay_waves(clip, turns, hips)
    _plant(skeleton, manner, turns, hips)
    for bone_name, spring in manner.trailing.items():
        turns[bone_name] = _trail(skeleton, clip, turns, bone_name, spring)
    return Motion(clip.name, turns, hips, _face(clip, keys))


def aligned(quaternions: Floats) -> Floats:
    """Return (K, 4) quaternions with signs such that each is near the one before."""
    result = quaternions.copy()
    for i in range(1, len(result)):
        if result[i] @ result[i - 1] < 0:
            result[i] = -result[i]
    return result


def follow(clip: Clip, keys: Sequence[Key], values: Floats, spring: Spring) -> Floats:
    """Return (T, C) samples of keyed values (K, C), followed through a spring."""
    if np.allclose(values, values[0], atol=1e-9):
        return np.repeat(values[:1], frames(clip) + 1, axis=0)
    wanted = targets(clip, keys, values, spring.lag_seconds)
    if clip.loop:
        last = len(wanted) - 1
        run = swing(np.vstack([wanted[:last]] * 3 + [wanted[:1]]), spring)[2 * last :]
        run[-1] = run[0] = (run[0] + run[-1]) / 2
        return run[::STEPS_PER_FRAME]
    return home(swing(wanted, spring)[::STEPS_PER_FRAME], wanted[-1])


def frames(clip: Clip) -> int:
    """Return the number of the clip's last frame."""
    return round(clip.seconds * FPS)


def targets(clip: Clip, keys: Sequence[Key], values: Floats, lag: float) -> Floats:
    """Return the eased values on the fine time grid."""
    times = np.arange(frames(clip) * STEPS_PER_FRAME + 1) / (FPS * STEPS_PER_FRAME) - lag
    times = times % clip.seconds if clip.loop else np.maximum(times, 0)
    result = np.repeat(values[-1:], len(times), axis=0)
    for i in range(len(keys) - 1):
        low, high = keys[i].at, keys[i + 1].at
        inside = (times >= low) & (times < high)
        share = EASES[keys[i + 1].ease]((times[inside] - low) / max(high - low, 1e-9))[:, None]
        result[inside] = values[i] * (1 - share) + values[i + 1] * share
    return result


def swing(wanted: Floats, spring: Spring) -> Floats:
    """Return what a damped spring makes of a wanted course, starting at rest on it."""
    omega, step = 2 * np.pi * spring.hz, 1 / (FPS * STEPS_PER_FRAME)
    place, speed = wanted[0].copy(), np.zeros_like(wanted[0])
    result = np.empty_like(wanted)
    for i, goal in enumerate(wanted):
        result[i] = place
        speed += step * (omega * omega * (goal - place) - 2 * spring.damping * omega * speed)
        place = place + step * speed
    return result


def home(samples: Floats, last: Floats) -> Floats:
    """Take back what is left of the swing, so that the last sample is exactly the last key."""
    count = min(len(samples), round(HOME_SECONDS * FPS) + 1)
    share = EASES["smooth"](np.linspace(0, 1, count))[:, None]
    samples[-count:] += (last - samples[-1]) * share
    return samples


def _lay_waves(clip: Clip, turns: dict[str, Floats], hips: Floats) -> None:
    """Add the clip's waves to its turns and hips."""
    times = np.arange(frames(clip) + 1) / FPS
    for wave in clip.waves:
        start, end = wave.start or 0.0, clip.seconds if wave.end is None else wave.end
        course = wave.size * np.sin(2 * np.pi * (wave.cycles * (times - start) / (end - start) + wave.phase))
        if wave.start is not None or wave.end is not None:
            fade = np.clip(np.minimum(times - start, end - times) / min(0.25, (end - start) / 3), 0, 1)
            course *= EASES["smooth"](fade)
        if wave.bone == "hips":
            hips[:, wave.axis] += course
        else:
            turns[wave.bone] = multiply(about(wave.axis, course), turns[wave.bone])


def _plant(skeleton: Skeleton, manner: Manner, turns: dict[str, Floats], hips: Floats) -> None:
    """Bend the legs of every frame so that the feet stay."""
    for t in range(len(hips)):
        legs = planted(skeleton, {name: turn[t] for name, turn in turns.items()}, hips[t], manner.feet)
        for bone, value in legs.items():
            turns[bone][t] = value
    for limb in (skeleton.limbs[foot] for foot in manner.feet):
        for bone in (limb.upper, limb.lower, limb.end):
            turns[bone] = aligned(turns[bone])


def _trail(skeleton: Skeleton, clip: Clip, turns: dict[str, Floats], name: str, spring: Spring) -> Floats:
    """Return the turns of a bone that hangs on to where it was while its parent moves, and swings after it."""
    above = np.tile([1.0, 0.0, 0.0, 0.0], (frames(clip) + 1, 1))
    parent = skeleton[name].parent
    while parent is not None:
        above = multiply(turns[parent], above)
        parent = skeleton[parent].parent
    above = aligned(above)
    fine = _finer(above)
    if clip.loop:
        last = len(fine) - 1
        late = swing(np.vstack([fine[:last]] * 3 + [fine[:1]]), spring)[2 * last :]
    else:
        late = swing(fine, spring)
    late = late[::STEPS_PER_FRAME] / np.linalg.norm(late[::STEPS_PER_FRAME], axis=1)[:, None]
    trailed = aligned(multiply(multiply(inverse(above), late), turns[name]))
    if clip.loop:
        trailed[-1] = trailed[0]
        return trailed
    return home(trailed, trailed[0])


def _finer(samples: Floats) -> Floats:
    """Return samples at FPS interpolated to the fine time grid."""
    coarse = np.arange(len(samples))
    fine = np.arange((len(samples) - 1) * STEPS_PER_FRAME + 1) / STEPS_PER_FRAME
    return np.column_stack([np.interp(fine, coarse, samples[:, c]) for c in range(samples.shape[1])])


def _face(clip: Clip, keys: Sequence[Key]) -> dict[str, Floats]:
    """Return the morph weights of a clip, between 0 and 1; none for a clip that leaves the face alone."""
    names = sorted({name for key in keys for name in key.pose.face})
    result = {}
    for name in names:
        values = np.array([[key.pose.face.get(name, 0.0)] for key in keys])
        result[name] = np.clip(follow(clip, keys, values, Spring(6, 1))[:, 0], 0, 1)
    return result
