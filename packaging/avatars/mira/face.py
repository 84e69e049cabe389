"""The face as parts with morphs: skin, lining, tongue, teeth, lids, brows, and what rides on the head."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from mira import eyes, head, paint
from mira.expressions import Face, all_faces
from mira.field import Array, cone, ellipsoid, melt, mirrored
from mira.head import COLUMNS, HEAD, LINED
from mira.nets import Faces, grid_quads, surface
from mira.parts import Part, ramp, rigid

LEAST_MOVE = 1e-3  # metres: a smaller offset is none, which keeps morph targets sparse


def morphing(
    shape: Callable[[Face], Array], faces: Faces, colours: Array, material: str, unshaded: bool = False
) -> Part:
    """A part of the head whose points are a function of the face; every morph is a difference of two of them."""
    rest = shape(Face()).reshape(-1, 3)
    morphs = {}
    for name, face in all_faces().items():
        offsets = shape(face).reshape(-1, 3) - rest
        morphs[name] = np.where(np.linalg.norm(offsets, axis=1)[:, None] < LEAST_MOVE, 0.0, offsets)
    return Part(rest + HEAD, faces, colours, material, rigid("Head", len(rest)), morphs, unshaded)


def skin() -> Part:
    """The fur of the head with the lips' edge."""
    rest = head.resting_skin()
    return morphing(lambda face: head.moved_skin(rest, face.mouth), head.skin_quads(), head.skin_colours(rest), "Fur")


