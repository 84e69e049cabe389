"""Moods that take the whole body: laughing, sad, surprised, confused, shy, frustrated, afraid."""

from __future__ import annotations

from dataclasses import replace

from kit.motion import Clip, Key
from kit.poses import Pose, Reach

from pip_robot.stance import FIST, IDLE, OPEN, SOFT, both, hand, left_hand, right, right_hand, shoulders, torso

_BELLY = Reach((0.06, -0.235, 0.7), elbow=(1, 0.3, -0.2), fingers=(-0.97, -0.1, -0.1), palm=(0.0, 1, 0.1))
_LOOSE = Reach((0.4, -0.1, 0.6), elbow=(0.8, 0.8, 0.2), fingers=(0.3, -0.5, -0.6), palm=(-0.6, -0.3, 0.3))


def _laugh(bend: float, hips: float, roll: float) -> Pose:
    """Return a hand on the belly, shaking."""
    return IDLE.but(
        hips=(0, 0.006, hips),
        turns={
            **torso(bend, 0, 2, head=(-bend * 0.9 - 4, roll, 0)),
            **shoulders(8 + bend * 0.4),
            **SOFT,
            **right(SOFT),
        },
        reaches={**right_hand(_BELLY), **left_hand(_LOOSE)},
        face={"emotion_amused": 1.0},
    )


LAUGH = Clip(
    "Laugh",
    3.2,
    [
        Key(0, IDLE),
        Key(
            0.25,
            IDLE.but(
                hips=(0, 0, 0.003),
                turns={**torso(-4, 0, 0, head=(-4, 0, 0)), **shoulders(6)},
                face={"emotion_amused": 0.5},
            ),
        ),
        *[
            Key(0.55 + 0.17 * beat, _laugh((9, 3)[beat % 2], (-0.026, -0.008)[beat % 2], 7 - beat))
            for beat in range(10)
        ],
        Key(2.6, IDLE.but(turns=torso(1, 0, 0, head=(-2, 3, 0)), face={"emotion_amused": 0.4})),
        Key(3.2, IDLE),
    ],
)

_DROOP = IDLE.but(
    hips=(0, 0.012, -0.022),
    turns={**torso(13, 0, 0, head=(20, 5, 0)), **shoulders(-9), **hand(14, 4), **right(hand(14, 4))},
    reaches=both(Reach((0.315, -0.12, 0.475), elbow=(0.9, 0.8, 0.0))),
    face={"emotion_sad": 1.0},
)

SAD = Clip(
    "Sad",
    4.0,
    [
        Key(0, IDLE),
        Key(
            0.32,
            IDLE.but(
                hips=(0, 0, 0.002),
                turns={**torso(-5, 0, 0, head=(-7, 0, 0)), **shoulders(9)},
                face={"emotion_sad": 0.5},
            ),
        ),
        Key(1.05, _DROOP),
        Key(1.8, _DROOP.but(turns=torso(13, 0, 0, head=(19, 6, 9)))),
        Key(2.3, _DROOP.but(turns=torso(13, 0, 0, head=(19, 4, -8)))),
        Key(2.7, _DROOP),
        Key(3.4, IDLE.but(face={"emotion_sad": 0.35})),
        Key(4.0, IDLE),
    ],
)

_JOLT = Reach((0.36, -0.235, 0.98), elbow=(1, 0.5, -0.6), fingers=(0.25, -0.3, 1), palm=(-0.15, -1, -0.2))
_STARTLED = IDLE.but(
    hips=(0, 0.03, 0.002),
    turns={**torso(-12, 0, 0, head=(-3, 0, 0)), **shoulders(17), **OPEN, **right(OPEN)},
    reaches=both(_JOLT),
    face={"emotion_surprised": 1.0},
)

SURPRISED = Clip(
    "Surprised",
    2.8,
    [
        Key(0, IDLE),
        Key(0.14, IDLE.but(hips=(0, -0.006, -0.02), turns={**torso(5, 0, 0, head=(6, 0, 0)), **shoulders(-4)})),
        Key(0.36, _STARTLED, "out"),
        Key(1.0, _STARTLED.but(hips=(0, 0.024, 0.0), turns=torso(-9, 0, 0, head=(-1, 4, 0)))),
        Key(
            1.5,
            _STARTLED.but(
                hips=(0, 0.012, 0.0),
                turns={**torso(-4, 0, 0, head=(5, 5, 0)), **shoulders(9)},
                face={"emotion_surprised": 0.8},
            ),
        ),
        Key(2.2, IDLE.but(face={"emotion_surprised": 0.2})),
        Key(2.8, IDLE),
    ],
)

_SCRATCH = Reach(
    (0.385, -0.02, 1.5), elbow=(1, 0.1, -0.2), fingers=(-0.75, 0.1, 0.65), palm=(-0.65, 0.1, -0.75), carried_by="Head"
)
_PUZZLED = IDLE.but(
    hips=(-0.014, 0, -0.006),
    turns={**torso(1, 3, -2, head=(4, -12, 6)), **shoulders(0, 10), **right(hand(30, 8))},
    reaches=right_hand(_SCRATCH),
    face={"emotion_confused": 1.0},
)
_RUB = _PUZZLED.but(turns=right(hand(56, 14)), reaches=right_hand(replace(_SCRATCH, at=(0.365, -0.02, 1.525))))

