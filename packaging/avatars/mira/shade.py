"""Soft shadow in the colours: what lies close to other surfaces is darker, as light in a room would leave it.

Renderers in browsers have no such shadow of their own; baked into the points it costs nothing.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from mathutils import Vector
from mathutils.bvhtree import BVHTree

from mira.field import Array
from mira.parts import Part

RAYS = 40
REACH = 0.20  # metres: what is farther casts no shadow
LIFT = 0.004  # metres over the surface at which rays start
DEPTH = 0.80  # how dark a fully closed place is
TINT = np.array([0.80, 1.05, 1.15])  # shadows of fur keep their red: exponents of the darkening


def shaded(groups: Sequence[Sequence[Part]]) -> list[list[Part]]:
    """The same groups of parts with shadow in their colours; what moves over others neither takes nor casts it."""
    pieces = [part for group in groups for part in group if not part.unshaded]
    starts = np.cumsum([0, *[len(part.points) for part in pieces]])
    points = np.concatenate([part.points for part in pieces])
    faces = np.concatenate([part.faces + start for part, start in zip(pieces, starts, strict=False)])
    tree = BVHTree.FromPolygons(points.tolist(), [tuple(dict.fromkeys(face)) for face in faces.tolist()])
    return [[part if part.unshaded else _darkened(part, tree) for part in group] for group in groups]


def _darkened(part: Part, tree: BVHTree) -> Part:
    """The part with its colours multiplied by what light reaches each point."""
    light = 1.0 - DEPTH * closeness(part.points, normals_of(part), tree)
    return replace(part, colours=part.colours * np.clip(light, 0.0, 1.0)[:, None] ** TINT)


def normals_of(part: Part) -> Array:
    """(N, 3) unit normals of the points, faces weighted by their area."""
    corners = part.points[part.faces]
    across = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    normals = np.zeros_like(part.points)
    for corner in range(4):
        np.add.at(normals, part.faces[:, corner], across)
    return normals / np.maximum(np.linalg.norm(normals, axis=1), 1e-12)[:, None]


def closeness(points: Array, normals: Array, tree: BVHTree) -> Array:
    """(N,) from 0, open sky, to 1, closed in: how much of the hemisphere is near surface, weighted by cosine."""
    rays = _hemisphere()
    result = np.empty(len(points))
    for index, (point, normal) in enumerate(zip(points, normals, strict=True)):
        side = np.cross(normal, (0.0, 0.0, 1.0) if abs(normal[2]) < 0.9 else (1.0, 0.0, 0.0))
        side /= max(float(np.linalg.norm(side)), 1e-9)
        ways = rays @ np.stack([side, np.cross(normal, side), normal])
        start = Vector(point + LIFT * normal)
        hits = (tree.ray_cast(start, Vector(way), REACH)[3] for way in ways)
        result[index] = sum(1.0 - hit / REACH for hit in hits if hit is not None) / RAYS
    return result


def _hemisphere() -> Array:
    """(RAYS, 3) directions around +Z, dense as the cosine. Source: Fibonacci spiral on the disc, lifted (Malley)."""
    index = np.arange(RAYS)
    radius, turn = np.sqrt((index + 0.5) / RAYS), index * np.pi * (3.0 - np.sqrt(5.0))
    return np.column_stack([radius * np.cos(turn), radius * np.sin(turn), np.sqrt(1.0 - radius**2)])
