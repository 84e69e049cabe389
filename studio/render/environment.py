"""The photo studio that an avatar stands in: soft panels of light around it, worked out in numpy. No OpenGL.

Axes of the scene: +Y up, +Z where the avatar looks. Radiance is linear; a white matte surface turned to the key light
comes out a little above 1.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats32 = NDArray[np.float32]

ROOM_SIZES = (96, 48, 24, 12, 6, 3)
"""Edge of the cube's faces, from mirror to matte."""
_SAMPLES = 40
_BRIGHTNESS = 0.5


@dataclass(frozen=True)
class Panel:
    """A soft rectangle of light; sizes are halves, seen from a distance of 1."""

    towards: tuple[float, float, float]
    width: float
    height: float
    colour: tuple[float, float, float]


_WARM, _COOL, _WHITE = (1.0, 0.955, 0.89), (0.88, 0.94, 1.0), (1.0, 1.0, 1.0)


def _lamp(strength: float, tint: tuple[float, float, float]) -> tuple[float, float, float]:
    return (strength * tint[0], strength * tint[1], strength * tint[2])


KEY_TOWARDS = (-0.55, 0.8, 0.8)
PANELS = (
    Panel(KEY_TOWARDS, 0.55, 0.7, _lamp(5.6, _WARM)),
    Panel((0.95, 0.3, 0.55), 0.35, 0.9, _lamp(2.2, _COOL)),
    Panel((-0.9, 0.35, -0.75), 0.2, 1.1, _lamp(6.0, _WHITE)),
    Panel((0.9, 0.45, -0.8), 0.22, 1.1, _lamp(8.0, _COOL)),
    Panel((0.0, 1.0, 0.1), 0.75, 0.6, _lamp(1.4, _WHITE)),
)
_ZENITH = np.array([0.70, 0.75, 0.85], np.float32)
_HORIZON = np.array([0.48, 0.49, 0.52], np.float32)
_FLOOR = np.array([0.36, 0.33, 0.31], np.float32)


def radiance(directions: Floats32, softness: float) -> Floats32:
    """Light coming from directions (..., 3), of length one; panels' edges are softened by `softness`."""
    up = directions[..., 1:2]
    sky = _HORIZON + (_ZENITH - _HORIZON) * _smooth(up, 0.0, 0.9)
    light = np.where(up >= 0, sky, _HORIZON + (_FLOOR - _HORIZON) * _smooth(-up, 0.0, 0.5))
    for panel in PANELS:
        light = light + _panel_mask(panel, directions, softness)[..., None] * np.array(panel.colour, np.float32)
    return np.asarray(light * _BRIGHTNESS, np.float32)


@cache
def room_levels() -> tuple[Floats32, ...]:
    """The room as seen in ever rougher mirrors: per level (6, S, S, 3), faces in OpenGL's order.

    Source: Karis 2013, Real Shading in Unreal Engine 4 (prefiltered environment map, N = V = R).
    """
    last = len(ROOM_SIZES) - 1
    return tuple(_level(size, number / last) for number, size in enumerate(ROOM_SIZES))


@cache
def irradiance() -> Floats32:
    """Nine coefficients (9, 3) of the light on a matte surface, divided by pi.

    Source: Ramamoorthi and Hanrahan 2001, An Efficient Representation for Irradiance Environment Maps.
    """
    polar = (np.arange(48) + 0.5) / 48 * np.pi
    around = (np.arange(96) + 0.5) / 96 * 2 * np.pi
    theta, phi = np.meshgrid(polar, around, indexing="ij")
    x, y, z = np.sin(theta) * np.cos(phi), np.cos(theta), np.sin(theta) * np.sin(phi)
    light = radiance(np.stack([x, y, z], axis=-1).astype(np.float32), 0.05)
    area = np.sin(theta) * (np.pi / 48) * (2 * np.pi / 96)
    one = np.ones_like(x)
    shapes = (one, y, z, x, x * y, y * z, 3 * z * z - 1, x * z, x * x - y * y)
    sizes = (0.282095, 0.488603, 0.488603, 0.488603, 1.092548, 1.092548, 0.315392, 1.092548, 0.546274)
    lobes = (1.0, 2 / 3, 2 / 3, 2 / 3, 0.25, 0.25, 0.25, 0.25, 0.25)
    rows = [
        lobe * size * size * np.einsum("ij,ijc,ij->c", shape, light, area)
        for shape, size, lobe in zip(shapes, sizes, lobes, strict=True)
    ]
    return np.array(rows, np.float32)


def key_direction() -> Floats32:
    """Towards the key light, of length one."""
    towards = np.array(KEY_TOWARDS, np.float32)
    return np.asarray(towards / np.linalg.norm(towards), np.float32)


def _level(size: int, roughness: float) -> Floats32:
    normals = _cube_directions(size)
    if roughness == 0:
        return radiance(normals, 0.02)
    flat = normals.reshape(-1, 3)
    side = np.where(np.abs(flat[:, 1:2]) < 0.99, [[0.0, 1.0, 0.0]], [[1.0, 0.0, 0.0]]).astype(np.float32)
    tangent = np.cross(side, flat)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    bitangent = np.cross(flat, tangent)
    total, weight = np.zeros_like(flat), np.zeros((len(flat), 1), np.float32)
    for h in _half_vectors(roughness * roughness):
        half = tangent * h[0] + bitangent * h[1] + flat * h[2]
        towards = 2 * h[2] * half - flat
        share = 2 * h[2] * h[2] - 1
        if share > 0:
            total += share * radiance(towards, 0.02 + 0.45 * roughness)
            weight += share
    return np.asarray(total / weight, np.float32).reshape(normals.shape)


def _half_vectors(alpha: float) -> Floats32:
    number = np.arange(_SAMPLES)
    u = (number + 0.5) / _SAMPLES
    turn = number * 2.399963
    cosine = np.sqrt((1 - u) / (1 + (alpha * alpha - 1) * u))
    sine = np.sqrt(1 - cosine * cosine)
    return np.stack([sine * np.cos(turn), sine * np.sin(turn), cosine], axis=1).astype(np.float32)


def _cube_directions(size: int) -> Floats32:
    steps = (np.arange(size) + 0.5) / size * 2 - 1
    s, t = np.meshgrid(steps, steps)
    one = np.ones_like(s)
    faces = [(one, -t, -s), (-one, -t, s), (s, one, t), (s, -one, -t), (s, -t, one), (-s, -t, -one)]
    directions = np.stack([np.stack(face, axis=-1) for face in faces])
    return np.asarray(directions / np.linalg.norm(directions, axis=-1, keepdims=True), np.float32)


def _panel_mask(panel: Panel, directions: Floats32, softness: float) -> Floats32:
    centre = np.array(panel.towards, np.float32)
    centre /= np.linalg.norm(centre)
    aside = np.cross([0.0, 1.0, 0.0] if abs(centre[1]) < 0.95 else [0.0, 0.0, 1.0], centre).astype(np.float32)
    aside /= np.linalg.norm(aside)
    above = np.cross(centre, aside)
    ahead = directions @ centre
    far = np.maximum(ahead, 1e-3)
    x, y = np.abs(directions @ aside) / far, np.abs(directions @ above) / far
    mask = (1 - _smooth(x, panel.width - softness, panel.width + softness)) * (
        1 - _smooth(y, panel.height - softness, panel.height + softness)
    )
    return np.asarray(np.where(ahead > 0, mask, 0), np.float32)


def _smooth(value: Floats32, low: float, high: float) -> Floats32:
    t = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)
