"""Pip's way of standing, and short words for bodies and hands, with which the clips are written."""

from __future__ import annotations

from collections.abc import Mapping

from kit.poses import Pose, Reach
from kit.reach import Triple
from kit.shapes import other_side

FINGER_NAMES = ("Index", "Middle", "Pinky")
HANG = Reach((0.352, -0.055, 0.492), elbow=(0.9, 0.9, 0.0))
FRONT = Reach((0.225, -0.235, 0.66), elbow=(1.0, 0.55, -0.2), fingers=(-0.55, -0.8, 0.1), palm=(-0.75, 0.3, -0.55))


def hand(curl: float = 18, thumb: float = 8, spread: float = 0, index: float | None = None) -> dict[str, Triple]:
    """Return the turns of the left hand's fingers: degrees per joint towards the palm; `index` on its own if given."""
    turns: dict[str, Triple] = {}
    for place, name in enumerate(FINGER_NAMES):
        bent = index if index is not None and name == "Index" else curl + 4 * place
        turns[f"LeftHand{name}1"] = (spread * (place - 1), bent, 0)
        turns[f"LeftHand{name}2"] = (0, bent * 1.1, 0)
    turns["LeftHandThumb1"] = (thumb * 0.5, thumb * 0.9, -thumb * 0.7)
    turns["LeftHandThumb2"] = (thumb * 0.5, thumb * 0.5, 0)
    return turns


RELAXED = hand(20, 10)
OPEN = hand(3, -6, 9)
SOFT = hand(12, 0, 4)
FIST = hand(78, 42)
POINT = hand(76, 40, index=2)
THUMB_UP = hand(80, -28)


def right(turns: Mapping[str, Triple]) -> dict[str, Triple]:
    """Return the turns of a left hand for the right hand."""
    return {other_side(bone): (x, -y, -z) for bone, (x, y, z) in turns.items()}


def both(reach: Reach) -> dict[str, Reach]:
    """Return a reach of the left hand and the same of the right."""
    return {"LeftHand": reach, "RightHand": reach.mirrored()}


def left_hand(reach: Reach) -> dict[str, Reach]:
    """Return a reach of the left hand."""
    return {"LeftHand": reach}


def right_hand(reach: Reach) -> dict[str, Reach]:
    """Return a reach of the right hand, written as for the left."""
    return {"RightHand": reach.mirrored()}


def torso(bend: float = 0, tilt: float = 0, yaw: float = 0, head: Triple = (0, 0, 0)) -> dict[str, Triple]:
    """Return the turns of the spine, shared out over its bones, and the head's on top of it."""
    pitch, roll, turn = head
    return {
        "Hips": (bend * 0.15, tilt * 0.1, yaw * 0.2),
        "Spine": (bend * 0.4, tilt * 0.45, yaw * 0.35),
        "Chest": (bend * 0.45, tilt * 0.45, yaw * 0.45),
        "Neck": (pitch * 0.3, roll * 0.3, turn * 0.35),
        "Head": (pitch * 0.7, roll * 0.7, turn * 0.65),
    }


def shoulders(up: float, other: float | None = None) -> dict[str, Triple]:
    """Return raised shoulders in degrees, the left one and the right one."""
    return {"LeftShoulder": (0, -up, 0), "RightShoulder": (0, up if other is None else other, 0)}


IDLE = Pose(
    turns={**torso(), **shoulders(0), **RELAXED, **right(RELAXED)},
    reaches=both(HANG),
)
