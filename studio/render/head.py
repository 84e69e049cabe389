"""Head, neck, eyes and chest: gaze, nods and shakes of our own, the bob of talking, breathing. After the clips.

As the widget's head (widget/src/stage/head.ts), so that a rehearsal looks like the page.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from shared.contract.acting import FaceRig
from shared.glb import Glb, Pose
from shared.glb.transforms import Floats
from studio.render.attention import Direction

HeadMove = Literal["nod", "shake_head", "slow_nod"]

_HEAD_SHARE, _EYES_SHARE, _NECK_PART = 0.4, 0.6, 0.4
_EYES_YAW_LIMIT, _EYES_PITCH_LIMIT = 0.4, 0.3
_BREATH_SECONDS, _BREATH_RADIANS = 4.2, 0.014
_BOB_RADIANS, _BOB_RATE_HZ = 0.035, 4.0
_EYE_SHAPE = re.compile(r"eyelook(outleft|inright|inleft|outright|left|right|up|down)")


@dataclass(frozen=True)
class _Swing:
    """A movement of the head by itself."""

    yaw: bool
    radians: float
    seconds: float
    rounds: int


_SWINGS: dict[HeadMove, _Swing] = {
    "nod": _Swing(yaw=False, radians=0.17, seconds=0.95, rounds=2),
    "shake_head": _Swing(yaw=True, radians=0.26, seconds=1.15, rounds=2),
    "slow_nod": _Swing(yaw=False, radians=0.08, seconds=0.9, rounds=1),
}


@dataclass(frozen=True)
class Manner:
    """What the head does at this moment beside its moves."""

    look: Direction
    talking: bool
    breathing: bool
    life: float = 1.0
    """Scales breathing and the bob of talking."""


class Head:
    """Turns joints about the axes of the stage, whatever the axes of the bones are."""

    def __init__(self, glb: Glb, rig: FaceRig, front: str, morphs: Iterable[str]) -> None:
        joints = [None if name is None else glb.node_index(name) for name in (rig.head, rig.neck)]
        self._head, self._neck = joints
        self._eyes = [eye for eye in map(glb.node_index, rig.eyes) if eye is not None]
        self.chest = _chest(glb, self._neck if self._neck is not None else self._head)
        self._shapes = _eye_shapes(morphs)
        # An avatar made to look along -Z is turned round for the stage, and its own axes with it.
        self._side = 1.0 if front == "+Z" else -1.0
        self._time = self._bob = 0.0
        self._swing: tuple[_Swing, float] | None = None

    @property
    def moving(self) -> bool:
        """Whether it nods or shakes."""
        return self._swing is not None

    def play(self, move: HeadMove) -> None:
        """Begin a move, in place of one under way."""
        self._swing = (_SWINGS[move], 0.0)

    def stop(self) -> None:
        """End a move in this frame."""
        self._swing = None

    def apply(self, pose: Pose, manner: Manner, seconds: float) -> tuple[Pose, dict[str, float]]:
        """Move on by seconds and turn the pose; with it come the eye shapes of an avatar without eye joints."""
        self._time += seconds
        self._bob += ((1.0 if manner.talking else 0.0) - self._bob) * (1 - math.exp(-_BOB_RATE_HZ * seconds))
        swing_yaw, swing_pitch = self._move_on(seconds)
        t = self._time
        bob = self._bob * _BOB_RADIANS * manner.life
        yaw = manner.look.yaw * _HEAD_SHARE + bob * math.sin(t * 2.3) + swing_yaw
        pitch = (
            manner.look.pitch * _HEAD_SHARE + bob * (math.sin(t * 5.1) * 0.6 + math.sin(t * 8.3) * 0.4) + swing_pitch
        )
        breath = (
            math.sin(t / _BREATH_SECONDS * 2 * math.pi) * _BREATH_RADIANS * manner.life if manner.breathing else 0.0
        )
        eye_yaw = _limited(manner.look.yaw * _EYES_SHARE, _EYES_YAW_LIMIT)
        eye_pitch = _limited(manner.look.pitch * _EYES_SHARE, _EYES_PITCH_LIMIT)
        neck_part = _NECK_PART if self._neck is not None and self._head is not None else 0.0
        turns = [
            (self.chest, 0.0, breath),
            (self._neck if neck_part else None, yaw * neck_part, pitch * neck_part),
            (self._head if self._head is not None else self._neck, yaw * (1 - neck_part), pitch * (1 - neck_part)),
            *((eye, eye_yaw, eye_pitch) for eye in self._eyes),
        ]
        turned = _turned(pose, [(node, y, p) for node, y, p in turns if node is not None and (y or p)], self._side)
        return turned, {} if self._eyes else self._eye_weights(eye_yaw, eye_pitch)

    def _move_on(self, seconds: float) -> tuple[float, float]:
        if self._swing is None:
            return 0.0, 0.0
        swing, swung = self._swing[0], self._swing[1] + seconds
        share = swung / swing.seconds
        self._swing = None if share >= 1 else (swing, swung)
        # A nod goes down first.
        radians = -math.sin(share * swing.rounds * 2 * math.pi) * math.sin(min(1, share) * math.pi) * swing.radians
        return (radians, 0.0) if swing.yaw else (0.0, radians)

    def _eye_weights(self, yaw: float, pitch: float) -> dict[str, float]:
        across = self._shapes["left" if yaw > 0 else "right"]
        along = self._shapes["up" if pitch > 0 else "down"]
        return {
            **dict.fromkeys(across, abs(yaw) / _EYES_YAW_LIMIT),
            **dict.fromkeys(along, abs(pitch) / _EYES_PITCH_LIMIT),
        }


def _turned(pose: Pose, turns: list[tuple[int, float, float]], side: float) -> Pose:
    """Turn joints in the order given, the trunk first, each about the stage's axes."""
    if not turns:
        return pose
    rotation = pose.rotation.copy()
    for node, yaw, pitch in turns:
        above = _world_rotation(pose.skeleton.parents, rotation, pose.skeleton.parents[node])
        turn = _multiplied(_about(1, yaw), _about(0, -pitch * side))
        local = _multiplied(_multiplied(_conjugate(above), turn), above)
        rotation[node] = _multiplied(local, rotation[node])
    return replace(pose, rotation=rotation)


