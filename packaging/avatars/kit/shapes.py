"""Smooth parts of a body as plain arrays: balls, lathed shells, tubes, fans; and how bones move them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Faces = list[tuple[int, ...]]
Weights = dict[str, Floats]


@dataclass(frozen=True)
class Part:
    """A surface of one material: (N, 3) vertices, faces counter-clockwise from outside, bone weights (N,)."""

    vertices: Floats
    faces: Faces
    material: str
    weights: Weights = field(default_factory=dict)

    def bound_to(self, bone: str) -> Part:
        """Return the part moved by one bone alone."""
        return replace(self, weights={bone: np.ones(len(self.vertices))})

    def bound_along(self, axis: int, stops: Sequence[tuple[float, str]]) -> Part:
        """Return the part with weights that pass smoothly from bone to bone along one axis (0 x, 1 y, 2 z)."""
        return replace(self, weights=fade(self.vertices[:, axis], stops))

    def moved(self, offset: Sequence[float]) -> Part:
        """Return the part shifted by `offset` metres."""
        return replace(self, vertices=self.vertices + np.asarray(offset, float))

    def turned(self, axis: int, degrees: float, pivot: Sequence[float] = (0, 0, 0)) -> Part:
        """Return the part turned about an armature axis through `pivot`, right-handed."""
        point = np.asarray(pivot, float)
        return replace(self, vertices=(self.vertices - point) @ turn_matrix(axis, degrees).T + point)

    def mirrored(self) -> Part:
        """Return the part on the other side: x flipped, Left and Right bones exchanged."""
        weights = {other_side(bone): weight for bone, weight in self.weights.items()}
        faces = [tuple(reversed(face)) for face in self.faces]
        return replace(self, vertices=self.vertices * (-1.0, 1.0, 1.0), faces=faces, weights=weights)


def other_side(name: str) -> str:
    """Return the name of the mirrored bone; names without a side come back as they are."""
    if name.startswith("Left"):
        return "Right" + name[4:]
    return "Left" + name[5:] if name.startswith("Right") else name


def turn_matrix(axis: int, degrees: float) -> Floats:
    """Return the right-handed 3x3 rotation about an axis."""
    angle = np.radians(degrees)
    one, two = [(1, 2), (2, 0), (0, 1)][axis]
    matrix = np.eye(3)
    matrix[one, one] = matrix[two, two] = np.cos(angle)
    matrix[one, two], matrix[two, one] = -np.sin(angle), np.sin(angle)
    return matrix


def fade(values: Floats, stops: Sequence[tuple[float, str]]) -> Weights:
    """Share each value between the two bones whose stops stand around it, with a smooth step; stops ascend."""
    weights: Weights = {bone: np.zeros(len(values)) for _, bone in stops}
    weights[stops[0][1]] += values <= stops[0][0]
    weights[stops[-1][1]] += (values > stops[-1][0]) & (len(stops) > 1)
    for (low, lower), (high, upper) in pairwise(stops):
        inside = (values > low) & (values <= high)
        share = np.clip((values - low) / max(high - low, 1e-9), 0, 1)
        share = share * share * (3 - 2 * share)
        weights[lower] += np.where(inside, 1 - share, 0)
        weights[upper] += np.where(inside, share, 0)
    return weights


def curve(points: Sequence[Sequence[float]], samples: int) -> Floats:
    """Return `samples` points on a smooth (Catmull-Rom) curve through the given points of any dimension."""
    knots = np.asarray(points, float)
    padded = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    place = np.linspace(0, len(knots) - 1, samples)
    start = np.minimum(place.astype(int), len(knots) - 2)
    t = (place - start)[:, None]
    p0, p1, p2, p3 = (padded[start + shift] for shift in range(4))
    bend = 2 * p0 - 5 * p1 + 4 * p2 - p3
    return 0.5 * (2 * p1 + (p2 - p0) * t + bend * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)


def ball(radii: Sequence[float], material: str, detail: int = 10, exponent: float = 2.0) -> Part:
    """Return a superellipsoid about the origin: exponent 2 is an ellipsoid, 3 and more are softly square.

    Six patches of detail x detail quads; even, and without poles.
    """
    grid = np.tan(np.linspace(-np.pi / 4, np.pi / 4, detail + 1))
    index: dict[tuple[float, float, float], int] = {}
    faces: Faces = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            corners = [[_cube_corner(index, axis, sign, a, b) for b in grid] for a in grid]
            faces += _grid_faces(corners, flip=sign < 0)
    directions = np.array(list(index))
    reach = (np.abs(directions / np.asarray(radii, float)) ** exponent).sum(axis=1) ** (-1 / exponent)
    return Part(directions * reach[:, None], faces, material)


def _cube_corner(index: dict[tuple[float, float, float], int], axis: int, sign: float, a: float, b: float) -> int:
    """Return the number of a point on the unit cube, giving out a new one for a new place."""
    point = [0.0, 0.0, 0.0]
    point[axis], point[(axis + 1) % 3], point[(axis + 2) % 3] = sign, round(float(a), 9), round(float(b), 9)
    key = (point[0] + 0.0, point[1] + 0.0, point[2] + 0.0)
    return index.setdefault(key, len(index))


def _grid_faces(corners: list[list[int]], flip: bool = False) -> Faces:
    """Return the quads of a grid of vertex numbers."""
    faces: Faces = []
    for low, high in pairwise(corners):
        for i in range(len(low) - 1):
            quad = (low[i], high[i], high[i + 1], low[i + 1])
            faces.append(quad[::-1] if flip else quad)
    return faces


def lathe(
    profile: Floats, material: str, segments: int = 32, exponent: float = 2.0, stretch: Sequence[float] = (1, 1)
) -> Part:
    """Turn a profile of (radius, z) from bottom to top about Z; its ends are closed by a point on the axis.

    Args:
        exponent: of the cross-section; 2 is round, more is softly square.
        stretch: width in x and in y, times the radius.
    """
    angles = np.arange(segments) * 2 * np.pi / segments
    spokes = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    spokes /= ((np.abs(spokes) ** exponent).sum(axis=1) ** (1 / exponent))[:, None]
    spokes = spokes * np.asarray(stretch, float)
    rings = [np.column_stack([spokes * radius, np.full(segments, z)]) for radius, z in profile]
    return _closed(rings, np.array([0, 0, profile[0][1]]), np.array([0, 0, profile[-1][1]]), material)


def _closed(rings: list[Floats], first: Floats, last: Floats, material: str) -> Part:
    """Join rings of equal length into a surface, closed by a fan at either end."""
    count = len(rings[0])
    numbers = [[row * count + i % count for i in range(count + 1)] for row in range(len(rings))]
    faces = _grid_faces(numbers, flip=True)
    bottom, top = len(rings) * count, len(rings) * count + 1
    faces += [(bottom, (i + 1) % count, i) for i in range(count)]
    base = (len(rings) - 1) * count
    faces += [(top, base + i, base + (i + 1) % count) for i in range(count)]
    return Part(np.vstack([*rings, first[None], last[None]]), faces, material)


def tube(path: Floats, radii: Floats, material: str, segments: int = 16, cap_rings: int = 4) -> Part:
    """Return a round tube along a path of (M, 3) points with (M,) radii, with round ends."""
    path, radii = _capped(path, radii, cap_rings)
    tangents = np.gradient(path, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1)[:, None]
    side = np.cross(tangents[0], [0.0, 1.0, 0.0] if abs(tangents[0][1]) < 0.9 else [1.0, 0.0, 0.0])
    angles = np.arange(segments) * 2 * np.pi / segments
    rings = []
    for point, tangent, radius in zip(path, tangents, radii, strict=True):
        side = side - tangent * (side @ tangent)
        side /= np.linalg.norm(side)
        up = np.cross(tangent, side)
        rings.append(point + radius * (np.cos(angles)[:, None] * side + np.sin(angles)[:, None] * up))
    return _closed(rings, path[0], path[-1], material)


def _capped(path: Floats, radii: Floats, cap_rings: int) -> tuple[Floats, Floats]:
    """Add the rings of two half balls to a path."""
    angles = np.linspace(np.pi / 2, 0, cap_rings + 1)[:-1] * 0.98
    begin = path[0] - path[1]
    end = path[-1] - path[-2]
    begin, end = begin / np.linalg.norm(begin), end / np.linalg.norm(end)
    low = path[0] + begin * radii[0] * np.sin(angles)[:, None]
    high = path[-1] + end * radii[-1] * np.sin(angles[::-1])[:, None]
    edge = np.cos(angles)
    return np.vstack([low, path, high]), np.concatenate([radii[0] * edge, radii, radii[-1] * edge[::-1]])


def hoop(path: Floats, radius: float, material: str, segments: int = 8) -> Part:
    """Return a tube along a closed path of (M, 3) points that does not repeat its first point."""
    tangents = np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1)[:, None]
    normal = np.cross(path - path.mean(axis=0), tangents)
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    side = np.cross(tangents, normal)
    angles = np.arange(segments) * 2 * np.pi / segments
    offsets = np.cos(angles)[None, :, None] * side[:, None] + np.sin(angles)[None, :, None] * normal[:, None]
    vertices = (path[:, None] + radius * offsets).reshape(-1, 3)
    rows = [[(row % len(path)) * segments + i % segments for i in range(segments + 1)] for row in range(len(path) + 1)]
    return outward(Part(vertices, _grid_faces(rows), material), path)


def outward(part: Part, core: Floats) -> Part:
    """Return the part with every face turned away from the nearest of the core points."""
    faces: Faces = []
    for face in part.faces:
        corner, second, third = (part.vertices[face[i]] for i in range(3))
        middle = part.vertices[list(face)].mean(axis=0)
        nearest = core[np.argmin(((core - middle) ** 2).sum(axis=1))]
        away = np.cross(second - corner, third - corner) @ (middle - nearest)
        faces.append(face if away >= 0 else face[::-1])
    return replace(part, faces=faces)


def fan(rings: int, segments: int) -> tuple[Floats, Faces]:
    """Return a unit disc as (N, 2) points, centre first, and its faces: what flat face features are shaped from."""
    angles = np.arange(segments) * 2 * np.pi / segments
    spokes = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    points = np.vstack([[[0.0, 0.0]], *[spokes * (ring + 1) / rings for ring in range(rings)]])
    faces: Faces = [(0, 1 + i, 1 + (i + 1) % segments) for i in range(segments)]
    rows = [[1 + ring * segments + i % segments for i in range(segments + 1)] for ring in range(rings)]
    return points, faces + _grid_faces(rows)
