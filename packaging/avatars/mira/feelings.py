"""Mira's feelings, acted with the whole body: from joy to temper. Each begins and ends as she idles."""

from kit.motion import Clip, Key, Wave
from kit.poses import Reach

from mira.stance import (
    FIST,
    HANG,
    IDLE,
    OPEN,
    SOFT,
    alive,
    body,
    ears,
    head,
    paw,
    paws,
    reach,
    shifted,
    shoulders,
    tail,
)

CHEER = Reach((0.335, -0.110, 0.935), elbow=(0.9, 0.2, -0.5), fingers=(0.30, -0.05, 1.0), palm=(-0.35, -0.95, 0.0))
PUMP = Reach((0.245, -0.220, 0.640), elbow=(0.9, 0.5, -0.6), fingers=(-0.20, -0.50, 0.85), palm=(-0.70, 0.70, 0.1))
BELLY = Reach((0.120, -0.250, 0.530), elbow=(1.0, 0.4, -0.3), fingers=(-0.90, -0.05, 0.10), palm=(0.0, 1.0, -0.1))
MUZZLE = Reach((0.105, -0.315, 0.760), elbow=(0.9, 0.3, -0.8), fingers=(-0.45, 0.10, 0.90), palm=(-0.10, 1.0, 0.0))
CROWN = Reach((0.345, -0.115, 0.905), elbow=(1.0, 0.1, -0.2), fingers=(-0.30, 0.10, 0.95), palm=(-0.95, 0.10, -0.30))
LIMP = Reach((0.235, -0.070, 0.388), elbow=(0.8, 0.8, 0.0), fingers=(0.05, -0.35, -0.95), palm=(-0.85, 0.45, 0.0))
KNIT = Reach((0.070, -0.255, 0.520), elbow=(1.0, 0.3, -0.2), fingers=(-0.60, -0.45, -0.55), palm=(-0.45, 0.85, 0.0))
HIP_FIST = Reach(
    (0.205, -0.045, 0.505), elbow=(1.0, 0.15, 0.1), fingers=(-0.75, -0.50, -0.35), palm=(-0.30, 0.55, -0.75)
)
DOWN_FIST = Reach(
    (0.270, -0.060, 0.420), elbow=(0.7, 0.9, 0.0), fingers=(0.35, -0.45, -0.80), palm=(-0.80, 0.35, -0.35)
)
GUARD = Reach((0.165, -0.290, 0.720), elbow=(0.9, 0.3, -0.8), fingers=(0.05, -0.25, 1.0), palm=(-0.25, -0.95, -0.1))
HUG = Reach((0.065, -0.250, 0.640), elbow=(1.0, 0.2, -0.3), fingers=(-0.85, 0.15, 0.45), palm=(0.0, 1.0, 0.0))


def clips() -> list[Clip]:
    """All gestures of feeling."""
    return [celebrate(), laugh(), sad(), surprised(), confused(), shy(), frustrated(), afraid(), affection(), dance()]


def celebrate() -> Clip:
    """A crouch, up on a stretch with both paws high, two bounces, a fist to end it."""
    crouch = shifted(
        IDLE.but(
            {**body(9, 0, 0), **head(7, 0, 0), **ears(back=14), **paws(paw(50, 20)), **tail(-8)},
            reaches=reach(PUMP, PUMP),
        ),
        up=-0.038,
    )
    lower = Reach((0.345, -0.140, 0.895), CHEER.elbow, CHEER.fingers, CHEER.palm)
    up = shifted(
        IDLE.but(
            {**body(-6, 1, 3), **head(-10, 5, 3), **ears(back=-6), **paws(OPEN), **shoulders(13), **tail(18, -4)},
            reaches=reach(CHEER, lower),
        ),
        up=0.010,
    )
    dip = shifted(up.but({**body(2), **head(-2, -4, -2), **ears(back=8)}, reaches=reach(lower, CHEER)), up=-0.026)
    pump = shifted(
        IDLE.but({**body(5, -2, -4), **head(2, 8, 0), **paws(FIST, SOFT), **tail(12)}, reaches=reach(PUMP, HANG)),
        up=-0.016,
    )
    keys = [
        Key(0, IDLE),
        Key(0.32, crouch),
        Key(0.66, up, "out"),
        Key(0.95, dip),
        Key(1.2, up),
        Key(1.48, dip),
        Key(1.76, up),
        Key(2.25, pump, "in"),
        Key(2.6, pump),
        Key(3.2, IDLE),
        Key(3.45, IDLE),
    ]
    wag = [Wave(f"Tail{i}", 2, 7 + 2 * i, 5, -0.09 * i, 0.5, 2.8) for i in range(1, 4)]
    return Clip("Celebrate", 3.6, keys, waves=[*alive(1, 1, 0.5), *wag])


