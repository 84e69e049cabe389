"""What accompanies an answer: showing, pointing, approving, not knowing, great news."""

from __future__ import annotations

from dataclasses import replace

from kit.motion import Clip, Key
from kit.poses import Pose, Reach
from kit.reach import Triple

from pip_robot.stance import (
    FIST,
    IDLE,
    OPEN,
    POINT,
    SOFT,
    THUMB_UP,
    both,
    left_hand,
    right,
    right_hand,
    shoulders,
    torso,
)

_SHRUGGED = Reach((0.40, -0.2, 0.785), elbow=(0.5, 0.6, -1), fingers=(0.9, -0.4, 0.12), palm=(0.0, -0.3, 0.95))
_DUNNO = IDLE.but(
    hips=(0, 0, -0.008),
    turns={**torso(-2, -3, 0, head=(-2, -13, 4)), **shoulders(20), **OPEN, **right(OPEN)},
    reaches=both(_SHRUGGED),
    face={"emotion_confused": 0.85},
)

SHRUG = Clip(
    "Shrug",
    2.7,
    [
        Key(0, IDLE),
        Key(0.22, IDLE.but(hips=(0, 0, -0.016), turns={**torso(4, 0, 0, head=(5, 0, 0)), **shoulders(-5)})),
        Key(0.62, _DUNNO),
        Key(1.3, _DUNNO.but(turns={**torso(-1, 2, 0, head=(0, -15, -3)), **shoulders(17)})),
        Key(1.6, _DUNNO.but(turns=shoulders(15))),
        Key(2.1, IDLE.but(hips=(0, 0, -0.006), turns={**torso(2, 0, 0, head=(3, 0, 0)), **shoulders(-2)})),
        Key(2.7, IDLE),
    ],
)

_TRAY = Reach((0.46, -0.2, 0.88), elbow=(0.4, 0.6, -1), fingers=(0.86, -0.45, 0.2), palm=(-0.15, -0.3, 0.95))
_GATHER = Reach((0.08, -0.27, 0.8), elbow=(1, 0.3, -0.4), fingers=(-0.6, -0.7, 0.3), palm=(-0.1, 0.5, 0.85))
_SHOWN = IDLE.but(
    hips=(0.018, 0, -0.006),
    turns={**torso(0, -4, 9, head=(1, -3, 13)), **OPEN},
    reaches=left_hand(_TRAY),
)
_BACK_TO_YOU = _SHOWN.but(turns=torso(2, -3, 6, head=(4, 6, -6)))

PRESENT = Clip(
    "Present",
    3.2,
    [
        Key(0, IDLE),
        Key(
            0.35,
            IDLE.but(
                hips=(-0.012, 0, -0.01), turns={**torso(3, 2, -6, head=(4, 2, -2)), **SOFT}, reaches=left_hand(_GATHER)
            ),
        ),
        Key(0.9, _SHOWN),
        Key(1.4, _SHOWN),
        Key(1.85, _BACK_TO_YOU),
        Key(2.2, _BACK_TO_YOU),
        Key(2.7, IDLE),
        Key(3.2, IDLE),
    ],
)

_FINGER = Reach((0.42, -0.31, 0.98), elbow=(0.7, 0.5, -0.7), fingers=(0.62, -0.7, 0.35), palm=(-0.6, 0.0, -0.8))
_POINTED = IDLE.but(
    hips=(-0.016, 0, -0.004),
    turns={**torso(2, 4, -8, head=(0, 4, -15)), **right(POINT)},
    reaches=right_hand(_FINGER),
)
_JAB = right_hand(replace(_FINGER, at=(0.45, -0.345, 0.995)))

POINT_THERE = Clip(
    "Point_There",
    2.8,
    [
        Key(0, IDLE),
        Key(
            0.28,
            IDLE.but(
                hips=(0.01, 0, -0.012),
                turns={**torso(2, -3, 5, head=(3, -2, 3)), **right(POINT)},
                reaches=right_hand(Reach((0.33, -0.1, 0.62), elbow=(0.9, 0.9, 0))),
            ),
        ),
        Key(0.75, _POINTED),
        Key(1.05, _POINTED.but(reaches=_JAB)),
        Key(1.3, _POINTED),
        Key(1.75, _POINTED.but(turns=torso(2, 2, -5, head=(3, -3, 5)))),
        Key(2.3, IDLE),
        Key(2.8, IDLE),
    ],
)