CONFUSED = Clip(
    "Confused",
    3.6,
    [
        Key(0, IDLE),
        Key(
            0.26,
            IDLE.but(
                turns=torso(-2, -1, 0, head=(-7, 10, -5)), hips=(0.006, 0, -0.008), face={"emotion_confused": 0.5}
            ),
        ),
        Key(0.95, _PUZZLED),
        *[Key(1.15 + 0.2 * beat, (_RUB, _PUZZLED)[beat % 2]) for beat in range(6)],
        Key(2.45, _PUZZLED.but(turns=torso(1, 2, 0, head=(3, -9, -6)))),
        Key(3.0, IDLE.but(face={"emotion_confused": 0.4})),
        Key(3.6, IDLE),
    ],
)

_HIDE = Reach((0.055, -0.24, 0.655), elbow=(1, 0.4, -0.1), fingers=(-0.55, -0.3, -0.8), palm=(-0.5, 0.8, 0.0))
_BASHFUL = IDLE.but(
    hips=(0.016, 0.008, -0.014),
    turns={**torso(6, -4, 13, head=(13, -9, 12)), **shoulders(9), **hand(30, 10), **right(hand(30, 10))},
    reaches=both(_HIDE),
    face={"emotion_warm": 0.35, "emotion_sorry": 0.6},
)
_PEEK = _BASHFUL.but(turns=torso(6, -3, 9, head=(7, -11, -10)), face={"emotion_warm": 0.75, "emotion_sorry": 0.15})

SHY = Clip(
    "Shy",
    3.8,
    [
        Key(0, IDLE),
        Key(
            0.26,
            IDLE.but(turns=torso(-2, 2, -7, head=(-4, 4, -6)), hips=(-0.01, 0, -0.004), face={"emotion_warm": 0.3}),
        ),
        Key(0.95, _BASHFUL),
        Key(1.4, _BASHFUL.but(turns=torso(6, -4, 8, head=(14, -8, 12)), hips=(0.006, 0.008, -0.014))),
        Key(1.85, _BASHFUL),
        Key(2.4, _PEEK),
        Key(2.8, _PEEK),
        Key(3.3, IDLE.but(face={"emotion_warm": 0.3})),
        Key(3.8, IDLE),
    ],
)

_AKIMBO = Reach((0.265, -0.045, 0.625), elbow=(1, 0.55, 0.1), fingers=(-0.6, -0.7, -0.35), palm=(-0.7, 0.6, -0.1))
_CROSS = IDLE.but(
    hips=(0, 0, -0.006),
    turns={**torso(4, 0, 0, head=(7, 0, 0)), **shoulders(8), **FIST, **right(FIST)},
    reaches=both(_AKIMBO),
    face={"emotion_angry": 0.9},
)

FRUSTRATED = Clip(
    "Frustrated",
    3.4,
    [
        Key(0, IDLE),
        Key(
            0.3,
            IDLE.but(
                hips=(0, 0, 0.004),
                turns={**torso(-5, 0, 0, head=(-6, 0, 0)), **shoulders(12)},
                face={"emotion_angry": 0.5},
            ),
        ),
        Key(0.7, _CROSS, "in"),
        Key(1.15, _CROSS.but(turns=torso(6, 0, 5, head=(9, 3, 14)))),
        Key(1.55, _CROSS.but(turns=torso(6, 0, -5, head=(9, -3, -14)))),
        Key(1.95, _CROSS.but(turns=torso(6, 0, 3, head=(9, 2, 8)))),
        Key(
            2.3,
            _CROSS.but(
                hips=(0, 0, -0.014),
                turns={**torso(7, 0, 0, head=(12, 0, 0)), **shoulders(-4)},
                face={"emotion_angry": 0.5},
            ),
        ),
        Key(2.9, IDLE.but(face={"emotion_angry": 0.15})),
        Key(3.4, IDLE),
    ],
)

_GUARD = Reach((0.1, -0.29, 0.93), elbow=(0.9, 0.2, -0.8), fingers=(-0.25, -0.1, 1), palm=(-0.5, 0.85, 0.0))
_COWER = IDLE.but(
    hips=(0, 0.035, -0.035),
    turns={**torso(9, 3, -8, head=(6, -4, 10)), **shoulders(18), **hand(40, 16), **right(hand(40, 16))},
    reaches=both(_GUARD),
    face={"emotion_afraid": 1.0},
)

AFRAID = Clip(
    "Afraid",
    3.0,
    [
        Key(0, IDLE),
        Key(
            0.16,
            IDLE.but(
                hips=(0, 0, 0.004),
                turns={**torso(-4, 0, 0, head=(-4, 0, 0)), **shoulders(8)},
                face={"emotion_afraid": 0.6},
            ),
        ),
        Key(0.5, _COWER, "out"),
        *[
            Key(0.62 + 0.09 * beat, _COWER.but(turns=torso(9, 3, -8 + beat % 2, head=(6, -4 + 2.4 * (beat % 2), 10))))
            for beat in range(12)
        ],
        Key(1.9, _COWER),
        Key(2.5, IDLE.but(face={"emotion_afraid": 0.3})),
        Key(3.0, IDLE),
    ],
)

FEELINGS = [LAUGH, SAD, SURPRISED, CONFUSED, SHY, FRUSTRATED, AFRAID]
