"""Small things that Pip does of its own while nothing happens."""

from __future__ import annotations

from dataclasses import replace

from kit.motion import Clip, Key
from kit.poses import Reach

from pip_robot.clips.postures import breathing
from pip_robot.stance import FIST, IDLE, OPEN, both, hand, left_hand, right, right_hand, shoulders, torso

_LOOK_LEFT = IDLE.but(hips=(0.008, 0, -0.003), turns=torso(0, 0, 9, head=(-5, 4, 34)))
_LOOK_RIGHT = IDLE.but(hips=(-0.008, 0, -0.003), turns=torso(1, 0, -9, head=(4, -5, -32)))
_LOOK_UP = IDLE.but(turns=torso(-3, 0, -2, head=(-15, -6, -8)))

LOOK_AROUND = Clip(
    "Idle_LookAround",
    5.4,
    [
        Key(0, IDLE),
        Key(0.3, IDLE.but(turns=torso(0.5, 0, -1, head=(2, 0, -4)))),
        Key(0.9, _LOOK_LEFT),
        Key(1.8, _LOOK_LEFT),
        Key(2.7, _LOOK_RIGHT),
        Key(3.5, _LOOK_RIGHT),
        Key(4.0, _LOOK_UP),
        Key(4.4, _LOOK_UP),
        Key(4.9, IDLE),
        Key(5.4, IDLE),
    ],
    waves=breathing(2),
)

_HIP = Reach((0.285, -0.06, 0.6), elbow=(1, 0.5, 0.1), fingers=(-0.75, -0.55, -0.35), palm=(-0.6, 0.5, -0.3))
_ON_LEFT = IDLE.but(
    hips=(0.034, 0, -0.012),
    turns={**torso(0, -5, -4, head=(2, 7, 3)), **hand(24, 10)},
    reaches=left_hand(_HIP),
)
_ON_RIGHT = IDLE.but(hips=(-0.03, 0, -0.01), turns=torso(0, 4, 3, head=(0, -5, -4)))

WEIGHT_SHIFT = Clip(
    "Idle_WeightShift",
    5.0,
    [
        Key(0, IDLE),
        Key(0.35, IDLE.but(hips=(-0.008, 0, -0.012))),
        Key(1.0, _ON_LEFT),
        Key(2.3, _ON_LEFT.but(turns=torso(1, -4, -5, head=(4, 5, -4)))),
        Key(3.1, _ON_RIGHT),
        Key(3.9, _ON_RIGHT),
        Key(4.5, IDLE),
        Key(5.0, IDLE),
    ],
    waves=breathing(2),
)

_TIE = Reach((0.105, -0.235, 0.9), elbow=(1, 0.2, -0.45), fingers=(-0.85, 0.45, 0.4), palm=(0.2, 1.0, -0.2))
_PINCH = hand(34, 18)
_HOLD = IDLE.but(
    turns={**torso(3, 0, 0, head=(13, 0, 0)), **shoulders(5), **_PINCH, **right(_PINCH)},
    reaches={**left_hand(_TIE), **right_hand(_TIE)},
)
_TUG_LEFT = _HOLD.but(
    turns=torso(2, -2, 1, head=(11, 6, 2)),
    reaches={
        **left_hand(replace(_TIE, at=(0.13, -0.235, 0.912))),
        **right_hand(replace(_TIE, at=(0.09, -0.235, 0.892))),
    },
)
_PROUD = IDLE.but(hips=(0, 0, 0.004), turns={**torso(-5, 0, 0, head=(-5, 4, 0)), **shoulders(2)})

FIDGET = Clip(
    "Idle_Fidget_Tie",
    4.4,
    [
        Key(0, IDLE),
        Key(0.3, IDLE.but(turns=torso(1, 0, 0, head=(6, 0, 0)))),
        Key(0.95, _HOLD),
        Key(1.3, _TUG_LEFT),
        Key(1.65, _TUG_LEFT.mirrored()),
        Key(2.0, _HOLD),
        Key(2.3, _HOLD),
        Key(2.9, _PROUD),
        Key(3.3, _PROUD),
        Key(3.9, IDLE),
        Key(4.4, IDLE),
    ],
    waves=breathing(2, 0.7),
)

_UP = Reach((0.34, -0.06, 1.24), elbow=(1, 0.1, 0.0), fingers=(0.25, 0.1, 1), palm=(-0.2, -1, 0.1))
_STRETCHED = IDLE.but(
    hips=(0, 0.004, -0.002),
    turns={**torso(-9, 0, 0, head=(-12, 0, 0)), **shoulders(12), **OPEN, **right(OPEN)},
    reaches=both(_UP),
)
_GATHERED = IDLE.but(hips=(0, 0, -0.022), turns={**torso(8, 0, 0, head=(10, 0, 0)), **FIST, **right(FIST)})

STRETCH = Clip(
    "Idle_Stretch",
    4.6,
    [
        Key(0, IDLE),
        Key(0.6, _GATHERED),
        Key(1.5, _STRETCHED),
        Key(2.1, _STRETCHED.but(turns=torso(-9, -8, 0, head=(-10, -8, 0)))),
        Key(2.7, _STRETCHED.but(turns=torso(-9, 8, 0, head=(-10, 8, 0)))),
        Key(3.4, IDLE.but(hips=(0, 0, -0.014), turns=torso(4, 0, 0, head=(6, 0, 0)))),
        Key(4.0, IDLE),
        Key(4.6, IDLE),
    ],
    waves=breathing(2, 0.5),
)

IDLING = [LOOK_AROUND, WEIGHT_SHIFT, FIDGET, STRETCH]
