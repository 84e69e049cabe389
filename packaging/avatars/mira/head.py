"""The head: a skull cast in rings around the mouth, so that every ring is a line a face moves along.

The grid's first ring is the closed lips, its last the nape. Behind the lips the same columns run inwards as the
mouth's lining. `Mouth` moves it: the skin of the face is a function of the mouth's settings.
"""

from dataclasses import dataclass

import numpy as np

from mira import paint
from mira.field import Array, Field, cast, cone, ellipsoid, melt, mirrored
from mira.nets import Faces, grid_quads
from mira.parts import ramp

HEAD = np.array([0.0, 0.0, 1.02])
COLUMNS, RINGS = 72, 33
LINED = 2  # the lining has a column for every second one of the skin
CAST_FROM = np.array([0.0, -0.02, -0.02])
FORWARD = np.array([0.0, -0.938, -0.347])
UPWARD = np.array([0.0, -0.347, 0.938])
LIP_WIDTH = 0.215  # radians seen from CAST_FROM
NAPE = np.pi


@dataclass(frozen=True)
class Mouth:
    """Settings of the mouth, metres unless said: all zero is closed and at rest."""

    open: float = 0.0  # lower lip and chin go down
    wide: float = 0.0  # corners go out
    smile: float = 0.0  # corners go up; below zero, down
    pucker: float = 0.0  # 0 to 1: corners come in, lips come forward
    upper: float = 0.0  # upper lip goes up and shows the teeth
    tuck: float = 0.0  # lower lip goes in under the teeth
    press: float = 0.0  # lips press inwards
    lower: float = 0.0  # lower lip alone goes down
    tongue: float = 0.0  # 0 to 1: the tip rises to the teeth
    out: float = 0.0  # 0 to 1: the tip comes between the teeth
    skew: float = 0.0  # the mouth goes to her left


def skull() -> Field:
    """The head's clay around its own middle: cranium, cheeks, three tufts a side, short muzzle."""
    cheeks = mirrored(ellipsoid((0.135, -0.035, -0.095), (0.145, 0.135, 0.105)))
    round_part = melt([ellipsoid((0, 0.01, 0.035), (0.252, 0.232, 0.232)), cheeks], 0.12)
    tufts = [
        mirrored(cone((0.20, -0.01, -0.085), (0.345, 0.012, -0.125), 0.075, 0.010)),
        mirrored(cone((0.18, -0.01, -0.125), (0.300, 0.010, -0.205), 0.070, 0.010)),
        mirrored(cone((0.13, -0.01, -0.150), (0.205, 0.005, -0.250), 0.060, 0.012)),
    ]
    furry = melt([round_part, *tufts], 0.035)
    muzzle = cone((0, -0.13, -0.085), (0, -0.262, -0.092), 0.108, 0.062)
    return melt([furry, muzzle], 0.10)


def ring_shares() -> Array:
    """How far from lips (0) to nape (1) each ring lies: close together near the mouth."""
    return np.linspace(0.0, 1.0, RINGS) ** 1.3


def directions() -> Array:
    """(RINGS, COLUMNS, 3) unit directions of the grid from CAST_FROM."""
    share = ring_shares()[:, None]
    angle = np.linspace(0.0, 2 * np.pi, COLUMNS, endpoint=False)[None, :]
    side = np.cos(angle) * (LIP_WIDTH + (NAPE - LIP_WIDTH) * share)
    rise = np.sin(angle) * (0.004 + (NAPE - 0.004) * share)
    along = side / LIP_WIDTH
    rise = rise + (0.055 * along**2 - 0.02) * np.maximum(1 - share * 5, 0) ** 2
    reach = np.maximum(np.hypot(side, rise), 1e-9)
    slant = np.sin(reach) / reach
    across = np.array([1.0, 0.0, 0.0])
    return np.cos(reach)[..., None] * FORWARD + slant[..., None] * (side[..., None] * across + rise[..., None] * UPWARD)


def resting_skin() -> Array:
    """(RINGS, COLUMNS, 3) points of the face at rest, around the head's middle; the lips lie in a crease."""
    ways = directions().reshape(-1, 3)
    points = cast(skull(), CAST_FROM, ways / np.linalg.norm(ways, axis=1)[:, None], 0.6)
    grid = points.reshape(RINGS, COLUMNS, 3)
    crease = np.exp(-((ring_shares() * NAPE / 0.035) ** 2)) * 0.007
    return grid - crease[:, None, None] * FORWARD


