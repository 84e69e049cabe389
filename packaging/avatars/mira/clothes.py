"""What Mira wears: a teal waistcoat with brass buttons and a badge, a saffron scarf with one loose end."""

import numpy as np
from kit.shapes import Part as Piece
from kit.shapes import curve, hoop

from mira import paint
from mira.body import lower_fur, trunk, trunk_weights
from mira.field import Array, Field, cast, ellipsoid, settle
from mira.frame import ARM, SCARF_KNOT, SCARF_MIDDLE, SCARF_TIP, SHOULDER
from mira.nets import grid_quads, pinched, surface
from mira.parts import Part, along_chain, both, ramp

AROUND, ROWS = 60, 12
THICK = 0.014  # metres of cloth over fur


def grown(field: Field, by: float) -> Field:
    """The field made fatter by `by` metres."""
    return lambda points: field(points) - by


def over_fur(angle: Array, height: Array, offset: Array | float) -> Array:
    """Points around the trunk (angle 0 in front, towards her left) at a height, `offset` above the fur."""
    ways = np.column_stack([np.sin(angle), -np.cos(angle), np.zeros_like(angle)])
    origin = np.column_stack([np.zeros((len(angle), 2)), height])
    return cast(lower_fur(), origin, ways, 0.5) + ways * (np.zeros_like(angle) + offset)[:, None]


def hem(angle: Array) -> Array:
    """Height of the lower edge: two points in front."""
    near = np.abs(angle)
    return 0.408 - 0.042 * np.exp(-(((near - 0.20) / 0.20) ** 2)) - 0.006 * np.cos(angle)


def neckline(angle: Array) -> Array:
    """Height of the upper edge: a V in front."""
    near = np.abs(angle)
    return 0.575 + 0.165 * np.clip(near / 0.85, 0, 1) ** 0.9


def angles() -> Array:
    """Columns of the waistcoat, from in front around her left."""
    return np.linspace(-np.pi, np.pi, AROUND, endpoint=False)


def waistcoat() -> Part:
    """The cloth, its edges turned in."""
    angle = angles()
    low, high = hem(angle), neckline(angle)
    rows = [over_fur(angle, low + 0.004, -0.004)]
    for share in np.linspace(0.0, 1.0, ROWS):
        flare = 0.006 * (1 - share) ** 3
        rows.append(over_fur(angle, low + (high - low) * share, THICK + flare))
    rows.append(over_fur(angle, high - 0.004, -0.004))
    points = np.concatenate(rows)
    share = np.repeat(np.concatenate([[0], np.linspace(0, 1, ROWS), [1]]), AROUND)
    colours = paint.plain(paint.TEAL, len(points)) * (0.80 + 0.30 * ramp(share, 0.0, 0.9))[:, None]
    seam = np.abs(np.tile(angle, ROWS + 2)) < 0.05
    colours = np.where(seam[:, None], colours * 0.45, colours)
    return Part(points, grid_quads(ROWS + 2, AROUND, wrap=True), colours, "Cloth", trunk_weights_upper(points))


def trunk_weights_upper(points: Array) -> dict[str, Array]:
    """Weights of what is worn on the trunk: thighs pull the hem only a little."""
    weights = trunk_weights(points)
    legs = [bone for bone in weights if "Leg" in bone or "Foot" in bone or "Toe" in bone]
    for bone in legs:
        weights["Hips"] = weights["Hips"] + 0.6 * weights[bone]
        weights[bone] = 0.4 * weights[bone]
    return weights


def worn(piece: Piece, colour: Array, material: str, weights: dict[str, Array] | None = None) -> Part:
    """A piece of the kit as a part of one colour, worn on the trunk."""
    quads = np.array([(*face, face[-1]) if len(face) == 3 else face for face in piece.faces])
    points = piece.vertices
    return Part(points, quads, paint.plain(colour, len(points)), material, weights or trunk_weights_upper(points))


def piping() -> list[Part]:
    """Light cords along hem, neckline and armholes."""
    angle = angles()
    edges = [over_fur(angle, hem(angle), THICK + 0.006), over_fur(angle, neckline(angle), THICK - 0.001)]
    cords = [worn(hoop(edge, 0.0075, "Cloth", segments=5), paint.TEAL_LIGHT, "Cloth") for edge in edges]
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    up = np.cross(ARM, (0.0, 1.0, 0.0))
    ring = SHOULDER - 0.004 * ARM + 0.066 * (np.cos(turn)[:, None] * np.array([0, 1.0, 0]) + np.sin(turn)[:, None] * up)
    ring = settle(grown(trunk(), THICK), ring, rounds=6)
    weights = {"Chest": np.full(24 * 5, 0.55), "LeftShoulder": np.full(24 * 5, 0.45)}
    return [*cords, *both(worn(hoop(ring, 0.0095, "Cloth", segments=5), paint.TEAL_LIGHT, "Cloth", weights))]


