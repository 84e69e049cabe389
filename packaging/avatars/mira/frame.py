"""Where Mira's joints are: the measures that body, clothes and skeleton share. Metres, her left is +X."""

import numpy as np
from kit.reach import Bone, Limb, Skeleton, Triple
from kit.shapes import other_side

HIPS, SPINE, CHEST, NECK, SKULL, CROWN = 0.42, 0.50, 0.60, 0.735, 0.80, 1.27
SHOULDER = np.array([0.128, 0.0, 0.680])
ELBOW = np.array([0.258, 0.012, 0.568])
WRIST = np.array([0.380, -0.004, 0.457])
ARM = (WRIST - SHOULDER) / np.linalg.norm(WRIST - SHOULDER)
PALM = np.array([ARM[2], 0.0, -ARM[0]]) / np.hypot(ARM[0], ARM[2])  # out of the palm, at rest down and inwards
HIP, KNEE = np.array([0.085, 0.0, 0.36]), np.array([0.100, -0.020, 0.212])
ANKLE, TOE = np.array([0.105, 0.012, 0.075]), np.array([0.112, -0.090, 0.035])
EAR, EAR_MIDDLE, EAR_TIP = (
    np.array([0.150, 0.015, 1.225]),
    np.array([0.192, 0.022, 1.345]),
    np.array([0.235, 0.030, 1.480]),
)
TAIL_PATH = np.array(
    [
        (0.0, 0.10, 0.43),
        (0.06, 0.22, 0.385),
        (0.175, 0.31, 0.395),
        (0.300, 0.335, 0.495),
        (0.365, 0.310, 0.645),
        (0.350, 0.275, 0.815),
    ]
)
SCARF_KNOT, SCARF_MIDDLE, SCARF_TIP = (0.070, -0.150, 0.735), (0.088, -0.185, 0.625), (0.100, -0.190, 0.510)


def at_hand(along: float, side: float, out: float = 0.0) -> np.ndarray:
    """A place in her left hand: metres from the wrist along the arm, forwards of it, out of the palm."""
    forward = np.array([0.0, -1.0, 0.0])
    return WRIST + along * ARM + side * forward + out * PALM


FINGERS = {"Index": 0.033, "Middle": 0.0, "Ring": -0.033}  # how far forwards of the middle each finger lies


def skeleton() -> Skeleton:
    """All bones, parents first."""
    bones = [
        Bone("Hips", (0, 0, HIPS), (0, 0, SPINE)),
        Bone("Spine", (0, 0, SPINE), (0, 0, CHEST), "Hips"),
        Bone("Chest", (0, 0, CHEST), (0, 0, NECK), "Spine"),
        Bone("Neck", (0, 0, NECK), (0, 0, SKULL), "Chest"),
        Bone("Head", (0, 0, SKULL), (0, 0, CROWN), "Neck"),
        Bone("ScarfEnd1", SCARF_KNOT, SCARF_MIDDLE, "Chest"),
        Bone("ScarfEnd2", SCARF_MIDDLE, SCARF_TIP, "ScarfEnd1"),
    ]
    for index in range(5):
        parent = f"Tail{index}" if index else "Hips"
        bones.append(Bone(f"Tail{index + 1}", _triple(TAIL_PATH[index]), _triple(TAIL_PATH[index + 1]), parent))
    left = _left_side()
    right = [_mirrored(bone) for bone in left]
    limbs = {}
    for side in ("Left", "Right"):
        flip = 1.0 if side == "Left" else -1.0
        limbs[f"{side}Hand"] = Limb(f"{side}Arm", f"{side}ForeArm", f"{side}Hand", (0.0, 0.0, flip))
        limbs[f"{side}Foot"] = Limb(f"{side}UpLeg", f"{side}Leg", f"{side}Foot", (1.0, 0.0, 0.0))
    palm = _triple(PALM)
    palms = {"LeftHand": palm, "RightHand": (-palm[0], palm[1], palm[2])}
    return Skeleton([*bones, *left, *right], limbs, palms)


def _left_side() -> list[Bone]:
    """The bones of her left side."""
    eye = np.array([0.104, -0.106, 1.056])
    chain = [
        Bone("LeftEye", _triple(eye), _triple(eye + np.array([0, -0.1, 0])), "Head"),
        Bone("LeftEar", _triple(EAR), _triple(EAR_MIDDLE), "Head"),
        Bone("LeftEarTip", _triple(EAR_MIDDLE), _triple(EAR_TIP), "LeftEar"),
        Bone("LeftShoulder", (0.030, 0.0, 0.690), _triple(SHOULDER), "Chest"),
        Bone("LeftArm", _triple(SHOULDER), _triple(ELBOW), "LeftShoulder"),
        Bone("LeftForeArm", _triple(ELBOW), _triple(WRIST), "LeftArm"),
        Bone("LeftHand", _triple(WRIST), _triple(at_hand(0.062, 0.0)), "LeftForeArm"),
        Bone(
            "LeftHandThumb1", _triple(at_hand(0.022, 0.030, 0.006)), _triple(at_hand(0.044, 0.060, 0.012)), "LeftHand"
        ),
        Bone(
            "LeftHandThumb2",
            _triple(at_hand(0.044, 0.060, 0.012)),
            _triple(at_hand(0.062, 0.086, 0.014)),
            "LeftHandThumb1",
        ),
    ]
    for finger in ("Index", "Middle"):
        side = FINGERS[finger]
        root, middle, tip = (
            _triple(at_hand(along, side * spread)) for along, spread in ((0.060, 1.0), (0.092, 1.22), (0.124, 1.42))
        )
        chain.append(Bone(f"LeftHand{finger}1", root, middle, "LeftHand"))
        chain.append(Bone(f"LeftHand{finger}2", middle, tip, f"LeftHand{finger}1"))
    leg = [
        Bone("LeftUpLeg", _triple(HIP), _triple(KNEE), "Hips"),
        Bone("LeftLeg", _triple(KNEE), _triple(ANKLE), "LeftUpLeg"),
        Bone("LeftFoot", _triple(ANKLE), _triple(TOE), "LeftLeg"),
    ]
    return [*chain, *leg]


def _triple(point: np.ndarray) -> Triple:
    """The point as three plain numbers."""
    return (float(point[0]), float(point[1]), float(point[2]))


def _mirrored(bone: Bone) -> Bone:
    """The bone of the other side."""
    parent = other_side(bone.parent) if bone.parent else None
    head, tail = bone.head, bone.tail
    return Bone(other_side(bone.name), (-head[0], head[1], head[2]), (-tail[0], tail[1], tail[2]), parent)
