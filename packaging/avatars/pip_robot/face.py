"""What lights up on Pip's screen: eyes, sparkles, brows, cheeks and a mouth, each drawn from a few numbers.

All lengths are metres on the screen, across to the character's left and up from its middle. Every feature keeps its
vertices whatever its numbers, so that one look can melt into another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from kit.shapes import Floats, Part, fan

from pip_robot.head import CENTRE, on_screen

EYE_ACROSS, EYE_UP = 0.1, 0.018
BROW_UP = 0.104
MOUTH_UP = -0.078
RIM = 0.008  # the lit edge around an open mouth
HIDDEN = 0.0  # size of what is not shown


@dataclass(frozen=True)
class Eye:
    """A pill of light, cut by lids, or bent to an arc; written for the left eye, mirrored for the right."""

    across: float = 0.0
    up: float = 0.0
    width: float = 0.041
    height: float = 0.06
    upper_lid: float = 0.0  # share of the height that is covered
    lid_slope: float = 0.0  # positive: the outer end of the upper lid is lower (sad)
    lower_lid: float = 0.0
    arc: float = 0.0  # how much the middle stands above the ends
    sparkle: float = 1.0


@dataclass(frozen=True)
class Brow:
    """A rounded stroke over the left eye; `tilt` positive lifts the inner end (sad)."""

    up: float = 0.0
    tilt: float = 0.0
    bend: float = 0.012
    width: float = 0.036
    across: float = 0.0


@dataclass(frozen=True)
class Mouth:
    """A line that opens: half width, how far the lips part, corners lifted by `smile`, `skew` to the left, a `wave`."""

    width: float = 0.05
    upper: float = 0.0065
    lower: float = 0.0065
    smile: float = 0.018
    skew: float = 0.0
    wave: float = 0.0
    up: float = 0.0
    tongue: float = 0.0


@dataclass(frozen=True)
class Look:
    """A whole face."""

    left_eye: Eye = Eye()
    right_eye: Eye = Eye()
    left_brow: Brow = Brow()
    right_brow: Brow = Brow()
    mouth: Mouth = Mouth()
    blush: float = HIDDEN

    def eyes(self, **numbers: float) -> Look:
        """Return the look with both eyes changed alike."""
        return replace(self, left_eye=replace(self.left_eye, **numbers), right_eye=replace(self.right_eye, **numbers))

    def brows(self, **numbers: float) -> Look:
        """Return the look with both brows changed alike."""
        return replace(
            self, left_brow=replace(self.left_brow, **numbers), right_brow=replace(self.right_brow, **numbers)
        )

    def lips(self, **numbers: float) -> Look:
        """Return the look with another mouth."""
        return replace(self, mouth=replace(self.mouth, **numbers))


def draw(look: Look) -> list[Part]:
    """Return all features of a face, in an order and with faces that never change."""
    parts: list[Part] = []
    for eye, brow, side in ((look.left_eye, look.left_brow, 1.0), (look.right_eye, look.right_brow, -1.0)):
        parts += [_eye(eye, side), *_sparkles(eye, side), _brow(brow, side), _cheek(look.blush, side)]
    return [part.bound_to("Head") for part in [*parts, *_mouth(look.mouth)]]


def vertices(look: Look) -> Floats:
    """Return the (N, 3) vertices of a face, all features in a row."""
    return np.vstack([part.vertices for part in draw(look)])


def normals(look: Look) -> Floats:
    """Return the unit normals (N, 3) of the glass behind every vertex: what is drawn on it is as flat as it."""
    places = vertices(look)[:, (0, 2)] - (0.0, CENTRE[2])
    step = 1e-3
    across, up = (on_screen(places + way, 0.0) - on_screen(places - way, 0.0) for way in ((step, 0.0), (0.0, step)))
    facing = np.cross(across, up)
    return np.asarray(facing / np.linalg.norm(facing, axis=1)[:, None])


def _sheet(rings: int, segments: int, points: Floats, rise: float, material: str) -> Part:
    """Return a flat feature on the glass, from the moved points of a fan."""
    return Part(on_screen(points, rise), fan(rings, segments)[1], material)


def _pill(disc: Floats, square: float) -> Floats:
    """Return the unit disc pushed towards a soft square."""
    far = np.linalg.norm(disc, axis=1)
    flat = np.maximum((np.abs(disc) ** square).sum(axis=1) ** (1 / square), 1e-9)
    return disc * (far / flat)[:, None]


def _eye(eye: Eye, side: float) -> Part:
    """Return one eye; faces of the right one keep their direction because the disc is not mirrored."""
    shape = _pill(fan(4, 28)[0], 2.5)
    x, y = shape[:, 0] * side, shape[:, 1] * eye.height
    top = eye.height * (1 - 2 * eye.upper_lid) - eye.lid_slope * eye.height * x
    bottom = -eye.height * (1 - 2 * eye.lower_lid * (1 - 0.35 * x * x))
    y = np.minimum(np.maximum(y, bottom), np.maximum(top, bottom))
    y = y + eye.arc * (1 - x * x) - eye.arc / 2
    places = np.column_stack([side * (EYE_ACROSS + eye.across + x * eye.width), EYE_UP + eye.up + y])
    return _sheet(4, 28, places, 0.003, "glow")


def _sparkles(eye: Eye, side: float) -> list[Part]:
    """Return the two highlights of an eye; both lean to the same light."""
    disc = fan(1, 12)[0]
    result = []
    for across, up, size in ((-0.36, 0.42, 0.0105), (0.34, -0.44, 0.0055)):
        bottom, top = -1 + 2 * eye.lower_lid, 1 - 2 * eye.upper_lid - abs(eye.lid_slope) * 0.5
        height = eye.height * (bottom + (top - bottom) * (up + 1) / 2)
        middle = (side * (EYE_ACROSS + eye.across) + across * eye.width, EYE_UP + eye.up + height)
        result.append(_sheet(1, 12, disc * size * eye.sparkle + middle, 0.0045, "sparkle"))
    return result


def _brow(brow: Brow, side: float) -> Part:
    """Return one brow."""
    shape = _pill(fan(2, 20)[0], 4.0)
    x = shape[:, 0] * side
    up = BROW_UP + brow.up + brow.bend * (1 - x * x) - brow.tilt * x + shape[:, 1] * 0.0062
    return _sheet(2, 20, np.column_stack([side * (EYE_ACROSS + brow.across + x * brow.width), up]), 0.003, "glow")


def _cheek(blush: float, side: float) -> Part:
    """Return one cheek; without blush it is a point."""
    places = fan(2, 18)[0] * np.array([0.031, 0.019]) * blush + (side * 0.168, -0.045)
    return _sheet(2, 18, places, 0.0025, "blush")


def _mouth(mouth: Mouth) -> list[Part]:
    """Return the lit outline, the dark inside and the tongue."""
    rim = min(RIM, (mouth.upper + mouth.lower) / 2)
    inside = replace(
        mouth,
        width=max(mouth.width - RIM, 0.0),
        upper=max(mouth.upper - rim, 0.0),
        lower=max(mouth.lower - rim, 0.0),
    )
    disc = fan(4, 32)[0]
    outer, inner = _lips(mouth, disc, mouth.width), _lips(inside, disc, mouth.width)
    return [
        _sheet(4, 32, outer, 0.003, "glow"),
        _sheet(4, 32, inner, 0.0045, "mouth"),
        _sheet(3, 20, _tongue(inside, mouth.width), 0.006, "blush"),
    ]


def _middle(mouth: Mouth, x: Floats, whole_width: float) -> Floats:
    """Return the height of the line between the lips at places across."""
    share = x / whole_width
    smile = mouth.smile * (share**2 - 0.5)
    return MOUTH_UP + mouth.up + smile + mouth.wave * np.sin(share * 1.5 * np.pi) + mouth.skew * share * 0.4


def _lips(mouth: Mouth, disc: Floats, whole_width: float) -> Floats:
    """Return the points of a fan spread between the lips."""
    shape = _pill(disc, 2.0 if mouth.upper + mouth.lower > 0.03 else 3.2)
    x = shape[:, 0] * mouth.width
    y = np.where(shape[:, 1] > 0, shape[:, 1] * mouth.upper, shape[:, 1] * mouth.lower)
    return np.column_stack([x + mouth.skew, _middle(mouth, x, whole_width) + y])


def _tongue(mouth: Mouth, whole_width: float) -> Floats:
    """Return the points of the tongue, resting on the lower lip."""
    disc = fan(3, 20)[0]
    half = np.sqrt(np.clip(1 - disc[:, 0] ** 2, 1e-9, 1))
    x = disc[:, 0] * mouth.width * 0.66
    share = np.clip(1 - (x / max(mouth.width, 1e-6)) ** 2, 0, 1)
    bottom = _middle(mouth, x, whole_width) - mouth.lower * np.sqrt(share)
    height = mouth.tongue * mouth.lower * half * 1.1
    y = bottom + (disc[:, 1] / half + 1) / 2 * height
    flat = mouth.lower < 1e-4 or mouth.tongue < 1e-4
    return np.column_stack([x * (0.02 if flat else 1) + mouth.skew, y])
