"""The light of the stage, the widget's own: a painted studio from every direction, a key and a rim. No OpenGL.

Kept equal to `widget/src/stage/radiance.ts` and `light.ts`, so that a poster and the moving stage look alike; a test
compares the numbers and the pictures. Axes of the scene: +Y up, +Z where the avatar looks. Light is linear.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats32 = NDArray[np.float32]
Floats64 = NDArray[np.float64]

ROOM_SIZES = (32, 16, 8, 4)
"""Edges of the cube's faces, from a mirror to what wholly rough surfaces see."""
ROOM_STRENGTH = 0.72
"""How bright the studio is beside the lamps."""
_SUMMED_FROM = 2
"""Up to here a blur is a softer edge; beyond it is summed over all directions of a level of this size."""
_SOURCE_SIZE = 16


@dataclass(frozen=True)
class Softbox:
    """Middle and half sizes, in turns around (0 is +Z, growing towards +X) and in [-1, 1] from floor to sky."""

    around: float
    up: float
    half_around: float
    half_up: float
    light: tuple[float, float, float]


SOFTBOXES = (
    Softbox(-0.13, 0.45, 0.1, 0.3, (7.2, 6.8, 6.3)),
    Softbox(0.17, 0.2, 0.06, 0.34, (2.6, 2.9, 3.4)),
    Softbox(0.5, 0.5, 0.1, 0.24, (4.2, 4.4, 5.0)),
)
"""A big warm box to the front left, a cool one to the right, a strip behind for the rim."""
_SKY = np.array([1.02, 1.03, 1.08])
_HORIZON = np.array([0.72, 0.73, 0.78])
_FLOOR = np.array([0.34, 0.32, 0.32])


@dataclass(frozen=True)
class Lamp:
    """A light from afar."""

    towards: tuple[float, float, float]
    srgb: int
    strength: float

    @property
    def direction(self) -> Floats32:
        """Towards the lamp, of length one."""
        towards = np.array(self.towards)
        return np.asarray(towards / np.linalg.norm(towards), np.float32)

    @property
    def colour(self) -> Floats32:
        """Linear, strength included."""
        encoded = np.array([self.srgb >> 16, self.srgb >> 8 & 255, self.srgb & 255]) / 255
        linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
        return np.asarray(linear * self.strength, np.float32)


LAMPS = (Lamp((-1.4, 2.2, 2.6), 0xFFF4E6, 1.7), Lamp((1.6, 1.8, -2.2), 0xDFE8FF, 1.1))
"""Key and rim."""


@cache
def room_levels() -> tuple[Floats32, ...]:
    """The studio as ever rougher surfaces see it: per level (6, S, S, 3), faces in OpenGL's order."""
    return tuple(_level(size, number) for number, size in enumerate(ROOM_SIZES))


@cache
def reflectance() -> Floats32:
    """How much of its colour, and of white, a surface mirrors: (16, 16, 2), by rows of cosine and columns of roughness.

    Source: Karis 2013, Real Shading in Unreal Engine 4 (split sum); Heitz 2014 for height-correlated masking.
    """
    steps = (np.arange(16) + 0.5) / 16
    return np.array([[_mirrored_share(cosine, rough) for rough in steps] for cosine in steps], np.float32)


def light_from(directions: Floats64, softness: float = 0.0) -> Floats64:
    """The light that comes from directions (..., 3), of length one; `softness` widens the edges of the boxes."""
    up = directions[..., 1]
    around = np.arctan2(directions[..., 0], directions[..., 2]) / (2 * np.pi)
    sky = _HORIZON + (_SKY - _HORIZON) * up[..., None]
    ground = _HORIZON + (_FLOOR - _HORIZON) * np.minimum(1, -up * 1.4)[..., None]
    light: Floats64 = np.where(up[..., None] > 0, sky, ground)
    for box in SOFTBOXES:
        light = light + _share(box, around, up, softness)[..., None] * np.array(box.light)
    return light


def _share(box: Softbox, around: Floats64, up: Floats64, softness: float) -> Floats64:
    apart = np.abs(np.mod(np.mod(around - box.around, 1) + 1.5, 1) - 0.5)
    return _edge(apart, box.half_around, softness * 0.1) * _edge(np.abs(up - box.up), box.half_up, softness * 0.6)


def _edge(distance: Floats64, half: float, softness: float) -> Floats64:
    reach = half * 0.25 + softness
    share = np.clip((half + reach - distance) / (2 * reach), 0, 1)
    return share * share * (3 - 2 * share)


def _level(size: int, number: int) -> Floats32:
    # Source: three.js r187, PMREMGenerator.lodToRoughness, whose inverse the shader uses.
    roughness = 1 - float(np.sqrt(1 - number / (len(ROOM_SIZES) - 1)))
    see: Callable[[Floats64], Floats64] = _blurred(roughness)
    if number < _SUMMED_FROM:
        return light_from(_cube_directions(size), roughness).astype(np.float32)
    return see(_cube_directions(size)).astype(np.float32)


def _blurred(roughness: float) -> Callable[[Floats64], Floats64]:
    """Sums the GGX lobe around directions, seen straight on."""
    ways = _cube_directions(_SOURCE_SIZE).reshape(-1, 3)
    areas = np.abs(ways).max(axis=1) ** 3
    light = light_from(ways)
    alpha_squared = roughness**4

    def see(directions: Floats64) -> Floats64:
        cosines = np.maximum(directions.reshape(-1, 3) @ ways.T, 0)
        lobes = (1 + cosines) / 2 * (alpha_squared - 1) + 1
        weights = cosines * areas / (lobes * lobes)
        total: Floats64 = weights @ light / weights.sum(axis=1, keepdims=True)
        return total.reshape(directions.shape)

    return see


def _cube_directions(size: int) -> Floats64:
    """Where the texels of a cube's six faces look, (6, S, S, 3), as OpenGL orders them."""
    steps = (np.arange(size) + 0.5) / size * 2 - 1
    u, v = np.meshgrid(steps, steps)
    one = np.ones_like(u)
    faces = [(one, -v, -u), (-one, -v, u), (u, one, v), (u, -one, -v), (u, -v, one), (-u, -v, -one)]
    directions = np.stack([np.stack(face, axis=-1) for face in faces])
    ways: Floats64 = directions / np.linalg.norm(directions, axis=-1, keepdims=True)
    return ways


def _mirrored_share(cosine: float, rough: float, samples: int = 1024) -> tuple[float, float]:
    number = np.arange(samples)
    alpha = rough * rough
    height = (number + 0.5) / samples
    # A golden-ratio spiral covers the half vectors evenly.
    turn = number * np.pi * (3 - np.sqrt(5))
    up = np.sqrt((1 - height) / (1 + (alpha * alpha - 1) * height))
    aside = np.sqrt(1 - up * up) * np.cos(turn)
    view_aside = np.sqrt(1 - cosine * cosine)
    view_half = np.maximum(aside * view_aside + up * cosine, 0)
    light = np.maximum(2 * view_half * up - cosine, 0)
    a2 = alpha * alpha
    masking = light * np.sqrt(cosine * cosine * (1 - a2) + a2) + cosine * np.sqrt(light * light * (1 - a2) + a2)
    visible = np.where(light > 0, 2 * light * view_half / np.maximum(up * masking, 1e-9), 0)
    fresnel = (1 - view_half) ** 5
    return float(np.mean((1 - fresnel) * visible)), float(np.mean(fresnel * visible))
