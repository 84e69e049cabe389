"""Mira's manners: what she does to greet, agree, refuse, show and thank. Each begins and ends as she idles."""

from kit.motion import Clip, Key, Wave
from kit.poses import Reach

from mira.stance import (
    HANG,
    IDLE,
    OPEN,
    POINT,
    SOFT,
    THUMB_UP,
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

HIGH = Reach((0.385, -0.160, 0.850), elbow=(0.7, 0.35, -0.9), fingers=(0.28, -0.12, 1.0), palm=(-0.10, -1.0, -0.05))
GATHER = Reach((0.225, -0.190, 0.560), elbow=(0.9, 0.6, -0.5), fingers=(0.1, -0.75, 0.45), palm=(-0.6, 0.1, -0.5))
HEART = Reach((0.075, -0.225, 0.665), elbow=(1.0, 0.3, -0.5), fingers=(-0.85, 0.05, 0.40), palm=(-0.15, 1.0, -0.1))
ASIDE = Reach((0.345, -0.190, 0.660), elbow=(0.4, 0.8, -0.8), fingers=(0.80, -0.55, 0.30), palm=(-0.30, -0.40, 0.85))
SHRUGGED = Reach((0.325, -0.170, 0.640), elbow=(0.4, 0.5, -1.0), fingers=(0.80, -0.45, 0.30), palm=(-0.25, -0.25, 0.95))
THUMB = Reach((0.205, -0.255, 0.665), elbow=(1.0, 0.4, -0.5), fingers=(-0.45, -0.90, 0.10), palm=(-0.90, 0.45, 0.0))
POINTING = Reach(
    (0.340, -0.215, 0.720), elbow=(0.3, 0.7, -0.9), fingers=(0.75, -0.60, 0.35), palm=(-0.35, -0.75, -0.55)
)
BEHIND = Reach((0.235, 0.055, 0.440), elbow=(0.9, 0.6, 0.1), fingers=(-0.35, 0.30, -0.85), palm=(-0.6, 0.5, 0.3))


def clips() -> list[Clip]:
    """All gestures of manners."""
    return [wave(), goodbye(), nod(), shake(), shrug(), present(), point(), thumbs_up(), bow()]


def wave() -> Clip:
    """Gather, up, three easy waves from elbow and wrist, the head leaning into it."""
    gather = shifted(
        IDLE.but(
            {**body(4, -2, -3), **head(4, -3, -2), **ears(back=5), **paws(paw(26, 10))}, reaches=reach(GATHER, HANG)
        ),
        side=-0.006,
        up=-0.012,
    )
    up = shifted(
        IDLE.but(
            {
                **body(-3, 2, 5),
                **head(-3, 6, 3),
                **ears(back=-5),
                **paws(OPEN, SOFT),
                **shoulders(7, -2),
                **tail(8, -6),
            },
            reaches=reach(HIGH, HANG),
        ),
        side=0.018,
        up=0.004,
    )
    swings = [
        Wave("LeftForeArm", 1, 13, 3, 0.0, 0.72, 2.05),
        Wave("LeftHand", 1, 17, 3, -0.12, 0.75, 2.1),
        Wave("Head", 1, 2.2, 3, 0.5, 0.72, 2.05),
    ]
    keys = [Key(0, IDLE), Key(0.26, gather), Key(0.72, up, "out"), Key(2.05, up), Key(2.75, IDLE), Key(3.1, IDLE)]
    return Clip("Wave", 3.2, keys, waves=[*alive(1, 2, 0.6), *swings])


def goodbye() -> Clip:
    """Paw to the heart, then out to the visitor with closing fingers: come back soon."""
    heart = shifted(
        IDLE.but(
            {**body(7, 0, 2), **head(9, 7, 2), **ears(back=8, out=3), **paws(paw(8, 4), SOFT)}, reaches=reach(HEART)
        ),
        up=-0.008,
    )
    out = shifted(
        IDLE.but(
            {**body(2, 2, 4), **head(-2, 7, 3), **paws(OPEN, SOFT), **shoulders(5, 0), **tail(8, -4)},
            reaches=reach(HIGH),
        ),
        side=0.014,
    )
    closing = [
        Wave(f"LeftHand{name}", 1, size, 4, -0.25, 1.2, 2.7)
        for name, size in (("Index1", 26), ("Index2", 26), ("Middle1", 28), ("Middle2", 28))
    ]
    tilt = [Wave("LeftForeArm", 1, 7, 2, 0, 1.2, 2.7)]
    keys = [
        Key(0, IDLE),
        Key(0.45, heart),
        Key(0.78, heart),
        Key(1.25, out),
        Key(2.6, out.but(head(1, 9, 3))),
        Key(3.3, IDLE),
        Key(3.6, IDLE),
    ]
    return Clip("Goodbye", 3.7, keys, waves=[*alive(1, 2, 0.6), *closing, *tilt])


def nod() -> Clip:
    """Up a little, then a deep nod and a smaller one; the chest goes along."""
    up, down, half = (
        IDLE.but({**head(-7, 3, 0), **body(-1)}),
        IDLE.but({**head(17, 1, 0), **body(4), **ears(back=5)}),
        IDLE.but({**head(10, 2, 0), **body(2)}),
    )
    keys = [
        Key(0, IDLE),
        Key(0.2, up),
        Key(0.5, shifted(down, up=-0.008)),
        Key(0.82, up),
        Key(1.08, half),
        Key(1.4, IDLE.but(head(-2, 2, 0))),
        Key(1.75, IDLE),
    ]
    return Clip("Nod_Yes", 1.9, keys, waves=alive(1, 1, 0.6))


def shake() -> Clip:
    """Left, right, left, each smaller, chin lowered, one paw turned out: I am afraid not."""
    sorry = Reach(
        (0.235, -0.215, 0.540), elbow=(0.9, 0.6, -0.6), fingers=(0.55, -0.80, 0.05), palm=(-0.55, -0.30, 0.70)
    )
    low = IDLE.but({**body(3, 0, 0), **paws(paw(6, 0, 6), SOFT)}, reaches=reach(sorry))
    turns = [
        low.but({**head(6, c, y), **ears(back=b)})
        for c, y, b in ((2, -7, 4), (4, 21, 7), (-3, -20, 7), (3, 14, 6), (0, -8, 5))
    ]
    keys = [
        Key(0, IDLE),
        Key(0.18, turns[0]),
        Key(0.48, turns[1]),
        Key(0.84, turns[2]),
        Key(1.18, turns[3]),
        Key(1.48, turns[4]),
        Key(1.95, IDLE),
        Key(2.2, IDLE),
    ]
    return Clip("Shake_Head_No", 2.3, keys, waves=alive(1, 1, 0.6))


def shrug() -> Clip:
    """A dip, then shoulders and paws up, head into the shoulder; held, and let go with a sigh."""
    dip = shifted(IDLE.but({**body(4), **head(4), **paws(paw(20, 8))}, reaches=reach(GATHER, GATHER)), up=-0.014)
    lower = Reach((0.310, -0.175, 0.600), SHRUGGED.elbow, SHRUGGED.fingers, SHRUGGED.palm)
    up = shifted(
        IDLE.but(
            {
                **body(-2, 3, 2),
                **head(-3, 13, 3),
                **ears(back=12, out=10),
                **paws(OPEN),
                **shoulders(17, 13),
                **tail(-4, 4),
            },
            reaches=reach(SHRUGGED, lower),
        ),
        up=0.004,
    )
    sigh = shifted(IDLE.but({**body(4), **head(7, -2, 0), **ears(back=8)}), up=-0.012)
    keys = [
        Key(0, IDLE),
        Key(0.24, dip),
        Key(0.62, up, "out"),
        Key(1.45, up.but(head(-2, 15, -2))),
        Key(1.95, sigh),
        Key(2.45, IDLE),
        Key(2.7, IDLE),
    ]
    return Clip("Shrug", 2.8, keys, waves=alive(1, 1, 0.6))


def present() -> Clip:
    """Her arm opens to the side as to a picture; she looks at it, then back to the visitor."""
    gather = shifted(
        IDLE.but({**body(4, -2, -6), **head(3, -2, -5), **paws(paw(24, 8))}, reaches=reach(GATHER, HANG)),
        side=-0.008,
        up=-0.010,
    )
    show = shifted(
        IDLE.but(
            {
                **body(0, 3, 15),
                **head(0, 4, 17),
                **ears(back=-6),
                **paws(OPEN, SOFT),
                **shoulders(4, 0),
                **tail(6, -10),
            },
            reaches=reach(ASIDE, BEHIND),
        ),
        side=0.022,
    )
    back = show.but({**body(1, 3, 9), **head(-2, 8, -12)})
    keys = [
        Key(0, IDLE),
        Key(0.26, gather),
        Key(0.78, show, "out"),
        Key(1.35, show),
        Key(1.75, back),
        Key(2.45, back),
        Key(3.05, IDLE),
        Key(3.4, IDLE),
    ]
    return Clip("Present", 3.5, keys, waves=alive(1, 2, 0.6))


def point() -> Clip:
    """One finger, up and aside, with a small push at the end of it."""
    gather = shifted(
        IDLE.but({**body(3, -2, -5), **head(2, 0, -4), **paws(paw(60, 20), SOFT)}, reaches=reach(GATHER, HANG)),
        up=-0.008,
    )
    show = shifted(
        IDLE.but(
            {**body(-1, 2, 10), **head(-5, 5, 15), **ears(back=-7), **paws(POINT, SOFT)}, reaches=reach(POINTING, HANG)
        ),
        side=0.014,
    )
    push = show.but(reaches=reach(Reach((0.365, -0.235, 0.745), POINTING.elbow, POINTING.fingers, POINTING.palm)))
    keys = [
        Key(0, IDLE),
        Key(0.24, gather),
        Key(0.66, show, "out"),
        Key(0.95, push),
        Key(1.2, show),
        Key(1.9, show.but(head(-3, 7, -6))),
        Key(2.5, IDLE),
        Key(2.8, IDLE),
    ]
    return Clip("Point_There", 2.9, keys, waves=alive(1, 1, 0.6))


def thumbs_up() -> Clip:
    """A drop, then the thumb up with a small hop of the shoulders and a wink of an ear."""
    drop = shifted(
        IDLE.but({**body(5, -1, -4), **head(6, -3, -3), **paws(paw(60, 30), SOFT)}, reaches=reach(GATHER)), up=-0.016
    )
    show = shifted(
        IDLE.but(
            {
                **body(-3, 3, 6),
                **head(-4, 11, 5),
                **ears(back=-5, other=12),
                **paws(THUMB_UP, SOFT),
                **shoulders(6, 1),
                **tail(11, -5),
            },
            reaches=reach(THUMB),
        ),
        side=0.012,
        up=0.006,
    )
    press = show.but(
        head(2, 11, 5), reaches=reach(Reach((0.205, -0.285, 0.650), THUMB.elbow, THUMB.fingers, THUMB.palm))
    )
    keys = [
        Key(0, IDLE),
        Key(0.24, drop),
        Key(0.6, show, "out"),
        Key(0.92, press),
        Key(1.2, show),
        Key(1.75, show),
        Key(2.3, IDLE),
        Key(2.55, IDLE),
    ]
    return Clip("Thumbs_Up", 2.7, keys, waves=alive(1, 2, 0.6))


def bow() -> Clip:
    """Paw on the heart, the other arm back, a bow from the hips; the ears follow, the tail rises."""
    ready = shifted(
        IDLE.but({**body(-3, 0, 0), **head(-5, 2, 0), **paws(paw(10, 4), SOFT)}, reaches=reach(HEART, BEHIND)), up=0.002
    )
    down = shifted(
        IDLE.but(
            {**body(27, 0, 2), **head(17, 3, 0), **ears(back=10), **paws(paw(10, 4), SOFT), **tail(16, 0)},
            reaches=reach(HEART, BEHIND),
        ),
        forward=-0.030,
        up=-0.024,
    )
    rise = ready.but({**head(-3, 9, 2), **ears(back=-4)})
    keys = [
        Key(0, IDLE),
        Key(0.42, ready),
        Key(1.0, down),
        Key(1.5, down),
        Key(2.1, rise),
        Key(2.5, rise),
        Key(3.1, IDLE),
        Key(3.35, IDLE),
    ]
    return Clip("Thank_You_Bow", 3.5, keys, waves=alive(1, 1, 0.6))
