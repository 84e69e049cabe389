"""Mira's loops and the small things she does while she waits: idle, listening, thinking, talking."""

from kit.motion import Clip, Key, Wave
from kit.poses import Reach

from mira.stance import IDLE, OPEN, SOFT, alive, body, ears, head, paw, paws, reach, shifted, shoulders, tail

CHIN = Reach((0.085, -0.300, 0.700), elbow=(0.7, 0.2, -1.0), fingers=(-0.15, -0.25, 1.0), palm=(-0.55, 0.8, 0.1))
UNDER_ELBOW = Reach((0.135, -0.235, 0.560), elbow=(0.9, 0.5, -0.6), fingers=(-0.95, -0.25, 0.0), palm=(0.0, 0.5, 0.85))
FOLDED = Reach((0.125, -0.240, 0.555), elbow=(1.0, 0.5, -0.4), fingers=(-0.85, -0.40, 0.15), palm=(0.05, 0.7, -0.7))
OFFER = Reach((0.245, -0.235, 0.600), elbow=(0.8, 0.6, -0.7), fingers=(0.40, -0.85, 0.20), palm=(-0.25, 0.05, 1.0))
TELL = Reach((0.215, -0.250, 0.640), elbow=(0.9, 0.5, -0.6), fingers=(0.05, -0.80, 0.55), palm=(-0.75, -0.15, 0.45))
SIDE = Reach((0.330, -0.170, 0.600), elbow=(0.6, 0.8, -0.7), fingers=(0.75, -0.60, 0.20), palm=(-0.15, -0.25, 0.95))
TWITCH = 16.0  # degrees: the flick of an ear that has heard something


def clips() -> list[Clip]:
    """All posture loops and idle variants."""
    return [
        idle(),
        look_around(),
        weight_shift(),
        preen(),
        listening(),
        thinking(),
        talking_softly(),
        talking_widely(),
        explaining(),
    ]


def idle() -> Clip:
    """Two breaths, a slow sway, one flick of an ear."""
    over = shifted(IDLE.but({**body(0, -1.5, 4), **head(-2, -5, -6), **ears(back=-3)}), side=0.012)
    flick = over.but(ears(left=TWITCH))
    keys = [Key(0, IDLE), Key(2.2, over), Key(2.75, over), Key(2.87, flick, "out"), Key(3.05, over), Key(4.2, over)]
    return Clip("Idle", 6.4, keys, loop=True, waves=alive(2, 2))


def look_around() -> Clip:
    """She looks along the gallery to one side, then the other: eyes and ears first, body after."""
    left = shifted(IDLE.but({**body(0, 1, 13), **head(-2, 3, 26), **ears(left=-6, other=8)}), side=0.012)
    up = shifted(IDLE.but({**body(-2, 1, 9), **head(-13, 5, 17), **ears(back=-5)}), side=0.012)
    aside = shifted(
        IDLE.but({**body(1, -2, -12), **head(1, -3, -25), **ears(left=8, other=-6), **tail(2, -6)}), side=-0.008
    )
    keys = [
        Key(0, IDLE),
        Key(0.75, left),
        Key(1.35, left),
        Key(1.9, up),
        Key(2.5, up),
        Key(3.3, aside),
        Key(4.1, aside),
        Key(4.9, IDLE),
        Key(5.3, IDLE),
    ]
    return Clip("Idle_LookAround", 5.4, keys, waves=alive(2, 2, 0.7))


def weight_shift() -> Clip:
    """From her right leg to her left and back, with a small dip between; shoulders answer the hips."""
    dip = shifted(IDLE.but(body(2, 0, 0)), side=0.016, up=-0.010)
    other = shifted(
        IDLE.but({**body(-1, 3.5, 5), **head(0, -7, 3), **shoulders(-2, 4), **tail(3, 7)}), side=0.036, up=0.002
    )
    keys = [
        Key(0, IDLE),
        Key(0.5, dip),
        Key(1.05, other),
        Key(2.9, other),
        Key(3.35, dip),
        Key(3.95, IDLE),
        Key(4.4, IDLE),
    ]
    return Clip("Idle_WeightShift", 4.5, keys, waves=alive(2, 2, 0.8))


def preen() -> Clip:
    """She smooths the end of her scarf and looks up, pleased."""
    hold = Reach((0.150, -0.262, 0.640), elbow=(0.9, 0.5, -0.6), fingers=(-0.70, 0.05, 0.55), palm=(-0.30, 0.95, -0.2))
    low = Reach((0.160, -0.270, 0.550), elbow=(0.9, 0.5, -0.6), fingers=(-0.75, 0.05, -0.10), palm=(-0.20, 0.95, 0.0))
    first = IDLE.but({**body(4, 0, 3), **head(16, 4, 9), **paws(paw(20, 22), SOFT)}, reaches=reach(hold))
    second = first.but({**head(19, 6, 8), **ears(back=6)}, reaches=reach(low))
    pleased = first.but({**body(-2, 0, 0), **head(-5, 6, -3), **ears(back=-4), **tail(7, -5)}, reaches=reach(low))
    keys = [
        Key(0, IDLE),
        Key(0.65, first),
        Key(1.2, second),
        Key(1.6, first),
        Key(2.15, second),
        Key(2.7, pleased),
        Key(3.2, pleased),
        Key(3.9, IDLE),
        Key(4.2, IDLE),
    ]
    return Clip("Idle_Fidget_Scarf", 4.3, keys, waves=alive(2, 2, 0.7))


