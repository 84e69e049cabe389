"""Trunk, legs, arms, tail and ears: fur with its weights."""

import numpy as np
from kit.shapes import curve, hoop

from mira import paint
from mira.field import Array, Field, cast, cone, ellipsoid, melt, mirrored
from mira.frame import (
    ANKLE,
    ARM,
    EAR,
    EAR_MIDDLE,
    EAR_TIP,
    ELBOW,
    FINGERS,
    HIP,
    KNEE,
    SHOULDER,
    TAIL_PATH,
    WRIST,
    at_hand,
)
from mira.nets import grid_quads, surface
from mira.parts import Part, along_chain, both, ramp

TAIL_COLUMNS, TAIL_ROWS, TAIL_LOBES = 27, 24, 6
EAR_COLUMNS, EAR_ROWS = 24, 9


def trunk() -> Field:
    """A pear with a neck."""
    shoulders = mirrored(ellipsoid((0.088, 0.0, 0.672), (0.062, 0.062, 0.055)))
    clay = [
        ellipsoid((0, 0.008, 0.435), (0.168, 0.150, 0.125)),
        ellipsoid((0, -0.018, 0.520), (0.155, 0.142, 0.130)),
        ellipsoid((0, -0.004, 0.635), (0.132, 0.115, 0.115)),
        cone((0, 0, 0.70), (0, 0, 0.84), 0.082, 0.078),
        shoulders,
    ]
    return melt(clay, 0.09)


def leg() -> Field:
    """Her left leg with a broad paw; mirrored by the caller."""
    paw = melt(
        [
            ellipsoid((0.112, -0.045, 0.048), (0.071, 0.115, 0.048)),
            *[
                ellipsoid((0.112 + dx, -0.138 + dy, 0.034), (0.029, 0.036, 0.036))
                for dx, dy in ((-0.040, 0.010), (0.0, -0.004), (0.040, 0.010))
            ],
        ],
        0.022,
    )
    return melt(
        [cone(tuple(HIP), tuple(KNEE), 0.104, 0.064), cone(tuple(KNEE), tuple(ANKLE), 0.064, 0.050), paw], 0.035
    )


def lower_fur() -> Field:
    """Trunk and both legs in one skin."""
    return melt([trunk(), mirrored(leg())], 0.06)


def trunk_weights(points: Array) -> dict[str, Array]:
    """Weights of trunk and legs by height, legs by side and height."""
    z = points[:, 2]
    spine = along_chain(z, [0.485, 0.590, 0.715], ["Hips", "Spine", "Chest", "Neck"], 0.055)
    weights = {}
    thigh = ramp(z, 0.40, 0.28)
    for side, sign in (("Left", 1.0), ("Right", -1.0)):
        mine = ramp(points[:, 0] * sign, -0.025, 0.025)
        down = along_chain(-z, [-KNEE[2], -ANKLE[2] - 0.010], [f"{side}UpLeg", f"{side}Leg", f"{side}Foot"], 0.035)
        weights |= {bone: share * mine * thigh for bone, share in down.items()}
    return {**{bone: share * (1.0 - thigh) for bone, share in spine.items()}, **weights}


def lower_part() -> Part:
    """The fur from waist to paws, with umber stockings; what the waistcoat hides is left out."""

    def below_waist(points: Array) -> Array:
        return np.maximum(lower_fur()(points), points[:, 2] - 0.475)

    points, faces = surface(below_waist, (-0.24, -0.24, -0.03), (0.24, 0.22, 0.52), 0.0208)
    points[:, 2] = np.maximum(points[:, 2], 0.0)
    count = len(points)
    x, y, z = points.T
    ragged = 0.012 * np.sin(np.arctan2(y, x - np.sign(x) * 0.1) * 5)
    fur = paint.blend(paint.plain(paint.RUSSET, count), paint.plain(paint.UMBER, count), ramp(z + ragged, 0.165, 0.145))
    return Part(points, faces, paint.mottled(points, fur, 0.03), "Fur", trunk_weights(points))


