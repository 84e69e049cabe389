"""Signed distance fields: the soft clay that Mira's body is modelled in.

A field takes points (N, 3) in metres, Blender's axes (Z up, she looks along -Y), and returns (N,) distances,
negative inside. Fields are rough distances, good to within a blend radius, which is all that meshing asks.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Field = Callable[[Array], Array]
Point = Sequence[float]

BELOW_ANY_DETAIL = 1e-4  # metres: the step of the numeric gradient


def ellipsoid(centre: Point, radii: Point) -> Field:
    """Ellipsoid along the axes. Source: Quilez, distance functions (the first-order ellipsoid)."""
    c, r = np.asarray(centre, float), np.asarray(radii, float)

    def distance(points: Array) -> Array:
        near = np.linalg.norm((points - c) / r, axis=1)
        steep = np.linalg.norm((points - c) / (r * r), axis=1)
        return near * (near - 1.0) / np.maximum(steep, 1e-9)

    return distance


def cone(start: Point, end: Point, start_radius: float, end_radius: float) -> Field:
    """A bone of two balls: a capsule whose radius runs from `start_radius` to `end_radius`."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    axis = b - a

    def distance(points: Array) -> Array:
        along = np.clip((points - a) @ axis / (axis @ axis), 0.0, 1.0)
        off = np.linalg.norm(points - a - along[:, None] * axis, axis=1)
        return off - (start_radius + (end_radius - start_radius) * along)

    return distance


def melt(fields: Sequence[Field], radius: float) -> Field:
    """Union whose joins are rounded over `radius` metres (cubic smooth minimum)."""

    def distance(points: Array) -> Array:
        total = fields[0](points)
        for field in fields[1:]:
            other = field(points)
            near = np.maximum(radius - np.abs(total - other), 0.0) / radius
            total = np.minimum(total, other) - near**3 * radius / 6.0
        return total

    return distance


def mirrored(field: Field) -> Field:
    """The field and its mirror image in x, taken from the side of positive x."""

    def distance(points: Array) -> Array:
        return field(np.column_stack([np.abs(points[:, 0]), points[:, 1:]]))

    return distance


def moved(field: Field, offset: Point) -> Field:
    """The field carried by `offset`."""
    step = np.asarray(offset, float)
    return lambda points: field(points - step)


def gradient(field: Field, points: Array) -> Array:
    """Central differences of the field, not normalised."""
    slopes = np.empty_like(points)
    for axis in range(3):
        step = np.zeros(3)
        step[axis] = BELOW_ANY_DETAIL
        slopes[:, axis] = (field(points + step) - field(points - step)) / (2 * BELOW_ANY_DETAIL)
    return slopes


def settle(field: Field, points: Array, rounds: int = 4) -> Array:
    """Move each point along the gradient until it lies on the surface."""
    for _ in range(rounds):
        slope = gradient(field, points)
        square = np.maximum((slope * slope).sum(axis=1), 0.05)
        step = np.clip(field(points) / square, -0.05, 0.05)
        points = points - step[:, None] * slope
    return points


def cast(field: Field, origin: Array, directions: Array, reach: float) -> Array:
    """Where rays from inside leave a star-shaped field.

    Args:
        origin: (3,) or (N, 3), inside.
        directions: (N, 3) unit vectors.
        reach: metres, farther than any surface.
    Returns: (N, 3) points on the surface.
    """
    near, far = np.zeros(len(directions)), np.full(len(directions), reach)
    for _ in range(26):
        middle = (near + far) / 2
        outside = field(origin + directions * middle[:, None]) > 0
        far, near = np.where(outside, middle, far), np.where(outside, near, middle)
    return origin + directions * far[:, None]