def listening() -> Clip:
    """Leaning in with the ears forward, paws together; two small nods, not alike."""
    near = shifted(
        IDLE.but(
            {**body(6, -1, 0), **head(-4, 9, 2), **ears(back=-9, out=-3), **paws(paw(24, 10)), **tail(6, 2)},
            reaches=reach(FOLDED, FOLDED),
        ),
        forward=0.014,
    )
    nod, small = near.but(head(5, 9, 2)), near.but(head(1, 6, 0))
    keys = [
        Key(0, near),
        Key(1.1, near),
        Key(1.4, nod),
        Key(1.8, near),
        Key(3.2, near.but(head(-4, 5, -2))),
        Key(3.6, small),
        Key(4.0, near),
    ]
    return Clip("Listening", 5.4, keys, loop=True, waves=alive(2, 2, 0.8))


def thinking() -> Clip:
    """A paw at the chin, the other under its elbow, eyes up; the tail tip taps."""
    muse = shifted(
        IDLE.but(
            {**body(-1, -2, -5), **head(-8, 8, -13), **ears(left=9, other=-4), **paws(SOFT, paw(38, 12, index=22))},
            reaches=reach(UNDER_ELBOW, CHIN),
        ),
        side=-0.004,
    )
    doubt = shifted(muse.but({**body(0, 1, 2), **head(-9, -6, 8), **ears(left=-4, other=8)}), side=0.010)
    keys = [Key(0, muse), Key(1.9, muse), Key(2.7, doubt), Key(4.4, doubt)]
    taps = [Wave("Tail4", 0, 5, 6, -0.1), Wave("Tail5", 0, 9, 6, -0.2), Wave("RightHandIndex1", 1, -5, 6)]
    return Clip("Thinking", 5.4, keys, loop=True, waves=[*alive(2, 1, 0.8), *taps])


def talking_softly() -> Clip:
    """One paw tells, the other rests; the head underlines."""
    base = IDLE.but({**body(2, 0, 2), **paws(paw(10, 2, 5), paw(24, 10))}, reaches=reach(TELL))
    lift = base.but(
        {**head(-4, 4, 4), **ears(back=-4)},
        reaches=reach(Reach((0.235, -0.245, 0.690), TELL.elbow, (0.10, -0.70, 0.70), TELL.palm)),
    )
    beat = shifted(
        base.but(
            {**body(4, 1, 4), **head(6, 1, 1)},
            reaches=reach(Reach((0.225, -0.262, 0.590), TELL.elbow, (0.10, -0.95, 0.20), TELL.palm)),
        ),
        up=-0.006,
    )
    open_out = shifted(
        base.but({**body(1, -1, 7), **head(-1, -4, 5), **paws(OPEN, paw(24, 10))}, reaches=reach(SIDE)), side=0.010
    )
    keys = [
        Key(0, base),
        Key(0.45, lift),
        Key(0.8, beat),
        Key(1.3, base),
        Key(1.85, open_out),
        Key(2.4, open_out),
        Key(2.9, lift),
        Key(3.3, beat),
        Key(3.8, base),
    ]
    return Clip("Talking_01", 4.6, keys, loop=True, waves=alive(2, 2, 0.9))


def talking_widely() -> Clip:
    """Both paws tell, never quite together."""
    base = shifted(
        IDLE.but({**body(2, -1, -3), **head(-1, 3, -2), **paws(paw(8, 0, 5))}, reaches=reach(OFFER, TELL)), side=0.006
    )
    apart = base.but({**body(-1, 1, 2), **head(-4, -3, 3), **paws(OPEN)}, reaches=reach(SIDE, OFFER))
    inwards = shifted(
        base.but(
            {**body(5, -1, -5), **head(5, 4, -4)},
            reaches=reach(TELL, Reach((0.170, -0.275, 0.585), TELL.elbow, (-0.2, -0.95, 0.15), TELL.palm)),
        ),
        up=-0.006,
    )
    turn = base.but({**body(1, -2, -9), **head(0, 5, -6), **ears(left=5)}, reaches=reach(TELL, SIDE))
    keys = [
        Key(0, base),
        Key(0.5, apart),
        Key(1.0, apart),
        Key(1.45, inwards),
        Key(1.9, base),
        Key(2.45, turn),
        Key(3.0, turn),
        Key(3.5, inwards),
    ]
    return Clip("Talking_02", 4.2, keys, loop=True, waves=alive(2, 2, 0.9))


def explaining() -> Clip:
    """She weighs one thing in each paw, then brings them together."""
    left = shifted(
        IDLE.but({**body(1, 3, 7), **head(4, 4, 12), **paws(OPEN)}, reaches=reach(OFFER, FOLDED)), side=0.016
    )
    other = shifted(
        IDLE.but({**body(1, -3, -7), **head(4, -4, -12), **paws(OPEN)}, reaches=reach(FOLDED, OFFER)), side=-0.006
    )
    both = IDLE.but({**body(4, 0, 0), **head(-3, 5, 0), **paws(paw(12, 4))}, reaches=reach(FOLDED, FOLDED))
    keys = [
        Key(0, both),
        Key(0.6, left),
        Key(1.3, left),
        Key(1.9, other),
        Key(2.6, other),
        Key(3.2, both),
        Key(3.55, both.but(head(5, 5, 0))),
        Key(3.9, both),
    ]
    return Clip("Talking_03_Explain", 4.6, keys, loop=True, waves=alive(2, 2, 0.8))