def _world_rotation(parents: tuple[int, ...], rotation: Floats, node: int) -> Floats:
    whole = np.array([0.0, 0.0, 0.0, 1.0])
    while node != -1:
        whole = _multiplied(rotation[node], whole)
        node = parents[node]
    return np.asarray(whole / max(float(np.linalg.norm(whole)), 1e-9))


def _multiplied(a: Floats, b: Floats) -> Floats:
    ax, ay, az, aw = a
    bx, by, bz, bw = b
    return np.array(
        [
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw,
            aw * bw - ax * bx - ay * by - az * bz,
        ]
    )


def _conjugate(rotation: Floats) -> Floats:
    return np.asarray(rotation * np.array([-1.0, -1.0, -1.0, 1.0]))


def _about(axis: int, radians: float) -> Floats:
    turn = np.zeros(4)
    turn[axis], turn[3] = math.sin(radians / 2), math.cos(radians / 2)
    return turn


def _chest(glb: Glb, neck: int | None) -> int | None:
    chest = -1 if neck is None else glb.skeleton.parents[neck]
    return chest if chest in glb.joints else None


def _eye_shapes(morphs: Iterable[str]) -> dict[str, list[str]]:
    """ARKit names each eye's way in and out; others name the way of both. Left is the avatar's own."""
    shapes: dict[str, list[str]] = {"left": [], "right": [], "up": [], "down": []}
    for name in morphs:
        found = _EYE_SHAPE.search(re.sub(r"[^a-z]", "", name.lower()))
        if found:
            way = found[1]
            shapes["left" if way in ("outleft", "inright") else "right" if len(way) > 5 else way].append(name)
    return shapes


def _limited(value: float, limit: float) -> float:
    return min(limit, max(-limit, value))