def laugh() -> Clip:
    """The breath in, then shaking over a held belly, a paw before the muzzle, and getting her breath again."""
    breath = shifted(IDLE.but({**body(-5, 0, 0), **head(-9, 4, 0), **ears(back=-5), **shoulders(6)}), up=0.006)
    over = shifted(
        IDLE.but(
            {**body(13, 2, 3), **head(7, 8, 4), **ears(back=16, out=6), **paws(paw(16, 6)), **shoulders(6), **tail(10)},
            reaches=reach(BELLY, MUZZLE),
        ),
        forward=-0.014,
        up=-0.016,
    )
    back = shifted(over.but({**body(-3, -2, -2), **head(-9, -5, -3), **ears(back=2)}), up=-0.002)
    keys = [
        Key(0, IDLE),
        Key(0.35, breath),
        Key(0.8, over),
        Key(1.5, over),
        Key(1.95, back),
        Key(2.3, over.but(body(8, 2, 3))),
        Key(2.95, IDLE.but(head(-3, 6, 0))),
        Key(3.45, IDLE),
    ]
    shakes = [
        Wave("Chest", 0, 2.6, 9, 0, 0.7, 2.6),
        Wave("Head", 0, 2.4, 9, -0.2, 0.7, 2.6),
        Wave("hips", 2, 0.003, 9, 0.1, 0.7, 2.6),
        Wave("LeftShoulder", 1, -3, 9, 0, 0.7, 2.6),
        Wave("RightShoulder", 1, 3, 9, 0, 0.7, 2.6),
    ]
    return Clip("Laugh", 3.6, keys, waves=[*alive(1, 2, 0.7), *shakes])


def sad() -> Clip:
    """A breath, and everything sinks: ears, shoulders, brush; a slow shake, and she gathers herself."""
    breath = shifted(IDLE.but({**body(-2), **head(-3, 2, 0), **shoulders(4)}), up=0.003)
    sunk = shifted(
        IDLE.but(
            {
                **body(13, -1, -2),
                **head(19, -5, -6),
                **ears(back=34, out=24),
                **paws(paw(18, 8)),
                **shoulders(-7, -7, 6),
                **tail(-17, 0, 3),
            },
            reaches=reach(LIMP, LIMP),
        ),
        forward=-0.010,
        up=-0.018,
    )
    aside = sunk.but({**head(21, -3, 9), **body(14, -1, 1)})
    gather = shifted(IDLE.but({**body(2), **head(2, 4, 0), **ears(back=10, out=6)}), up=-0.006)
    keys = [
        Key(0, IDLE),
        Key(0.35, breath),
        Key(1.25, sunk),
        Key(1.75, sunk),
        Key(2.3, aside),
        Key(2.85, sunk),
        Key(3.5, gather),
        Key(4.1, IDLE),
    ]
    return Clip("Sad", 4.2, keys, waves=alive(1, 1, 0.3))