def round_thing(
    place: Array, out: Array, size: float, colour: Array, material: str, rings: int = 4, sides: int = 14
) -> Part:
    """A domed disc on the cloth: a button or a badge."""
    first = np.cross(out, (0, 0, 1.0))
    first /= np.linalg.norm(first)
    second = np.cross(out, first)
    turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    rows = []
    for tilt in np.linspace(0.0, np.pi / 2, rings):
        circle = np.sin(tilt) * (np.cos(turn)[:, None] * first + np.sin(turn)[:, None] * second)
        rows.append(place + size * circle + size * 0.45 * np.cos(tilt) * out)
    points = np.concatenate(rows)
    return Part(
        points,
        pinched(grid_quads(rings, sides, wrap=True), sides)[:, ::-1],
        paint.plain(colour, len(points)),
        material,
        trunk_weights_upper(points),
    )


def on_cloth(angle: float, height: float) -> tuple[Array, Array]:
    """A place on the waistcoat and the way out of it."""
    place = over_fur(np.array([angle]), np.array([height]), THICK)[0]
    step = 0.02
    beside = over_fur(np.array([angle + 0.05]), np.array([height]), THICK)[0] - place
    above = over_fur(np.array([angle]), np.array([height + step]), THICK)[0] - place
    out = np.cross(beside, above)
    return place, out / np.linalg.norm(out)


def brass() -> list[Part]:
    """Four buttons, and a badge on her right."""
    parts = [
        round_thing(*on_cloth(0.085, height), 0.0125, paint.BRASS, "Brass") for height in (0.545, 0.500, 0.455, 0.410)
    ]
    place, out = on_cloth(-0.62, 0.612)
    parts.append(round_thing(place, out, 0.027, paint.BRASS, "Brass", sides=20))
    parts.append(round_thing(place + out * 0.0060, out, 0.019, paint.TEAL * 0.7, "Gloss", sides=20))
    return parts


def scarf() -> list[Part]:
    """Two soft turns around the neck, a knot, and a loose end with stripes."""
    turn = np.linspace(0, 2 * np.pi, 34, endpoint=False)
    parts = []
    for radius, thick, height, dip in ((0.124, 0.044, 0.782, 0.010), (0.130, 0.041, 0.733, 0.026)):
        wave = 0.004 * np.sin(turn * 5 + height * 40)
        ring = np.column_stack(
            [np.sin(turn) * radius * 1.08, -np.cos(turn) * radius - 0.004, height + wave - dip * np.cos(turn)]
        )
        colour = paint.SAFFRON if height > 0.75 else paint.SAFFRON * 0.93
        cord = hoop(ring, thick, "Cloth", segments=9)
        weights = {"Chest": np.full(len(cord.vertices), 0.6), "Neck": np.full(len(cord.vertices), 0.4)}
        parts.append(worn(cord, colour, "Cloth", weights))
    knot, quads = surface(
        ellipsoid((0.066, -0.160, 0.722), (0.048, 0.036, 0.042)), (-0.02, -0.24, 0.66), (0.15, -0.08, 0.79), 0.018
    )
    weights = {"Chest": np.full(len(knot), 0.8), "Neck": np.full(len(knot), 0.2)}
    parts.append(Part(knot, quads, paint.plain(paint.SAFFRON, len(knot)), "Cloth", weights))
    return [*parts, scarf_end()]


def scarf_end() -> Part:
    """The loose end: a flat soft band over the waistcoat, wider and striped towards its fringe."""
    rows, around = 21, 12
    path = curve([SCARF_KNOT, SCARF_MIDDLE, SCARF_TIP], rows)
    path = settle(grown(lower_fur(), THICK + 0.016), path, rounds=6)
    share = np.linspace(0, 1, rows)
    turn = np.linspace(0, 2 * np.pi, around, endpoint=False)
    wide = np.interp(share, [0, 0.15, 0.6, 0.93, 0.97, 1.0], [0.024, 0.034, 0.044, 0.050, 0.048, 0.030])
    thick = np.interp(share, [0, 0.15, 0.9, 1.0], [0.022, 0.015, 0.011, 0.003])
    across = np.array([0.96, 0.24, 0.08])
    out = np.array([0.24, -0.97, 0.0])
    flat_sine = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.8
    points = (
        path[:, None, :]
        + (wide[:, None] * np.cos(turn))[..., None] * across
        + (thick[:, None] * flat_sine)[..., None] * out
    )
    stripe = ((share > 0.66) & (share < 0.73)) | ((share > 0.80) & (share < 0.87))
    rows_of = np.where(stripe[:, None], paint.TEAL_LIGHT, paint.SAFFRON * (1.0 - 0.12 * (share[:, None] > 0.93)))
    weights = along_chain(np.repeat(share, around), [0.06, 0.50], ["Chest", "ScarfEnd1", "ScarfEnd2"], 0.12)
    return Part(
        points.reshape(-1, 3), grid_quads(rows, around, wrap=True), np.repeat(rows_of, around, axis=0), "Cloth", weights
    )
