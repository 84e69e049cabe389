"""How Mira moves (softly, each part after the one that carries it), and the list of all her clips."""

from kit.motion import Clip, Manner, Spring

from mira import feelings, gestures, postures

LIMBS = {
    "Shoulder": Spring(3.4, 0.85),
    "Arm": Spring(3.3, 0.78),
    "ForeArm": Spring(3.0, 0.72, 0.03),
    "Hand": Spring(2.7, 0.60, 0.06),
    "HandIndex1": Spring(3.2, 0.8, 0.09),
    "HandIndex2": Spring(3.0, 0.8, 0.12),
    "HandMiddle1": Spring(3.0, 0.8, 0.11),
    "HandMiddle2": Spring(2.8, 0.8, 0.14),
    "HandThumb1": Spring(3.2, 0.8, 0.08),
    "HandThumb2": Spring(3.0, 0.8, 0.10),
    "Ear": Spring(4.0, 0.5),
    "EarTip": Spring(3.2, 0.45, 0.04),
}
MANNER = Manner(
    springs={
        "hips": Spring(2.3, 0.85),
        "Hips": Spring(2.4, 0.85),
        "Spine": Spring(2.8, 0.8),
        "Chest": Spring(2.9, 0.75, 0.02),
        "Neck": Spring(3.0, 0.72, 0.04),
        "Head": Spring(2.9, 0.66, 0.06),
        **{f"Tail{i}": Spring(2.2 - 0.15 * i, 0.5, 0.04 * i) for i in range(1, 6)},
        **{f"{side}{limb}": spring for side in ("Left", "Right") for limb, spring in LIMBS.items()},
    },
    trailing={
        **{f"{side}Ear": Spring(3.6, 0.34) for side in ("Left", "Right")},
        **{f"{side}EarTip": Spring(3.0, 0.30) for side in ("Left", "Right")},
        **{f"Tail{i}": Spring(2.4 - 0.12 * i, 0.5) for i in range(1, 6)},
        "ScarfEnd1": Spring(2.2, 0.28),
        "ScarfEnd2": Spring(2.0, 0.28),
    },
    feet={"LeftFoot": (0.22, -1.0, 0.0), "RightFoot": (-0.22, -1.0, 0.0)},
)


def clips() -> list[Clip]:
    """Every clip, in the order of the file."""
    return [*postures.clips(), *gestures.clips(), *feelings.clips()]
