"""The loops that always play: idle, listening, thinking and talking. They leave the face to the player."""

from __future__ import annotations

from kit.motion import Clip, Key, Wave
from kit.poses import Reach

from pip_robot.stance import FRONT, IDLE, OPEN, SOFT, both, hand, left_hand, right, right_hand, shoulders, torso


def breathing(breaths: int, depth: float = 1.0) -> list[Wave]:
    """Return the waves of a breath: chest, shoulders, a touch of the hips, arms a little later."""
    return [
        Wave("Chest", 0, -0.9 * depth, breaths),
        Wave("Neck", 0, 0.7 * depth, breaths, -0.05),
        Wave("LeftShoulder", 1, -1.0 * depth, breaths, -0.04),
        Wave("RightShoulder", 1, 1.0 * depth, breaths, -0.04),
        Wave("hips", 2, 0.0022 * depth, breaths, -0.02),
        Wave("LeftArm", 1, -0.7 * depth, breaths, -0.1),
        Wave("RightArm", 1, 0.7 * depth, breaths, -0.1),
    ]


_SWAY_LEFT = IDLE.but(hips=(0.012, 0, -0.003), turns=torso(0.5, -1.2, 1, head=(0, 1.6, 2.5)))
_SWAY_RIGHT = IDLE.but(hips=(-0.011, 0, -0.003), turns=torso(-0.5, 1.2, -1, head=(1.5, -1.8, -2)))

IDLE_LOOP = Clip(
    "Idle",
    6.0,
    [Key(0, IDLE), Key(1.8, _SWAY_LEFT), Key(3.0, IDLE), Key(4.6, _SWAY_RIGHT)],
    loop=True,
    waves=breathing(2),
)

_CLASP = Reach((0.13, -0.265, 0.69), elbow=(1, 0.5, -0.1), fingers=(-0.75, -0.3, -0.4), palm=(-0.45, 0.85, 0.0))
_UNDER = Reach((0.125, -0.24, 0.675), elbow=(1, 0.5, -0.1), fingers=(-0.8, -0.25, -0.35), palm=(-0.4, 0.9, 0.1))
_ATTENTIVE = IDLE.but(
    hips=(0, 0.004, -0.006),
    turns={**torso(6, 0, 0, head=(-2, 7, 4)), **SOFT, **right(SOFT)},
    reaches={**left_hand(_CLASP), **right_hand(_UNDER)},
)
_NODDING = _ATTENTIVE.but(turns=torso(7, 0, 0, head=(8, 6, 3)))
_LEANING = _ATTENTIVE.but(hips=(0.01, 0.004, -0.008), turns=torso(7, 1.5, 2, head=(-1, 10, 6)))

LISTENING = Clip(
    "Listening",
    5.0,
    [
        Key(0, _ATTENTIVE),
        Key(0.9, _ATTENTIVE),
        Key(1.2, _NODDING),
        Key(1.5, _ATTENTIVE),
        Key(1.78, _NODDING),
        Key(2.15, _ATTENTIVE),
        Key(3.2, _LEANING),
        Key(4.2, _LEANING),
    ],
    loop=True,
    waves=breathing(2, 0.7),
)

_CHIN = Reach((0.15, -0.315, 0.985), elbow=(0.5, 0.1, -1), fingers=(-0.7, 0.1, 0.72), palm=(0.1, 1.0, 0.15))
_PROP = Reach((0.06, -0.235, 0.735), elbow=(1, 0.3, -0.3), fingers=(-1, -0.08, 0.06), palm=(0.0, 1.0, 0.1))
_PONDER = IDLE.but(
    hips=(-0.012, 0, -0.004),
    turns={**torso(-1, 2, -3, head=(-9, 6, 14)), **hand(26, 10), **right(hand(66, -6, index=16))},
    reaches={**right_hand(_CHIN), **left_hand(_PROP)},
)
_PONDER_MORE = _PONDER.but(hips=(0.004, 0, -0.006), turns=torso(1, -1, 2, head=(-11, -6, -12)))
_TAP = _PONDER.but(turns={**torso(-1, 2, -3, head=(-8, 7, 15)), **right(hand(66, -6, index=46))})

THINKING = Clip(
    "Thinking",
    5.6,
    [
        Key(0, _PONDER),
        Key(0.7, _TAP),
        Key(0.95, _PONDER),
        Key(1.2, _TAP),
        Key(1.5, _PONDER),
        Key(2.2, _PONDER),
        Key(3.0, _PONDER_MORE),
        Key(4.6, _PONDER_MORE),
    ],
    loop=True,
    waves=breathing(2, 0.6),
)

