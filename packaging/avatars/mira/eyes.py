"""Eyes: round balls that turn, lids that ride on them, brows that slide on the forehead. Her left side; mirrored."""

from dataclasses import dataclass

import numpy as np

from mira import paint
from mira.field import Array, settle
from mira.head import skull
from mira.nets import Faces, grid_quads, pinched
from mira.parts import ramp

CENTRE = np.array([0.104, -0.106, 0.036])  # of her left eye, from the head's middle
RADIUS = 0.105
OUTWARD = np.radians(11.0)
SEGMENTS = 26
BALL_RINGS = (0.0, 8.0, 14.4, 15.6, 19.0, 24.0, 27.6, 28.8, 30.4, 40.0, 56.0, 75.0)  # degrees from the pupil
LID_COLUMNS, LID_ROWS = 22, 6
LID_SPAN = (-66.0, 92.0)  # degrees, inwards and outwards
LID_CORNER = 60.0  # where the lids meet
LID_HEIGHT = 1.045  # of the ball's radius


@dataclass(frozen=True)
class Look:
    """Settings of one eye's lids and brow; degrees on the ball, metres for the brow."""

    upper: float = 35.0  # upper lid's edge above the middle
    lower: float = -33.0
    tilt: float = 5.0  # outer corner above the inner
    inner: float = 0.0  # brow's inner end goes up
    outer: float = 0.0
    arch: float = 0.0


def on_eye(side: Array, rise: Array, radius: Array | float) -> Array:
    """Points at these angles (degrees, outwards and up) around the eye."""
    a, b = np.radians(side) + OUTWARD, np.radians(rise)
    ways = np.stack([np.sin(a) * np.cos(b), -np.cos(a) * np.cos(b), np.sin(b)], axis=-1)
    return CENTRE + ways * np.asarray(radius)[..., None] if np.ndim(radius) else CENTRE + ways * radius


def ball() -> tuple[Array, Faces, Array]:
    """The eyeball: points, quads, colours; rings around the pupil so that its edge is sharp."""
    polar = np.radians(np.array(BALL_RINGS))[:, None]
    turn = np.linspace(0, 2 * np.pi, SEGMENTS, endpoint=False)[None, :]
    local = np.stack(
        [np.sin(polar) * np.cos(turn), -np.cos(polar) * np.ones_like(turn), np.sin(polar) * np.sin(turn)], -1
    )
    bulge = 1.0 + 0.025 * np.exp(-((polar / np.radians(30)) ** 2))
    points = (local * bulge[..., None] * RADIUS).reshape(-1, 3)
    cos, sin = np.cos(OUTWARD), np.sin(OUTWARD)
    points = np.column_stack(
        [points[:, 0] * cos - points[:, 1] * sin, points[:, 0] * sin + points[:, 1] * cos, points[:, 2]]
    )
    return CENTRE + points, pinched(grid_quads(len(BALL_RINGS), SEGMENTS, wrap=True), SEGMENTS), ball_colours(local)


def ball_colours(local: Array) -> Array:
    """Pupil, iris lit from below with a dark rim, warm white."""
    rows = []
    for degrees, ring in zip(BALL_RINGS, local, strict=True):
        glow = ramp(ring[:, 2], 0.30, -0.42)
        iris = paint.blend(paint.plain(paint.IRIS_DARK, SEGMENTS), paint.plain(paint.IRIS_LIGHT, SEGMENTS), glow)
        if degrees < 15.0:
            rows.append(paint.plain(paint.INK, SEGMENTS))
        elif degrees < 27.0:
            rows.append(iris)
        elif degrees < 29.0:
            rows.append(iris * 0.25)
        else:
            rows.append(paint.plain(paint.EYE_WHITE, SEGMENTS))
    return np.concatenate(rows)


def glint(side: float, rise: float, size: float) -> tuple[Array, Faces]:
    """A round highlight just above the ball; it belongs to the head, as light does not turn with the eye."""
    turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    rings = [
        on_eye(side + np.cos(turn) * size * r, rise + np.sin(turn) * size * r, RADIUS * (1.034 + 0.004 * (1 - r)))
        for r in (0.0, 0.6, 1.0)
    ]
    return np.concatenate(rings), pinched(grid_quads(3, 12, wrap=True), 12)[:, ::-1]


