"""How far joints would have to leap where one clip gives way to another: what a crossfade must hide, worst first.

Only the difference of the two poses is looked at, not the time over which it is faded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from shared.glb.curves import Clip
from shared.glb.document import Glb
from shared.glb.geometry import geometry
from shared.glb.measures import Body, find_body
from shared.glb.sampling import Bools, Motion
from shared.glb.transforms import Floats, multiply

_PHASES = 8
"""A posture is left and taken up again anywhere in its loop: at so many places of it the jump is measured."""
_STIRS = 1e-4
"""A joint that leaves its rest by less than this, in units of the file and of unit quaternions, counts as still."""


class Poses(Protocol):
    """What gives clips as they are to be compared: a `Sampler`, or `Takes` with the designer's settings."""

    @property
    def glb(self) -> Glb:
        """Whose clips these are."""
        ...

    def clip(self, name: str) -> Clip:
        """A clip by name."""
        ...

    def motion(self, clip: str, seconds: Floats) -> Motion:
        """A clip at many times at once."""
        ...


@dataclass(frozen=True)
class ClipStart:
    """One clip, and the part of it that is played; seconds of the clip."""

    clip: str
    begins: float = 0.0
    ends: float | None = None
    """Where a gesture gives back, or a posture begins again; None is the clip's own end."""


@dataclass(frozen=True)
class Transition:
    """The worst of one clip giving way to another."""

    from_clip: str
    to_clip: str
    jump: float
    """Of the joint that jumps farthest, in body heights."""
    joint: str
    from_seconds: float
    """Where in the first clip that is."""
    to_seconds: float


def transition_matrix(
    sampler: Poses, postures: Sequence[ClipStart], gestures: Sequence[ClipStart], *, body: Body | None = None
) -> tuple[Transition, ...]:
    """Every posture to every gesture and back, and every posture to every other posture; worst first.

    A gesture leaves to the posture what it does not move itself. A clip that is both is not compared with itself.

    Args:
        body: of the same GLB, when it is at hand; it takes time to find.
    Raises: NotFound: there is no such clip.
    """
    found = body or find_body(sampler.glb, geometry(sampler.glb))
    loops = [_Loop(sampler, posture, found) for posture in postures]
    firsts = [_Still(sampler, gesture.clip, gesture.begins, found) for gesture in gestures]
    lasts = [_Still(sampler, gesture.clip, _end_of(sampler, gesture), found) for gesture in gestures]
    heads = [_Still(sampler, posture.clip, posture.begins, found) for posture in postures]
    rows: list[Transition] = []
    for loop in loops:
        rows += loop.to(firsts)
        rows += [_turned(row) for row in loop.to(lasts)]
        rows += loop.to(heads)
    return tuple(sorted(rows, key=lambda row: (-row.jump, row.from_clip, row.to_clip)))


class _Still:
    """One pose of one clip."""

    def __init__(self, sampler: Poses, clip: str, seconds: float, body: Body) -> None:
        self.clip, self.seconds = clip, seconds
        self.motion = sampler.motion(clip, np.array([seconds], np.float64))
        self.places = _places(self.motion.world[0], body)


class _Loop:
    """A posture at several places of its loop."""

    def __init__(self, sampler: Poses, posture: ClipStart, body: Body) -> None:
        self.clip = posture.clip
        self._body = body
        self._names = sampler.glb.node_names
        self.times = np.linspace(posture.begins, _end_of(sampler, posture), _PHASES, endpoint=False)
        self._motion = sampler.motion(posture.clip, self.times)
        self._moves = _moving(self._motion)
        self._places = _places(self._motion.world, body)

    def to(self, stills: Sequence[_Still]) -> list[Transition]:
        """From this posture into each of these poses; its own clip is left out."""
        others = [still for still in stills if still.clip != self.clip]
        if not others:
            return []
        bound = np.array([still.motion.bound for still in others])
        added = np.array([still.motion.additive for still in others])
        partial = added | (self._moves & ~bound).any(axis=(1, 2))
        places = np.repeat(np.array([still.places for still in others])[:, None], _PHASES, axis=1)
        if partial.any():
            places[partial] = self._together(
                [still.motion for still, some in zip(others, partial, strict=True) if some]
            )
        gaps = np.linalg.norm(places - self._places, axis=-1).reshape(len(others), -1) / self._body.height
        worst = gaps.argmax(axis=1)
        jumps = gaps[np.arange(len(others)), worst]
        return [self._told(*row) for row in zip(others, worst.tolist(), jumps.tolist(), strict=True)]

    def _together(self, motions: Sequence[Motion]) -> Floats:
        """(M, P, J, 3) where joints are when each of M poses lies over this posture and leaves the rest of it."""
        own = self._motion
        shape = (len(motions), *own.translation.shape[:2])
        translation, rotation, scale = (
            np.broadcast_to(part, (*shape, part.shape[-1])).copy()
            for part in (own.translation, own.rotation, own.scale)
        )
        for row, motion in enumerate(motions):
            moved, turned, sized = (motion.bound[:, path] for path in range(3))
            if motion.additive:
                translation[row][:, moved] += motion.translation[0, moved]
                rotation[row][:, turned] = multiply(rotation[row][:, turned], motion.rotation[0, turned])
                scale[row][:, sized] += motion.scale[0, sized]
            else:
                translation[row][:, moved] = motion.translation[0, moved]
                rotation[row][:, turned] = motion.rotation[0, turned]
                scale[row][:, sized] = motion.scale[0, sized]
        return _places(own.skeleton.worlds(translation, rotation, scale), self._body)

    def _told(self, still: _Still, at: int, jump: float) -> Transition:
        phase, joint = divmod(at, len(self._body.seen))
        return Transition(
            from_clip=self.clip,
            to_clip=still.clip,
            jump=jump,
            joint=self._names[int(self._body.seen[joint])],
            from_seconds=float(self.times[phase]),
            to_seconds=still.seconds,
        )


def _places(world: Floats, body: Body) -> Floats:
    """(..., J, 3) where the joints are."""
    return world[..., :3, 3][..., body.seen, :]


def _moving(motion: Motion) -> Bools:
    """(N, 3) what a posture holds away from its rest; what it merely names, a gesture may leave alone."""
    bones = motion.skeleton
    parts = ((motion.translation, bones.translation), (motion.rotation, bones.rotation), (motion.scale, bones.scale))
    away = [(np.abs(values - rest).max(axis=(0, 2)) > _STIRS) for values, rest in parts]
    return np.stack(away, axis=1) & motion.bound


def _end_of(sampler: Poses, start: ClipStart) -> float:
    return max(sampler.clip(start.clip).seconds, 0.0) if start.ends is None else start.ends


def _turned(row: Transition) -> Transition:
    return Transition(row.to_clip, row.from_clip, row.jump, row.joint, row.to_seconds, row.from_seconds)