def fading(reach: Array, end: float) -> Array:
    """1 at the lips, smoothly 0 at `end` radians from them and beyond, so that morph targets stay small."""
    return np.maximum(1.0 - (reach / end) ** 2, 0.0) ** 2


def lip_offsets(mouth: Mouth, angle: Array) -> tuple[Array, Array]:
    """How the lips move (COLUMNS, 3), and what of it the jaw carries along."""
    side, lift = np.cos(angle), np.sin(angle)
    upper, lower = (lift > 1e-6).astype(float), (lift < -1e-6).astype(float)
    bow = 1.0 - np.abs(side) ** 3
    corner = np.abs(side) ** 2.2
    x = mouth.wide * side - 0.026 * mouth.pucker * side + mouth.skew * 1.0
    z = mouth.smile * (corner - 0.25) + upper * bow * (mouth.upper + 0.14 * mouth.open)
    z = z - lower * bow * mouth.lower + lower * bow * mouth.tuck * 0.8
    forward = 0.020 * mouth.pucker * bow - mouth.press * (0.4 + 0.6 * bow) - lower * bow * mouth.tuck
    forward = forward - (0.7 * np.abs(mouth.wide) + 0.35 * abs(mouth.smile)) * corner
    near = x[:, None] * np.array([1.0, 0, 0]) + z[:, None] * UPWARD + forward[:, None] * FORWARD
    jaw = (-mouth.open * lower * bow)[:, None] * (0.97 * UPWARD + 0.25 * FORWARD)
    return near, jaw


def moved_skin(rest: Array, mouth: Mouth) -> Array:
    """The skin under these settings, the same shape as `rest`."""
    angle = np.linspace(0.0, 2 * np.pi, COLUMNS, endpoint=False)
    near, jaw = lip_offsets(mouth, angle)
    reach = ring_shares() * NAPE
    tight, cheek, chin = (fading(reach, end) for end in (0.30, 0.50, 0.56))
    pull = tight + 0.25 * (cheek - tight) * (abs(mouth.smile) + abs(mouth.wide) > 0)
    return rest + pull[:, None, None] * near + chin[:, None, None] * jaw


def moved_lining(rest: Array, mouth: Mouth) -> Array:
    """(3, COLUMNS / LINED, 3) rings from the lips inwards; the last closes the throat."""
    angle = np.linspace(0.0, 2 * np.pi, COLUMNS, endpoint=False)[::LINED]
    near, jaw = lip_offsets(mouth, angle)
    lips = rest[0, ::LINED]
    middle = lips.mean(axis=0)
    lift = np.sin(angle)[:, None] * UPWARD
    rows = []
    for depth, height, narrow, share in ((0.006, 0.0005, 1.0, 1.0), (0.026, 0.014, 0.88, 0.9)):
        row = middle + (lips - middle) * (narrow, narrow, narrow) - depth * FORWARD + height * lift
        rows.append(row + share * near * (1.0 if depth < 0.01 else 0.6) + share * jaw)
    throat = np.repeat((middle - 0.075 * FORWARD)[None, :], len(lips), axis=0) + 0.004 * lift
    return np.stack([*rows, throat])


def skin_quads() -> Faces:
    """Quads of the face from lips to nape, facing outwards; the last ring is one point."""
    return np.minimum(grid_quads(RINGS, COLUMNS, wrap=True)[:, ::-1], (RINGS - 1) * COLUMNS)


def lining_quads() -> Faces:
    """Quads from the lips inwards: row 0 is the skin's own lip ring, rows 1 to 3 the lining's."""
    return grid_quads(4, COLUMNS // LINED, wrap=True)


def skin_colours(rest: Array) -> Array:
    """Fur, with a fine dark line on the lips and from them up to the nose."""
    flat = rest.reshape(-1, 3)
    fur = paint.face_fur(flat).reshape(RINGS, COLUMNS, 3)
    fur[0] = paint.UMBER
    fur[1] = fur[1] * 0.55 + paint.UMBER * 0.45
    share = ring_shares() * NAPE
    top = COLUMNS // 4
    philtrum = (1 - ramp(share, 0.17, 0.22))[:, None]
    fur[:, top] = fur[:, top] * (1 - philtrum) + paint.UMBER * philtrum
    return fur.reshape(-1, 3)