def surprised() -> Clip:
    """A start: back and up, paws open, ears straight; then she leans in to see."""
    flinch = shifted(IDLE.but({**body(4), **head(6, 0, 0), **ears(back=10)}), up=-0.016)
    start = shifted(
        IDLE.but(
            {
                **body(-10, 1, 2),
                **head(-6, 0, 2),
                **ears(back=-12, out=-4),
                **paws(OPEN),
                **shoulders(13),
                **tail(22, 0, 4),
            },
            reaches=reach(GUARD, Reach((0.185, -0.270, 0.690), GUARD.elbow, GUARD.fingers, GUARD.palm)),
        ),
        forward=-0.028,
        up=0.008,
    )
    lean = shifted(
        start.but(
            {**body(5, 0, 2), **head(-4, 9, 3), **ears(back=-9), **shoulders(4), **paws(paw(12, 4, 5))},
            reaches=reach(HUG, GUARD),
        ),
        forward=0.010,
    )
    keys = [
        Key(0, IDLE),
        Key(0.13, flinch),
        Key(0.36, start, "out"),
        Key(1.05, start),
        Key(1.6, lean),
        Key(2.05, lean),
        Key(2.6, IDLE),
        Key(2.85, IDLE),
    ]
    return Clip("Surprised", 3.0, keys, waves=alive(1, 1, 0.5))


def confused() -> Clip:
    """Head far to one side, one ear down; a paw scratches behind the other."""
    tilt = shifted(
        IDLE.but({**body(2, -2, -2), **head(-2, -15, -3), **ears(left=-4, other=26), **tail(0, 5)}), side=-0.008
    )
    scratch = shifted(
        IDLE.but(
            {
                **body(1, 3, 3),
                **head(5, 15, 5),
                **ears(left=16, other=-4),
                **paws(paw(34, 12), SOFT),
                **shoulders(9, 0),
                **tail(4, -5),
            },
            reaches=reach(CROWN),
        ),
        side=0.012,
    )
    rub = [
        Wave("LeftHand", 1, 9, 6, 0, 1.3, 2.3),
        Wave("LeftForeArm", 0, 4, 6, 0.2, 1.3, 2.3),
        Wave("LeftEar", 0, 5, 6, 0.3, 1.3, 2.3),
    ]
    keys = [
        Key(0, IDLE),
        Key(0.5, tilt),
        Key(0.85, tilt),
        Key(1.35, scratch),
        Key(2.25, scratch.but(head(3, 12, 8))),
        Key(2.9, IDLE),
        Key(3.2, IDLE),
    ]
    return Clip("Confused", 3.3, keys, waves=[*alive(1, 1, 0.6), *rub])


def shy() -> Clip:
    """Knees together, paws knit, chin into the scarf, looking up from aside; a small sway, the brush around her."""
    small = shifted(
        IDLE.but(
            {
                **body(6, 3, 9),
                **head(12, -9, 12),
                **ears(back=22, out=14),
                **paws(paw(30, 12)),
                **shoulders(9, 9, 9),
                **tail(-6, 8, 3),
            },
            reaches=reach(KNIT, KNIT),
        ),
        side=0.014,
        up=-0.020,
    )
    peek = shifted(
        small.but({**body(5, -1, 1), **head(7, -12, -8), **ears(back=14, out=10, left=-8)}), side=-0.004, up=-0.016
    )
    keys = [
        Key(0, IDLE),
        Key(0.6, small),
        Key(1.4, small.but(body(7, 4, 12))),
        Key(2.0, peek),
        Key(2.6, peek),
        Key(3.25, IDLE),
        Key(3.5, IDLE),
    ]
    return Clip("Shy", 3.6, keys, waves=alive(1, 2, 0.7))


def frustrated() -> Clip:
    """Fists down and a stamp of the whole body, then paws on hips and a huff of breath."""
    up = shifted(
        IDLE.but(
            {**body(-4), **head(-6, 0, 0), **ears(back=6), **shoulders(12), **paws(FIST)}, reaches=reach(PUMP, PUMP)
        ),
        up=0.006,
    )
    stamp = shifted(
        IDLE.but(
            {
                **body(9, 0, 0),
                **head(8, 0, 0),
                **ears(back=36, out=10),
                **shoulders(5),
                **paws(FIST),
                **tail(14, 0, -4),
            },
            reaches=reach(DOWN_FIST, DOWN_FIST),
        ),
        up=-0.026,
    )
    huff = shifted(
        IDLE.but(
            {
                **body(-2, -2, -8),
                **head(-3, -6, -14),
                **ears(back=28, out=8),
                **shoulders(6),
                **paws(FIST),
                **tail(4, -8),
            },
            reaches=reach(HIP_FIST, HIP_FIST),
        ),
        side=-0.006,
    )
    sigh = shifted(huff.but({**head(9, -3, -4), **shoulders(-3), **ears(back=14)}), up=-0.010)
    lash = [Wave(f"Tail{i}", 2, 6 + 3 * i, 3, -0.1 * i, 0.5, 2.3) for i in range(1, 5)]
    keys = [
        Key(0, IDLE),
        Key(0.3, up),
        Key(0.55, stamp, "in"),
        Key(1.05, stamp),
        Key(1.5, huff),
        Key(2.15, huff),
        Key(2.55, sigh),
        Key(3.2, IDLE),
        Key(3.4, IDLE),
    ]
    return Clip("Frustrated", 3.5, keys, waves=[*alive(1, 1, 0.4), *lash])