def bib() -> Part:
    """The cream chest that the waistcoat's neck shows, with a few locks."""
    columns, rows = 19, 9
    angle = np.tile(np.linspace(-1.15, 1.15, columns), rows)
    height = np.repeat(np.linspace(0.545, 0.79, rows), columns)
    ways = np.column_stack([np.sin(angle), -np.cos(angle), np.zeros_like(angle)])
    origin = np.column_stack([np.zeros((len(angle), 2)), height])
    points = cast(trunk(), origin, ways, 0.5) + 0.004 * ways * (1 + np.cos(angle * 9))[:, None]
    return Part(
        points,
        grid_quads(rows, columns, wrap=False),
        paint.plain(paint.CREAM, len(points)),
        "Fur",
        trunk_weights(points),
    )


def neck() -> Part:
    """What shows between scarf and chin when she turns her head."""
    columns, rows = 24, 6
    turn = np.tile(np.linspace(0, 2 * np.pi, columns, endpoint=False), rows)
    height = np.repeat(np.linspace(0.72, 0.90, rows), columns)
    points = np.column_stack([np.sin(turn) * 0.104, 0.012 - np.cos(turn) * 0.098, height])
    fur = paint.blend(
        paint.plain(paint.CREAM, len(points)), paint.plain(paint.RUSSET, len(points)), ramp(points[:, 1], 0.0, 0.04)
    )
    return Part(
        points,
        grid_quads(rows, columns, wrap=True),
        fur,
        "Fur",
        along_chain(height, [0.745, 0.835], ["Chest", "Neck", "Head"], 0.04),
    )


def finger_ends(side: float) -> tuple[Array, Array, Array]:
    """Root, middle and tip of a finger."""
    return at_hand(0.056, side * 0.95), at_hand(0.092, side * 1.22), at_hand(0.121, side * 1.42, -0.002)


def finger(side: float) -> Field:
    """One finger of her left hand."""
    root, middle, tip = (tuple(point) for point in finger_ends(side))
    return melt([cone(root, middle, 0.0200, 0.0188), cone(middle, tip, 0.0188, 0.0170)], 0.004)


def palm() -> Field:
    """The palm of her left hand."""
    pads = [
        cone(tuple(at_hand(0.018, a)), tuple(at_hand(0.058, b)), 0.026, 0.026)
        for a, b in ((0.022, 0.026), (-0.018, -0.026))
    ]
    return melt(pads, 0.04)


def thumb() -> Field:
    """The thumb of her left hand."""
    root, middle, tip = (
        tuple(at_hand(*place)) for place in ((0.018, 0.024, 0.006), (0.044, 0.060, 0.012), (0.060, 0.082, 0.014))
    )
    return melt([cone(root, middle, 0.0220, 0.0195), cone(middle, tip, 0.0195, 0.0170)], 0.004)


def arm() -> Field:
    """Her left arm with three fingers and a thumb."""
    hand = melt([palm(), *[finger(side) for side in FINGERS.values()]], 0.006)
    sleeve = [cone(tuple(SHOULDER), tuple(ELBOW), 0.058, 0.047), cone(tuple(ELBOW), tuple(WRIST), 0.047, 0.034)]
    return melt([melt(sleeve, 0.02), melt([hand, thumb()], 0.012)], 0.022)