_OFFER = Reach((0.31, -0.27, 0.80), elbow=(0.8, 0.5, -0.5), fingers=(0.3, -0.9, 0.35), palm=(-0.35, 0.1, 0.95))
_OFFER_HIGH = Reach((0.36, -0.27, 0.9), elbow=(0.8, 0.4, -0.6), fingers=(0.55, -0.7, 0.5), palm=(-0.5, -0.2, 0.85))
_BEAT = Reach((0.22, -0.3, 0.75), elbow=(0.9, 0.5, -0.4), fingers=(-0.3, -0.95, 0.05), palm=(-0.8, 0.15, 0.3))
_LOW = Reach((0.27, -0.2, 0.65), elbow=(0.9, 0.6, -0.2), fingers=(-0.3, -0.9, 0.0), palm=(-0.7, 0.2, -0.4))

_RESTED = IDLE.but(turns={**torso(1, 0, 0, head=(0, 0, 0)), **SOFT, **right(SOFT)}, reaches=both(_LOW))


def _say(
    left: Reach, right_reach: Reach, bend: float, tilt: float, yaw: float, head: tuple[float, float, float]
) -> Key:
    """Return a beat of talking at time 0, to be placed."""
    pose = _RESTED.but(
        turns={
            **torso(bend, tilt, yaw, head=head),
            **OPEN,
            **right(OPEN),
            **shoulders(left.at[2] * 4, right_reach.at[2] * 4),
        },
        hips=(yaw * 0.0012, 0, -0.003),
        reaches={**left_hand(left), **right_hand(right_reach)},
    )
    return Key(0, pose)


def _spoken(*beats: tuple[float, Key]) -> list[Key]:
    """Place beats in time."""
    return [Key(at, beat.pose) for at, beat in beats]


TALKING_1 = Clip(
    "Talking_01",
    4.4,
    [
        Key(0, _RESTED),
        *_spoken(
            (0.5, _say(_LOW, _OFFER, 2, 1, -5, (4, -4, -5))),
            (0.95, _say(_LOW, _OFFER_HIGH, 0, 2, -7, (-3, -3, -7))),
            (1.5, _say(_LOW, _OFFER, 3, 0, -3, (6, 1, -1))),
            (2.15, _say(_OFFER, _LOW, 1, -1, 5, (-1, 5, 6))),
            (2.6, _say(_OFFER_HIGH, _LOW, 3, -2, 7, (5, 4, 7))),
            (3.2, _say(_OFFER, _OFFER, 1, 0, 1, (-3, -2, 0))),
            (3.6, _say(_BEAT, _BEAT, 4, 0, 0, (6, 0, 0))),
        ),
    ],
    loop=True,
    waves=breathing(2, 0.5),
)

TALKING_2 = Clip(
    "Talking_02",
    5.2,
    [
        Key(0, _RESTED),
        *_spoken(
            (0.55, _say(_BEAT, _BEAT, 4, 0, 2, (5, 3, 2))),
            (0.95, _say(_OFFER, _OFFER, 0, 0, 0, (-4, 0, 0))),
            (1.5, _say(_OFFER_HIGH, _OFFER_HIGH, -1, 1, -2, (-2, -6, -4))),
            (2.1, _say(_OFFER, _BEAT, 3, 1, -4, (6, -3, -6))),
            (2.75, _say(_LOW, _BEAT, 2, 1, -2, (1, 2, 2))),
            (3.4, _say(_OFFER_HIGH, _LOW, 1, -2, 7, (-2, 6, 9))),
            (3.85, _say(_BEAT, _LOW, 4, -1, 4, (7, 3, 4))),
            (4.4, _say(_LOW, _LOW, 1, 0, 0, (0, -2, 0))),
        ),
    ],
    loop=True,
    waves=breathing(2, 0.5),
)

_CALM = Reach((0.235, -0.25, 0.69), elbow=(1.0, 0.55, -0.2), fingers=(-0.5, -0.85, 0.1), palm=(-0.75, 0.25, -0.4))
TALKING_3 = Clip(
    "Talking_Calm",
    4.0,
    [
        Key(0, _RESTED.but(reaches=both(FRONT))),
        *_spoken(
            (0.7, _say(_CALM, FRONT, 2, 0.5, 2, (5, 3, 3))),
            (1.3, _say(FRONT, FRONT, 1, 0, 0, (-2, 2, 2))),
            (2.0, _say(FRONT, _CALM, 2, -0.5, -2, (4, -4, -3))),
            (2.8, _say(_CALM, _CALM, 0, 0, -1, (-3, -2, -2))),
            (3.3, _say(FRONT, FRONT, 2, 0, 0, (4, 0, 0))),
        ),
    ],
    loop=True,
    waves=breathing(2, 0.6),
)

POSTURES = [IDLE_LOOP, LISTENING, THINKING, TALKING_1, TALKING_2, TALKING_3]
