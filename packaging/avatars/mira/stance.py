"""How Mira stands, and short words for attitudes and paws, with which her clips are written.

She stands as a person does, not as a machine: weight on one leg, one paw at rest before her, the head a little aside.
"""

from collections.abc import Mapping
from dataclasses import replace

from kit.motion import Wave
from kit.poses import Pose, Reach
from kit.reach import Triple
from kit.shapes import other_side

from mira.frame import ARM, PALM

Turns = dict[str, Triple]

BASE: dict[str, Triple] = {
    "Hips": (0.0, -1.5, -3.0),
    "Spine": (-1.0, 1.5, 1.0),
    "Chest": (-1.0, 2.0, 2.0),
    "Neck": (0.5, -1.0, 0.0),
    "Head": (0.5, 3.0, 1.0),
}
WEIGHT: Triple = (-0.014, 0.0, -0.010)  # metres: over her right leg, knees soft


def paw(
    curl: float = 14.0, thumb: float = 6.0, spread: float = 3.0, index: float | None = None, away: float = 0.0
) -> Turns:
    """Turns of her left paw: degrees a joint towards the palm; `away` takes the thumb out of the hand's line."""
    first = curl if index is None else index
    fold = (ARM[0] * thumb + PALM[0] * away, 0.0, ARM[2] * thumb + PALM[2] * away)
    return {
        "LeftHandIndex1": (-spread, first, 0.0),
        "LeftHandIndex2": (0.0, first * 1.15, 0.0),
        "LeftHandMiddle1": (spread, curl + 3.0, 0.0),
        "LeftHandMiddle2": (0.0, curl * 1.2 + 3.0, 0.0),
        "LeftHandThumb1": fold,
        "LeftHandThumb2": (fold[0] * 0.6, 0.0, fold[2] * 0.6),
    }


SOFT = paw(16, 8)
OPEN = paw(0, -8, 8)
FIST = paw(80, 34)
THUMB_UP = paw(80, 0, away=34)
POINT = paw(78, 30, index=2)


def right(turns: Mapping[str, Triple]) -> Turns:
    """Turns written for her left side, for her right."""
    return {other_side(bone): (x, -y, -z) for bone, (x, y, z) in turns.items()}


def paws(left: Turns, other: Turns | None = None) -> Turns:
    """Turns of both paws, the second written as for the left."""
    return {**left, **right(left if other is None else other)}


def reach(left: Reach | None = None, other: Reach | None = None) -> dict[str, Reach]:
    """Reaches of the left hand and, written as for the left, of the right."""
    reaches = {} if left is None else {"LeftHand": left}
    return reaches if other is None else {**reaches, "RightHand": other.mirrored()}


def body(bend: float = 0.0, tilt: float = 0.0, yaw: float = 0.0) -> Turns:
    """The trunk's lean on top of her stance, shared out over hips, spine and chest."""
    shares = {"Hips": 0.2, "Spine": 0.35, "Chest": 0.45}
    return {bone: _plus(BASE[bone], (bend * s, tilt * s, yaw * s)) for bone, s in shares.items()}


def head(nod: float = 0.0, cock: float = 0.0, look: float = 0.0) -> Turns:
    """The head's attitude on top of her stance: down, to her left shoulder, to her left."""
    shares = {"Neck": 0.35, "Head": 0.65}
    return {bone: _plus(BASE[bone], (nod * s, cock * s, look * s)) for bone, s in shares.items()}


def ears(back: float = 0.0, out: float = 0.0, left: float = 0.0, other: float = 0.0) -> Turns:
    """Both ears laid back and outwards in degrees; `left` and `other` add to each one's laying back."""
    turns = {}
    for side, sign, more in (("Left", 1.0, left), ("Right", -1.0, other)):
        turns[f"{side}Ear"] = (-(back + more), out * sign, 0.0)
        turns[f"{side}EarTip"] = (-(back + more) * 0.6, out * 0.5 * sign, 0.0)
    return turns


def tail(lift: float = 0.0, swing: float = 0.0, curl: float = 0.0) -> Turns:
    """The brush: up from its root, towards her right, and curled tighter."""
    turns = {"Tail1": (lift, 0.0, swing)}
    for index in range(2, 6):
        turns[f"Tail{index}"] = (lift * 0.25, curl, swing * 0.45)
    return turns


def shoulders(left: float, other: float | None = None, forward: float = 0.0) -> Turns:
    """Shoulders raised, in degrees, and brought forwards."""
    second = left if other is None else other
    return {"LeftShoulder": (0.0, -left, -forward), "RightShoulder": (0.0, second, forward)}


def _plus(first: Triple, second: Triple) -> Triple:
    """The sum of two triples."""
    return (first[0] + second[0], first[1] + second[1], first[2] + second[2])


HANG = Reach((0.262, -0.020, 0.405), elbow=(0.8, 0.9, 0.0), fingers=(0.42, -0.40, -0.82), palm=(-0.75, 0.25, -0.55))
REST = Reach((0.165, -0.215, 0.520), elbow=(0.9, 0.7, -0.5), fingers=(-0.80, -0.42, 0.05), palm=(0.05, 0.75, -0.65))
IDLE = Pose(
    turns={**BASE, **paws(SOFT, paw(24, 10)), **shoulders(0), **ears(), **tail()},
    hips=WEIGHT,
    reaches=reach(HANG, REST),
)


def shifted(pose: Pose, side: float = 0.0, forward: float = 0.0, up: float = 0.0) -> Pose:
    """The pose with hips moved: metres to her left, forwards, up (knees follow)."""
    return replace(pose, hips=(WEIGHT[0] + side, WEIGHT[1] - forward, WEIGHT[2] + up))


def alive(breaths: float, sways: float = 1.0, size: float = 1.0) -> list[Wave]:
    """Breathing, and a tail that is never still: the waves beneath every clip. Whole numbers close loops."""
    waves = [
        Wave("Chest", 0, -1.7, breaths),
        Wave("Neck", 0, 0.9, breaths, 0.92),
        Wave("hips", 2, 0.0032, breaths),
        Wave("LeftShoulder", 1, -1.5, breaths, 0.95),
        Wave("RightShoulder", 1, 1.5, breaths, 0.95),
    ]
    for index, (swing, lift) in enumerate(((3.0, 1.0), (4.0, 1.5), (5.0, 2.0), (6.0, 2.5), (7.0, 3.0))):
        late = -0.09 * index
        waves.append(Wave(f"Tail{index + 1}", 2, swing * size, sways, late))
        waves.append(Wave(f"Tail{index + 1}", 0, lift * size, sways, late + 0.25))
    return waves