def arm_weights(points: Array) -> dict[str, Array]:
    """Weights down the arm, then to the nearest finger."""
    place = (points - SHOULDER) @ ARM
    elbow, wrist = (ELBOW - SHOULDER) @ ARM, (WRIST - SHOULDER) @ ARM
    stations = [-0.035, elbow, wrist + 0.004]
    weights = along_chain(place, stations, ["LeftShoulder", "LeftArm", "LeftForeArm", "LeftHand"], 0.036)
    hand = weights.pop("LeftHand")
    to_index, to_thumb = finger(FINGERS["Index"])(points), thumb()(points)
    to_others = np.minimum(finger(FINGERS["Middle"])(points), finger(FINGERS["Ring"])(points))
    to_rest = np.minimum(np.minimum(to_index, to_others), palm()(points))
    along = (points - WRIST) @ ARM
    is_thumb = ramp(to_rest - to_thumb, -0.004, 0.014)
    fingers = ramp(along, 0.050, 0.076) * (1 - is_thumb)
    is_index = ramp(to_others - to_index, -0.006, 0.006)
    bend = ramp(along, 0.082, 0.104)
    thumb_bend = ramp(np.linalg.norm(points - at_hand(0.018, 0.024, 0.006), axis=1), 0.038, 0.056)
    weights["LeftHand"] = hand * (1 - is_thumb - fingers)
    weights |= {
        "LeftHandThumb1": hand * is_thumb * (1 - thumb_bend),
        "LeftHandThumb2": hand * is_thumb * thumb_bend,
    }
    for name, mine in (("Index", is_index), ("Middle", 1 - is_index)):
        weights[f"LeftHand{name}1"] = hand * fingers * mine * (1 - bend)
        weights[f"LeftHand{name}2"] = hand * fingers * mine * bend
    return weights


GLOVE = 0.235  # metres from the shoulder to the edge of the dark fur


def arms() -> list[Part]:
    """Both arms: russet to the elbow, then long umber gloves."""
    return [*both(sleeve()), *both(glove()), *both(cuff())]


def glove() -> Part:
    """Forearm and hand in dark fur; its edge stands a little over the sleeve."""

    def gloved(points: Array) -> Array:
        return np.maximum(arm()(points) - 0.002, GLOVE - (points - SHOULDER) @ ARM)

    points, faces = surface(gloved, (0.24, -0.12, 0.31), (0.51, 0.09, 0.60), 0.0115)
    near = ramp((points - SHOULDER) @ ARM, GLOVE + 0.10, GLOVE)
    fur = paint.blend(paint.plain(paint.UMBER, len(points)), paint.plain(paint.UMBER * 1.35, len(points)), near)
    return Part(points, faces, paint.mottled(points, fur, 0.03), "Fur", arm_weights(points))


def cuff() -> Part:
    """A roll of dark fur where glove and sleeve meet."""
    turn = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    up = np.cross(ARM, (0.0, 1.0, 0.0))
    ways = np.cos(turn)[:, None] * np.array([0, 1.0, 0]) + np.sin(turn)[:, None] * up
    ring = cast(arm(), SHOULDER + (GLOVE + 0.003) * ARM, ways, 0.12)
    roll = hoop(ring, 0.0105, "Fur", segments=6)
    quads, colours = np.array(roll.faces), paint.plain(paint.UMBER * 1.25, len(roll.vertices))
    return Part(roll.vertices, quads, colours, "Fur", arm_weights(roll.vertices))


def sleeve() -> Part:
    """The russet arm from inside the shoulder into the glove."""
    columns, rows = 18, 13
    turn = np.tile(np.linspace(0, 2 * np.pi, columns, endpoint=False), rows)
    along = np.repeat(np.linspace(-0.052, GLOVE + 0.008, rows), columns)
    up = np.cross(ARM, (0.0, 1.0, 0.0))
    ways = np.cos(turn)[:, None] * np.array([0, 1.0, 0]) + np.sin(turn)[:, None] * up
    elbow = (ELBOW - SHOULDER) @ ARM
    bend = (ELBOW - SHOULDER - elbow * ARM)[None, :] * np.clip(along / elbow, 0, 1)[:, None]
    points = cast(arm(), SHOULDER + along[:, None] * ARM + bend, ways, 0.12)
    fur = paint.mottled(points, paint.plain(paint.RUSSET, len(points)), 0.03)
    return Part(points, grid_quads(rows, columns, wrap=True), fur, "Fur", arm_weights(points))