def lid(look: Look, upper: bool) -> Array:
    """(LID_ROWS, LID_COLUMNS, 3): row 0 tucks under the edge, row 1 is the edge, the last is inside the head."""
    side = np.linspace(*LID_SPAN, LID_COLUMNS)
    along = np.clip(side / LID_CORNER, -1.0, 1.0)
    bow = np.maximum(1 - np.abs(along) ** 2.3, 0.0)
    slant = look.tilt * along
    edge = (look.upper if upper else look.lower) * bow + slant
    far = 78.0 if upper else -78.0
    rows = []
    for row in range(LID_ROWS):
        share = max(row - 1, 0) / (LID_ROWS - 2)
        rise = edge + (far - edge) * share**1.3
        height = RADIUS * (1.0 if row == 0 else LID_HEIGHT + 0.018 * np.sin(np.pi * min(share * 1.6, 1.0)))
        lash = 0.012 * ramp(side, 20.0, 56.0) * ramp(side, 80.0, 60.0) if upper and row == 1 else 0.0
        rows.append(on_eye(side, rise, height + lash + np.zeros_like(side)))
    return np.stack(rows)


def lid_quads(upper: bool) -> Faces:
    """Quads of a lid, facing outwards."""
    quads = grid_quads(LID_ROWS, LID_COLUMNS, wrap=False)
    return quads if upper else quads[:, ::-1]


def lid_colours(upper: bool) -> Array:
    """The fur around the eye, russet above and cream below, with a line of ink along the edge."""
    rest = lid(Look(), upper)
    fur = paint.face_fur(rest.reshape(-1, 3)).reshape(rest.shape)
    fur = fur * 0.86 if upper else fur * 0.6 + paint.CREAM * 0.38
    fur[0] = paint.INK
    fur[1] = paint.INK if upper else paint.UMBER
    if upper:
        fur[2] = fur[2] * 0.6 + paint.UMBER * 0.4
    return fur.reshape(-1, 3)


BROW_COLUMNS, BROW_AROUND = 10, 6


def brow(look: Look) -> Array:
    """(BROW_COLUMNS * BROW_AROUND + 2, 3): a tapered stroke on the forehead."""
    along = np.linspace(0.0, 1.0, BROW_COLUMNS)
    lift = look.inner * (1 - ramp(along, 0.0, 0.8)) + look.outer * ramp(along, 0.3, 1.0)
    lift = lift + (0.014 + look.arch) * np.sin(np.pi * along**0.9)
    x = 0.050 + 0.118 * along
    line = np.column_stack([x, np.full_like(x, -0.20), 0.148 + lift + 0.004 * along])
    line = settle(skull(), line, rounds=8)
    thick = 0.0125 * np.sin(np.pi * (0.12 + 0.86 * along)) ** 0.6 * (1.12 - 0.5 * along)
    turn = np.linspace(0, 2 * np.pi, BROW_AROUND, endpoint=False)
    out = line / np.linalg.norm(line, axis=1)[:, None]
    run = np.gradient(line, axis=0)
    up = np.cross(run / np.linalg.norm(run, axis=1)[:, None], out)
    ring = line[:, None, :] + thick[:, None, None] * (
        0.55 * np.sin(turn)[None, :, None] * out[:, None, :] + np.cos(turn)[None, :, None] * up[:, None, :]
    )
    return np.concatenate([ring.reshape(-1, 3), line[:1] - 0.004 * run[:1] / 0.012, line[-1:]])


def brow_quads() -> Faces:
    """Quads of the stroke, its two ends closed by fans."""
    body = grid_quads(BROW_COLUMNS, BROW_AROUND, wrap=True)
    first, last = BROW_COLUMNS * BROW_AROUND, BROW_COLUMNS * BROW_AROUND + 1
    ring = np.arange(BROW_AROUND)
    after = (ring + 1) % BROW_AROUND
    tail = ring + (BROW_COLUMNS - 1) * BROW_AROUND
    tail_after = after + (BROW_COLUMNS - 1) * BROW_AROUND
    start = np.stack([np.full(BROW_AROUND, first), after, ring, ring], axis=1)
    end = np.stack([np.full(BROW_AROUND, last), tail, tail_after, tail_after], axis=1)
    return np.concatenate([body, start, end])[:, ::-1]
