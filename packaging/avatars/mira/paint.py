"""Mira's colours: a russet fox in a teal waistcoat and a saffron scarf. All colours are linear RGB."""

import numpy as np

from mira.field import Array
from mira.parts import ramp


def srgb(code: str) -> Array:
    """Linear RGB of a web colour such as "#d96a2b". Source: IEC 61966-2-1."""
    raw = np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)]) / 255.0
    return np.where(raw <= 0.04045, raw / 12.92, ((raw + 0.055) / 1.055) ** 2.4)


RUSSET = srgb("#d6622a")
RUSSET_DEEP = srgb("#b84a1d")
CREAM = srgb("#f8e7d2")
BLUSH = srgb("#f08e6c")
UMBER = srgb("#4a2f28")
INK = srgb("#1d1416")
TEAL = srgb("#1a717b")
TEAL_LIGHT = srgb("#48b3b4")
SAFFRON = srgb("#eca52a")
BRASS = srgb("#e6b85c")
MOUTH_DEEP = srgb("#3a0d18")
MOUTH = srgb("#6e1f2b")
TONGUE = srgb("#cf5f72")
TOOTH = srgb("#fffaf0")
IRIS_DARK = srgb("#4a1f0a")
IRIS_LIGHT = srgb("#f2a93b")
EYE_WHITE = srgb("#fffaf2")

# roughness and metalness of each material; colour comes from the points
FINISHES = {
    "Fur": (0.72, 0.0),
    "Cloth": (0.88, 0.0),
    "Brass": (0.28, 1.0),
    "Mouth": (0.60, 0.0),
    "Gloss": (0.16, 0.0),
}


def blend(first: Array, second: Array, share: Array) -> Array:
    """`second` over `first` by `share` (N,), rows of RGB."""
    return first + (second - first) * share[:, None]


def plain(colour: Array, count: int) -> Array:
    """The same colour for `count` points."""
    return np.tile(colour, (count, 1))


def mottled(points: Array, colours: Array, strength: float) -> Array:
    """Lightness varied slowly over the surface, so that fur is not a flat paint."""
    x, y, z = (points * 9.0).T
    wave = np.sin(x * 1.7 + np.sin(z * 1.3)) * np.sin(y * 1.9 + 1.0) + np.sin(z * 2.3 + x) * 0.6
    return colours * (1.0 + strength * wave)[:, None]


def face_fur(local: Array) -> Array:
    """Fur of head, lids and ears' foot: russet above, cream cheeks and muzzle.

    Args:
        local: (N, 3) metres from the middle of the head.
    """
    x, y, z = np.abs(local[:, 0]), local[:, 1], local[:, 2]
    line = -0.045 + 0.075 * ramp(x, 0.05, 0.21) - 0.30 * ramp(y, -0.04, 0.16)
    line = line - 0.02 * ramp(x, 0.03, 0.0)
    cream = ramp(line - z, -0.012, 0.012)
    top = blend(plain(RUSSET, len(x)), plain(RUSSET_DEEP, len(x)), ramp(z, 0.10, 0.27) * 0.75)
    fur = mottled(local, blend(top, plain(CREAM, len(x)), cream), 0.03)
    rosy = np.exp(-(((x - 0.185) / 0.05) ** 2) - ((z + 0.085) / 0.035) ** 2) * ramp(y, 0.0, -0.05)
    return blend(fur, plain(BLUSH, len(x)), rosy * 0.8)