def tail() -> Part:
    """A great brush that curls up at her left, with a cream tip."""
    path = curve(TAIL_PATH, TAIL_ROWS)
    share = np.linspace(0.0, 1.0, TAIL_ROWS)
    girth = np.interp(share, [0, 0.12, 0.35, 0.62, 0.80, 0.92, 1.0], [0.040, 0.060, 0.098, 0.122, 0.102, 0.055, 0.004])
    run = np.gradient(path, axis=0)
    run /= np.linalg.norm(run, axis=1)[:, None]
    side = np.cross(run, np.array([0.3, -0.9, 0.2]))
    side /= np.linalg.norm(side, axis=1)[:, None]
    rise = np.cross(side, run)
    turn = np.linspace(0, 2 * np.pi, TAIL_COLUMNS, endpoint=False)
    locks = np.cos(TAIL_LOBES * turn[None, :] + 2.4 * share[:, None])
    radius = girth[:, None] * (1.0 + 0.075 * ramp(share, 0.15, 0.7)[:, None] * locks)
    points = path[:, None, :] + radius[..., None] * (
        np.cos(turn)[None, :, None] * side[:, None, :] + np.sin(turn)[None, :, None] * rise[:, None, :]
    )
    place = np.repeat(share, TAIL_COLUMNS)
    flat = points.reshape(-1, 3)
    tip = ramp(place + 0.05 * locks.ravel(), 0.66, 0.71)
    fur = paint.blend(
        paint.plain(paint.RUSSET, len(flat)), paint.plain(paint.RUSSET_DEEP, len(flat)), ramp(place, 0.25, 0.6) * 0.5
    )
    fur = paint.mottled(flat, paint.blend(fur, paint.plain(paint.CREAM, len(flat)), tip), 0.03)
    steps = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(TAIL_PATH, axis=0), axis=1))])
    stations = (steps / steps[-1])[1:-1]
    weights = along_chain(place, stations, [f"Tail{i}" for i in range(1, 6)], 0.09)
    return Part(flat, grid_quads(TAIL_ROWS, TAIL_COLUMNS, wrap=True)[:, ::-1], fur, "Fur", weights)


def ears() -> list[Part]:
    """Tall cupped ears, cream inside, umber at the tips."""
    share = np.linspace(0.0, 1.0, EAR_ROWS)[:, None] ** 0.85
    turn = np.linspace(0, 2 * np.pi, EAR_COLUMNS, endpoint=False)[None, :]
    low = EAR - 0.055 * (EAR_MIDDLE - EAR) / np.linalg.norm(EAR_MIDDLE - EAR)
    line = np.stack(
        [
            low * (1 - s) ** 2 + 2 * s * (1 - s) * (EAR_MIDDLE + np.array([0.012, 0, 0])) + EAR_TIP * s**2
            for s in share[:, 0]
        ]
    )
    yaw = np.radians(24.0)
    across = np.array([np.cos(yaw), np.sin(yaw), -0.33])
    across /= np.linalg.norm(across)
    back = np.array([-np.sin(yaw), np.cos(yaw), 0.0])
    wide = 0.094 * (1 - share**2.1) ** 0.8 * (0.86 + 0.5 * share * (1 - share)) + 0.002
    deep = 0.070 * (1 - share**1.8) ** 0.9 + 0.002
    hollow = np.where(np.sin(turn) > 0, 1.0, 0.42 + 0.0 * share)
    depth = deep * np.abs(np.sin(turn)) * hollow
    points = line[:, None, :] + (wide * np.cos(turn))[..., None] * across + depth[..., None] * back
    inside = np.repeat((np.sin(turn) < 0) & (np.abs(np.cos(turn)) < 0.83), EAR_ROWS, axis=0).ravel()
    place = np.repeat(share[:, 0], EAR_COLUMNS)
    count = len(place)
    fur = paint.blend(paint.plain(paint.RUSSET, count), paint.plain(paint.UMBER, count), ramp(place, 0.60, 0.72))
    lining = paint.blend(
        paint.plain(paint.BLUSH * 0.75, count), paint.plain(paint.CREAM, count), ramp(place, 0.15, 0.75)
    )
    fur = np.where(inside[:, None], lining, fur)
    weights = along_chain(place, [0.16, 0.52], ["Head", "LeftEar", "LeftEarTip"], 0.14)
    return both(Part(points.reshape(-1, 3), grid_quads(EAR_ROWS, EAR_COLUMNS, wrap=True), fur, "Fur", weights))
