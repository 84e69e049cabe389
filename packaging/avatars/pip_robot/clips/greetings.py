"""Hello, goodbye, yes, no, and thank you."""

from __future__ import annotations

from dataclasses import replace

from kit.motion import Clip, Key
from kit.poses import Pose, Reach
from kit.reach import Triple

from pip_robot.clips.postures import breathing
from pip_robot.stance import IDLE, OPEN, SOFT, both, left_hand, right, right_hand, shoulders, torso

HAPPY = {"emotion_happy": 0.85}
WARM = {"emotion_warm": 0.9}
NO_FACE = {"emotion_happy": 0.0, "emotion_warm": 0.0}

_RAISED = Reach((0.44, -0.13, 1.1), elbow=(0.9, 0.5, -1), fingers=(0.1, -0.1, 1), palm=(-0.1, -1, -0.05))


def _waving(lean: float, at: Triple) -> Pose:
    """Return the raised right hand with its fingers leaning out by `lean`."""
    reach = replace(_RAISED, at=at, fingers=(lean, -0.12, 1.0))
    return IDLE.but(
        hips=(0.012, 0, -0.004),
        turns={**torso(-2, 4, -4, head=(-2, 8, 3)), **shoulders(0, 9), **right(OPEN)},
        reaches=right_hand(reach),
        face=HAPPY,
    )


_OUT, _IN = _waving(0.55, (0.475, -0.13, 1.09)), _waving(-0.3, (0.42, -0.13, 1.11))
_DIP = IDLE.but(
    hips=(-0.01, 0, -0.016),
    turns={**torso(3, -3, 2, head=(5, -3, -2)), **right(SOFT)},
    reaches=right_hand(Reach((0.33, -0.02, 0.485), elbow=(0.9, 0.9, 0.0))),
    face={"emotion_happy": 0.3},
)
_ON_ITS_WAY = IDLE.but(
    hips=(0.004, 0, -0.006),
    turns={**torso(0, 1, -2, head=(1, 4, 1)), **shoulders(0, 5), **right(SOFT)},
    reaches=right_hand(
        Reach((0.36, -0.24, 0.83), elbow=(0.8, 0.7, -0.6), fingers=(0.1, -0.75, 0.65), palm=(-0.4, -0.6, -0.6))
    ),
    face={"emotion_happy": 0.7},
)

WAVE = Clip(
    "Wave",
    3.2,
    [
        Key(0, IDLE),
        Key(0.2, _DIP),
        Key(0.42, _ON_ITS_WAY),
        Key(0.64, _OUT),
        Key(0.88, _IN),
        Key(1.12, _OUT),
        Key(1.36, _IN),
        Key(1.6, _OUT),
        Key(1.84, _IN),
        Key(2.12, _ON_ITS_WAY),
        Key(2.5, IDLE.but(hips=(0, 0, -0.004), turns=torso(1, 0, 0, head=(2, 2, 0)), face={"emotion_happy": 0.4})),
        Key(3.2, IDLE),
    ],
)

_LOW_WAVE = Reach((0.36, -0.25, 0.97), elbow=(0.8, 0.5, -0.9), fingers=(0.1, -0.3, 1), palm=(-0.1, -1, -0.3))
_BYE_OPEN = IDLE.but(
    turns={**torso(2, -3, 3, head=(3, -7, -3)), **OPEN},
    reaches=left_hand(_LOW_WAVE),
    face=WARM,
    hips=(-0.008, 0, -0.004),
)
_BYE_SHUT = _BYE_OPEN.but(
    turns={f"LeftHand{name}{row}": (0, 58, 0) for name in ("Index", "Middle", "Pinky") for row in (1, 2)}
)
_BOW_OFF = IDLE.but(
    hips=(0, 0.02, -0.008),
    turns={**torso(14, 0, 0, head=(12, 0, 0)), **SOFT, **right(SOFT)},
    face={"emotion_warm": 1.0},
)

GOODBYE = Clip(
    "Goodbye",
    3.8,
    [
        Key(0, IDLE),
        Key(0.2, IDLE.but(turns=torso(1, 2, -2, head=(2, 3, 2)), hips=(0.006, 0, -0.008), face={"emotion_warm": 0.3})),
        Key(0.65, _BYE_OPEN),
        Key(0.9, _BYE_SHUT),
        Key(1.15, _BYE_OPEN),
        Key(1.4, _BYE_SHUT),
        Key(1.65, _BYE_OPEN),
        Key(2.3, _BOW_OFF),
        Key(2.6, _BOW_OFF),
        Key(3.2, IDLE.but(face={"emotion_warm": 0.4})),
        Key(3.8, IDLE),
    ],
)

