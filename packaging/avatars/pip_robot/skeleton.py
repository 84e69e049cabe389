"""Pip's bones at rest: arms hanging, fingers down, palms to the thighs, looking along -Y."""

from __future__ import annotations

from kit.motion import Manner, Spring
from kit.reach import Bone, Limb, Skeleton, Triple
from kit.shapes import other_side

WRIST: Triple = (0.335, -0.03, 0.475)
FINGERS = {"Index": -0.042, "Middle": 0.0, "Pinky": 0.041}  # places across the palm, metres towards the back
KNUCKLE_DROP = 0.108  # below the wrist
PHALANX = 0.042
THUMB: tuple[Triple, Triple, Triple] = ((-0.012, -0.05, -0.045), (-0.016, -0.086, -0.078), (-0.018, -0.112, -0.112))

CENTRE = [
    Bone("Hips", (0, 0, 0.55), (0, 0, 0.63)),
    Bone("Spine", (0, 0, 0.63), (0, 0, 0.75), "Hips"),
    Bone("Chest", (0, 0, 0.75), (0, 0, 0.98), "Spine"),
    Bone("Neck", (0, 0, 0.98), (0, 0, 1.06), "Chest"),
    Bone("Head", (0, 0, 1.06), (0, 0, 1.6), "Neck"),
    Bone("Antenna", (0, 0.02, 1.6), (0, 0.02, 1.74), "Head"),
]
LEFT = [
    Bone("LeftShoulder", (0.07, 0, 0.93), (0.2, 0, 0.92), "Chest"),
    Bone("LeftArm", (0.225, 0, 0.91), (0.29, 0.02, 0.69), "LeftShoulder"),
    Bone("LeftForeArm", (0.29, 0.02, 0.69), WRIST, "LeftArm"),
    Bone("LeftHand", WRIST, (WRIST[0], WRIST[1], WRIST[2] - KNUCKLE_DROP), "LeftForeArm"),
    Bone("LeftUpLeg", (0.1, 0, 0.53), (0.112, -0.03, 0.315), "Hips"),
    Bone("LeftLeg", (0.112, -0.03, 0.315), (0.12, 0.01, 0.1), "LeftUpLeg"),
    Bone("LeftFoot", (0.12, 0.01, 0.1), (0.12, -0.12, 0.04), "LeftLeg"),
]


def _shifted(offset: Triple) -> Triple:
    """Return a place given from the wrist."""
    return (WRIST[0] + offset[0], WRIST[1] + offset[1], WRIST[2] + offset[2])


def finger_joints(across: float) -> tuple[Triple, Triple, Triple]:
    """Return knuckle, middle joint and tip of a finger."""
    first, second, tip = (_shifted((0, across, -KNUCKLE_DROP - PHALANX * step)) for step in range(3))
    return first, second, tip


def thumb_joints() -> tuple[Triple, Triple, Triple]:
    """Return root, middle joint and tip of the thumb."""
    return _shifted(THUMB[0]), _shifted(THUMB[1]), _shifted(THUMB[2])


def _hand_bones() -> list[Bone]:
    """Return the two bones of each finger and of the thumb."""
    bones = []
    rows = {name: finger_joints(across) for name, across in FINGERS.items()} | {"Thumb": thumb_joints()}
    for name, (first, second, tip) in rows.items():
        bones.append(Bone(f"LeftHand{name}1", first, second, "LeftHand"))
        bones.append(Bone(f"LeftHand{name}2", second, tip, f"LeftHand{name}1"))
    return bones


def _mirrored(bone: Bone) -> Bone:
    """Return the bone of the right side."""
    head, tail = ((-place[0], place[1], place[2]) for place in (bone.head, bone.tail))
    return Bone(other_side(bone.name), head, tail, other_side(bone.parent or ""))


_SIDE = [*LEFT, *_hand_bones()]
SKELETON = Skeleton(
    bones=[*CENTRE, *_SIDE, *[_mirrored(bone) for bone in _SIDE]],
    limbs={
        f"{side}{end}": Limb(f"{side}{upper}", f"{side}{lower}", f"{side}{end}", (hinge, 0, 0))
        for side in ("Left", "Right")
        for upper, lower, end, hinge in (("Arm", "ForeArm", "Hand", -1), ("UpLeg", "Leg", "Foot", 1))
    },
    palms={"LeftHand": (-1, 0, 0), "RightHand": (1, 0, 0)},
)


def _springs() -> dict[str, Spring]:
    """Return how each bone follows: the head leads, arms come after the chest, hands and fingers last."""
    centre = {
        "hips": Spring(3.2, 0.75),
        "Hips": Spring(3.2, 0.8),
        "Spine": Spring(3.4, 0.75),
        "Chest": Spring(3.2, 0.7, 0.02),
        "Neck": Spring(4.4, 0.75),
        "Head": Spring(4.0, 0.62),
    }
    arms = {
        "Shoulder": Spring(3.4, 0.7, 0.02),
        "Arm": Spring(3.4, 0.72, 0.03),
        "ForeArm": Spring(3.4, 0.68, 0.05),
        "Hand": Spring(3.6, 0.6, 0.08),
    }
    fingers = {f"Hand{name}{row}": Spring(4.5, 0.8, 0.06 + row / 50) for name in (*FINGERS, "Thumb") for row in (1, 2)}
    return centre | {f"{side}{name}": s for side in ("Left", "Right") for name, s in (arms | fingers).items()}


MANNER = Manner(
    springs=_springs(),
    trailing={"Antenna": Spring(2.6, 0.16)},
    feet={"LeftFoot": (0.12, -1, 0), "RightFoot": (-0.12, -1, 0)},
)