def afraid() -> Clip:
    """She shrinks behind her paws and trembles, looks out between them."""
    hide = shifted(
        IDLE.but(
            {
                **body(-5, -2, -6),
                **head(9, -3, -9),
                **ears(back=38, out=18),
                **paws(paw(12, 4, 6)),
                **shoulders(15, 15, 6),
                **tail(-14, 6, 5),
            },
            reaches=reach(GUARD, GUARD),
        ),
        forward=-0.026,
        up=-0.026,
    )
    peek = hide.but({**head(3, 6, 6), **ears(back=26, out=14, left=-14)})
    shiver = [Wave("Chest", 1, 0.9, 22, 0, 0.5, 2.4), Wave("Head", 2, 0.9, 22, 0.3, 0.5, 2.4)]
    keys = [
        Key(0, IDLE),
        Key(0.32, hide, "out"),
        Key(1.3, hide),
        Key(1.8, peek),
        Key(2.35, peek),
        Key(3.0, IDLE),
        Key(3.2, IDLE),
    ]
    return Clip("Afraid", 3.3, keys, waves=[*alive(2, 1, 0.3), *shiver])


def affection() -> Clip:
    """Both paws to the heart and a soft sway, eyes for the visitor alone."""
    hug = shifted(
        IDLE.but(
            {
                **body(3, 3, 3),
                **head(3, 11, 2),
                **ears(back=7, out=5),
                **paws(paw(10, 4)),
                **shoulders(7, 7, 5),
                **tail(12, -6),
            },
            reaches=reach(HUG, Reach((0.055, -0.262, 0.600), HUG.elbow, HUG.fingers, HUG.palm)),
        ),
        side=0.014,
    )
    other = shifted(hug.but({**body(3, -3, -3), **head(1, -9, -2)}), side=-0.010)
    keys = [
        Key(0, IDLE),
        Key(0.55, hug),
        Key(1.0, hug),
        Key(1.7, other),
        Key(2.3, hug.but(head(2, 9, 0))),
        Key(3.0, IDLE),
        Key(3.2, IDLE),
    ]
    return Clip("Affection", 3.3, keys, waves=alive(1, 3, 1.1))


def dance() -> Clip:
    """A step of the hips from side to side, paws answering, the brush keeping time."""
    left = shifted(
        IDLE.but(
            {**body(1, -4, 8), **head(-3, 9, 3), **paws(paw(30, 10)), **ears(back=-3), **tail(8, -12)},
            reaches=reach(PUMP, HIP_FIST),
        ),
        side=0.036,
        up=-0.008,
    )
    other = shifted(
        IDLE.but(
            {**body(1, 4, -8), **head(-3, -9, -3), **paws(paw(30, 10)), **ears(back=-3), **tail(8, 12)},
            reaches=reach(HIP_FIST, PUMP),
        ),
        side=-0.026,
        up=-0.008,
    )
    down = shifted(
        IDLE.but({**body(4), **head(4), **paws(paw(34, 12)), **tail(8)}, reaches=reach(PUMP, PUMP)), up=-0.026
    )
    keys = [
        Key(0, left),
        Key(0.3, down),
        Key(0.6, other),
        Key(0.9, down),
        Key(1.2, left.but(head(-8, 10, 5))),
        Key(1.5, down),
        Key(1.8, other.but(head(-8, -10, -5))),
        Key(2.1, down),
    ]
    return Clip("Dance", 2.4, keys, loop=True, waves=alive(1, 2, 0.8))