_DOWN, _LIFT = IDLE.but(turns=torso(3, 0, 0, head=(27, 0, 0))), IDLE.but(turns=torso(-1.5, 0, 0, head=(-11, 0, 0)))

NOD = Clip(
    "Nod_Yes",
    1.9,
    [
        Key(0, IDLE),
        Key(0.18, _LIFT),
        Key(0.45, _DOWN),
        Key(0.7, _LIFT),
        Key(0.95, _DOWN.but(turns=torso(2, 0, 0, head=(20, 0, 0)))),
        Key(1.3, IDLE),
        Key(1.9, IDLE),
    ],
    waves=breathing(1, 0.4),
)

_LEFT_NO = IDLE.but(turns=torso(0, 0, 3, head=(3, 1, 30)))
_RIGHT_NO = IDLE.but(turns=torso(0, 0, -3, head=(3, -1, -30)))

SHAKE = Clip(
    "Shake_Head_No",
    2.3,
    [
        Key(0, IDLE),
        Key(0.15, IDLE.but(turns=torso(0, 0, -1, head=(2, 0, -6)))),
        Key(0.45, _LEFT_NO),
        Key(0.8, _RIGHT_NO),
        Key(1.15, _LEFT_NO.but(turns=torso(0, 0, 2, head=(4, 0, 23)))),
        Key(1.45, _RIGHT_NO.but(turns=torso(0, 0, -1, head=(3, 0, -12)))),
        Key(1.75, IDLE),
        Key(2.3, IDLE),
    ],
    waves=breathing(1, 0.4),
)

_HEART = Reach((0.02, -0.245, 0.83), elbow=(0.9, 0.1, -0.5), fingers=(-0.95, -0.1, 0.3), palm=(0.05, 1, 0))
_HAND_ON_HEART = IDLE.but(
    hips=(0, 0, -0.004),
    turns={**torso(2, 0, 0, head=(3, -7, 0)), **right(SOFT)},
    reaches=right_hand(_HEART),
    face=WARM,
)
_BOWED = _HAND_ON_HEART.but(hips=(0, 0.05, -0.02), turns=torso(30, 0, 0, head=(16, 0, 0)), face={"emotion_warm": 1.0})

THANK = Clip(
    "Thank_You_Bow",
    3.4,
    [
        Key(0, IDLE),
        Key(0.25, IDLE.but(hips=(0, 0, 0.003), turns=torso(-3, 0, 0, head=(-4, 0, 0)), face={"emotion_warm": 0.4})),
        Key(0.75, _HAND_ON_HEART),
        Key(1.3, _BOWED),
        Key(1.75, _BOWED),
        Key(2.3, _HAND_ON_HEART.but(face={"emotion_warm": 0.8})),
        Key(2.85, IDLE.but(face={"emotion_warm": 0.3})),
        Key(3.4, IDLE),
    ],
)

_WELCOME = Reach((0.43, -0.25, 0.83), elbow=(0.6, 0.6, -0.6), fingers=(0.72, -0.62, 0.2), palm=(-0.1, -0.45, 0.9))
_OPEN_ARMS = IDLE.but(
    hips=(0, 0.004, 0.002),
    turns={**torso(-3, 0, 0, head=(-2, 6, 0)), **OPEN, **right(OPEN)},
    reaches=both(_WELCOME),
    face=HAPPY,
)
_CLASPED = Reach((0.085, -0.27, 0.76), elbow=(1, 0.4, -0.3), fingers=(-0.75, -0.55, 0.3), palm=(-0.55, 0.7, -0.2))

WELCOME = Clip(
    "Welcome",
    3.2,
    [
        Key(0, IDLE),
        Key(0.4, IDLE.but(hips=(0, 0, -0.014), turns=torso(5, 0, 0, head=(5, 0, 0)), reaches=both(_CLASPED))),
        Key(0.95, _OPEN_ARMS),
        Key(1.7, _OPEN_ARMS.but(turns=torso(3, 0, 0, head=(9, 3, 0)))),
        Key(2.1, _OPEN_ARMS),
        Key(2.65, IDLE.but(face={"emotion_happy": 0.3})),
        Key(3.2, IDLE),
    ],
)

GREETINGS = [WAVE, WELCOME, GOODBYE, NOD, SHAKE, THANK]