def lining() -> Part:
    """The inside of the mouth, joined to the lips."""
    rest = head.resting_skin()

    def shape(face: Face) -> Array:
        return np.concatenate([head.moved_skin(rest, face.mouth)[:1, ::LINED], head.moved_lining(rest, face.mouth)])

    rows = [paint.UMBER, paint.MOUTH * 0.6, paint.MOUTH, paint.MOUTH_DEEP * 0.4]
    colours = np.concatenate([paint.plain(row, COLUMNS // LINED) for row in rows])
    return morphing(shape, head.lining_quads(), colours, "Mouth")


def lip_middle() -> Array:
    """The middle of the closed lips, from the head's middle."""
    return head.resting_skin()[0].mean(axis=0)


def tongue() -> Part:
    """A soft pad on the floor of the mouth; its tip rises and comes forward."""
    middle = lip_middle()
    turn = np.linspace(0, 2 * np.pi, 10, endpoint=False)[None, :]
    along = np.linspace(0.0, 1.0, 7)[:, None]
    girth = np.sin(np.pi * np.clip(0.04 + 0.9 * along**0.8, 0, 1)) ** 0.55

    def shape(face: Face) -> Array:
        mouth = face.mouth
        depth = 0.066 - 0.046 * along - 0.022 * mouth.out * along
        lift = (
            -0.0075
            + 0.010 * along * mouth.tongue
            + 0.006 * mouth.out * along
            - 0.80 * mouth.open * (0.55 + 0.45 * along)
        )
        x = np.cos(turn) * 0.024 * girth * (1 - 0.35 * mouth.pucker)
        up = lift + np.sin(turn) * 0.0055 * girth
        out = -depth + 0.02 * mouth.pucker * along
        return (
            middle
            + x[..., None] * np.array([1.0, 0, 0])
            + up[..., None] * head.UPWARD
            + (out + 0 * up)[..., None] * head.FORWARD
        )

    colours = paint.plain(paint.TONGUE, 70)
    return morphing(shape, grid_quads(7, 10, wrap=True), colours, "Mouth")


def teeth() -> Part:
    """Upper teeth as one smooth band behind the lip, with two small fangs; lips lift off them, else they go along."""
    rest = head.resting_skin()[0]
    order = np.arange(COLUMNS // 2 - 5, 4, -2)
    angle = np.linspace(0.0, 2 * np.pi, COLUMNS, endpoint=False)[order]
    share = np.linspace(-1, 1, len(order))[:, None]
    fang = 0.007 * np.exp(-(((np.abs(share) - 0.62) / 0.13) ** 2))

    def shape(face: Face) -> Array:
        along, _ = head.lip_offsets(replace(face.mouth, upper=0.0, open=0.0), angle)
        edge = rest[order] + along
        rows = []
        for up, back in ((0.012, 0.010), (0.0, 0.009), (-0.001, 0.011), (0.006, 0.015)):
            drop = fang if up <= 0.0 else 0.0
            rows.append(edge + (up - drop - 0.002) * head.UPWARD - back * head.FORWARD)
        return np.stack(rows)

    colours = paint.plain(paint.TOOTH, 4 * len(order))
    return morphing(shape, grid_quads(4, len(order), wrap=False), colours, "Mouth")


def lids() -> list[Part]:
    """Two lids an eye; the right eye's are the left's, mirrored."""
    away = np.array([-1.0, 1.0, 1.0])
    parts = []
    for upper in (True, False):
        colours, quads = eyes.lid_colours(upper), eyes.lid_quads(upper)
        parts.append(morphing(lambda face, u=upper: eyes.lid(face.left, u), quads, colours, "Fur", unshaded=True))
        parts.append(
            morphing(
                lambda face, u=upper: eyes.lid(face.right, u) * away, quads[:, ::-1], colours, "Fur", unshaded=True
            )
        )
    return parts


def brows() -> list[Part]:
    """A stroke of umber over each eye."""
    away = np.array([-1.0, 1.0, 1.0])
    count = eyes.BROW_COLUMNS * eyes.BROW_AROUND + 2
    colours, quads = paint.plain(paint.UMBER * 1.2, count), eyes.brow_quads()
    left = morphing(lambda face: eyes.brow(face.left), quads, colours, "Fur", unshaded=True)
    right = morphing(lambda face: eyes.brow(face.right) * away, quads[:, ::-1], colours, "Fur", unshaded=True)
    return [left, right]


def nose() -> Part:
    """A rounded triangle of a nose."""
    top = mirrored(ellipsoid((0.016, -0.318, -0.052), (0.022, 0.018, 0.016)))
    clay = melt([top, ellipsoid((0, -0.318, -0.066), (0.015, 0.018, 0.018))], 0.03)
    points, faces = surface(clay, (-0.06, -0.36, -0.11), (0.06, -0.28, -0.02), 0.008)
    return Part(points + HEAD, faces, paint.plain(paint.INK * 1.2, len(points)), "Gloss", rigid("Head", len(points)))


def forelock() -> Part:
    """Three locks of fur on the crown, swept to her left."""
    locks = [
        cone((0.010, -0.085, 0.215), (0.110, -0.150, 0.300), 0.050, 0.006),
        cone((-0.015, -0.060, 0.225), (0.045, -0.115, 0.338), 0.048, 0.006),
        cone((-0.035, -0.075, 0.215), (-0.045, -0.130, 0.305), 0.042, 0.006),
        cone((0.045, -0.060, 0.215), (0.145, -0.090, 0.262), 0.040, 0.006),
    ]
    points, faces = surface(melt(locks, 0.03), (-0.12, -0.19, 0.14), (0.18, 0.03, 0.37), 0.0165)
    deep = paint.blend(
        paint.plain(paint.RUSSET_DEEP, len(points)),
        paint.plain(paint.RUSSET, len(points)),
        ramp(points[:, 2], 0.24, 0.31),
    )
    return Part(points + HEAD, faces, deep, "Fur", rigid("Head", len(points)))


def eyeballs() -> list[Part]:
    """Balls that follow the eye bones, and glints that follow the head."""
    points, quads, colours = eyes.ball()
    away = np.array([-1.0, 1.0, 1.0])
    parts = [Part(points + HEAD, quads[:, ::-1], colours, "Gloss", rigid("LeftEye", len(points)), unshaded=True)]
    parts.append(Part(points * away + HEAD, quads, colours, "Gloss", rigid("RightEye", len(points)), unshaded=True))
    for side, rise, size in ((-9.0, 13.0, 6.0), (10.0, -11.0, 3.0)):
        for mirror in (1.0, -1.0):
            spot, faces = eyes.glint(side * mirror, rise, size)
            flip = np.array([mirror, 1.0, 1.0])
            parts.append(
                Part(
                    spot * flip + HEAD,
                    faces if mirror > 0 else faces[:, ::-1],
                    paint.plain(np.ones(3), len(spot)),
                    "Gloss",
                    rigid("Head", len(spot)),
                    unshaded=True,
                )
            )
    return parts