_THUMB = Reach((0.235, -0.345, 0.89), elbow=(1, 0.3, -0.6), fingers=(-0.62, -0.78, 0.0), palm=(-0.78, 0.62, 0.0))
_APPROVED = IDLE.but(
    hips=(0.01, 0, 0.002),
    turns={**torso(-2, 2, -3, head=(-1, 10, 4)), **right(THUMB_UP)},
    reaches=right_hand(_THUMB),
    face={"emotion_happy": 0.95},
)

THUMBS_UP = Clip(
    "Thumbs_Up",
    2.8,
    [
        Key(0, IDLE),
        Key(
            0.25,
            IDLE.but(
                hips=(0, 0, -0.018),
                turns={**torso(5, 0, 3, head=(6, 0, 0)), **right(FIST)},
                reaches=right_hand(Reach((0.3, -0.14, 0.6), elbow=(0.9, 0.9, 0))),
            ),
        ),
        Key(0.65, _APPROVED),
        Key(
            0.95,
            _APPROVED.but(
                turns=torso(3, 2, -3, head=(11, 8, 3)), reaches=right_hand(replace(_THUMB, at=(0.235, -0.37, 0.875)))
            ),
        ),
        Key(1.2, _APPROVED),
        Key(1.75, _APPROVED),
        Key(2.3, IDLE.but(face={"emotion_happy": 0.3})),
        Key(2.8, IDLE),
    ],
)

_HIGH: Triple = (0.45, -0.08, 1.22)
_FISTS_UP = Reach(_HIGH, elbow=(1, 0.4, -0.6), fingers=(0.25, -0.05, 1), palm=(-0.9, -0.45, 0.2))
_EXCITED = {"emotion_excited": 1.0}


def _cheer(hips: float, raised: float, tilt: float) -> Pose:
    """Return both fists in the air: hips up or down, hands raised more or less, leaning to a side."""
    return IDLE.but(
        hips=(tilt * 0.002, 0, hips),
        turns={**torso(-6, tilt, 0, head=(-8, tilt * 1.4, 0)), **shoulders(14), **FIST, **right(FIST)},
        reaches=both(replace(_FISTS_UP, at=(_HIGH[0], _HIGH[1], _HIGH[2] + raised))),
        face=_EXCITED,
    )


_CROUCH = IDLE.but(
    hips=(0, 0.01, -0.055),
    turns={**torso(14, 0, 0, head=(8, 0, 0)), **FIST, **right(FIST)},
    reaches=both(Reach((0.3, -0.2, 0.66), elbow=(0.9, 0.9, 0))),
    face={"emotion_excited": 0.5},
)

CELEBRATE = Clip(
    "Celebrate",
    3.4,
    [
        Key(0, IDLE),
        Key(0.32, _CROUCH),
        Key(0.62, _cheer(0.001, 0.05, 0)),
        Key(0.86, _cheer(-0.022, -0.05, 6)),
        Key(1.1, _cheer(0.001, 0.05, 3)),
        Key(1.34, _cheer(-0.022, -0.05, -6)),
        Key(1.58, _cheer(0.001, 0.05, -3)),
        Key(1.82, _cheer(-0.022, -0.05, 5)),
        Key(2.06, _cheer(0.001, 0.04, 0)),
        Key(2.6, IDLE.but(hips=(0, 0, -0.02), turns=torso(4, 0, 0, head=(4, 0, 0)), face={"emotion_excited": 0.4})),
        Key(3.4, IDLE),
    ],
)

_APART = Reach((0.16, -0.33, 0.86), elbow=(1, 0.4, -0.5), fingers=(-0.2, -0.65, 0.75), palm=(-1, 0.0, -0.1))
_JOINED = replace(_APART, at=(0.052, -0.34, 0.86))


def _clap(reach: Reach, bounce: float) -> Pose:
    """Return hands before the chest."""
    return IDLE.but(
        hips=(0, 0, bounce),
        turns={**torso(2, 0, 0, head=(bounce * 300, 5, 0)), **OPEN, **right(OPEN)},
        reaches=both(reach),
        face={"emotion_happy": 1.0},
    )


CLAP = Clip(
    "Clap",
    2.9,
    [
        Key(0, IDLE),
        Key(0.45, _clap(_APART, -0.01)),
        *[Key(0.62 + 0.3 * beat, _clap(_JOINED, 0.004), "in") for beat in range(5)],
        *[Key(0.77 + 0.3 * beat, _clap(_APART, -0.012), "out") for beat in range(5)],
        Key(2.45, IDLE.but(face={"emotion_happy": 0.3})),
        Key(2.9, IDLE),
    ],
)
CLAP = replace(CLAP, keys=sorted(CLAP.keys, key=lambda key: key.at))

ANSWERS = [SHRUG, PRESENT, POINT_THERE, THUMBS_UP, CELEBRATE, CLAP]
