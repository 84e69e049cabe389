"""Meshes from fields: surface nets for bodies of any shape, grids for what has a direction of its own."""

import numpy as np
from numpy.typing import NDArray

from mira.field import Array, Field, settle

Faces = NDArray[np.int64]


def lattice(low: Array, high: Array, cell: float) -> tuple[Array, tuple[int, int, int]]:
    """Points of a regular grid over a box, and how many lie along each axis."""
    counts = np.ceil((high - low) / cell).astype(int) + 1
    axes = [low[i] + cell * np.arange(counts[i]) for i in range(3)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    return grid, (int(counts[0]), int(counts[1]), int(counts[2]))


def crossings(values: Array, grid: Array, shape: tuple[int, int, int]) -> tuple[Array, Array]:
    """Sum and count, per cell, of the places where its twelve edges meet the surface."""
    cells = (shape[0] - 1, shape[1] - 1, shape[2] - 1)
    total, count = np.zeros((*cells, 3)), np.zeros(cells)
    for axis in range(3):
        ends = [slice(None)] * 3
        starts = [slice(None)] * 3
        starts[axis], ends[axis] = slice(0, -1), slice(1, None)
        v0, v1 = values[tuple(starts)], values[tuple(ends)]
        meets = (v0 < 0) != (v1 < 0)
        share = np.where(meets, v0 / np.where(meets, v0 - v1, 1.0), 0.0)
        spot = grid[tuple(starts)] + share[..., None] * (grid[tuple(ends)] - grid[tuple(starts)])
        for i in (0, 1):
            for j in (0, 1):
                window = [slice(None)] * 3
                one, two = [a for a in range(3) if a != axis]
                window[one], window[two] = slice(i, i + cells[one]), slice(j, j + cells[two])
                total += np.where(meets[tuple(window)][..., None], spot[tuple(window)], 0.0)
                count += meets[tuple(window)]
    return total, count


def quads_of(values: Array, index: NDArray[np.int64]) -> Faces:
    """One quad around each grid edge that meets the surface, wound to face outwards."""
    faces = []
    for axis in range(3):
        one, two = (axis + 1) % 3, (axis + 2) % 3
        inner = [slice(1, -1)] * 3
        inner[axis] = slice(0, -1)
        after = list(inner)
        after[axis] = slice(1, None)
        v0, v1 = values[tuple(inner)], values[tuple(after)]
        for flip in (False, True):
            hits = np.argwhere((v0 >= 0) & (v1 < 0) if flip else (v0 < 0) & (v1 >= 0))
            base = hits.copy()
            base[:, one] += 1
            base[:, two] += 1
            corners = []
            for d1, d2 in ((0, 0), (-1, 0), (-1, -1), (0, -1)):
                cell = base.copy()
                cell[:, one] += d1
                cell[:, two] += d2
                corners.append(index[cell[:, 0], cell[:, 1], cell[:, 2]])
            quad = np.stack(corners, axis=1)
            faces.append(quad[:, ::-1] if flip else quad)
    return np.concatenate(faces)


def relaxed(points: Array, faces: Faces, field: Field, rounds: int) -> Array:
    """Even out the quads: each point drifts to its neighbours' middle and back onto the surface."""
    edges = np.concatenate([faces[:, [i, (i + 1) % 4]] for i in range(4)])
    for _ in range(rounds):
        total, count = np.zeros_like(points), np.zeros(len(points))
        np.add.at(total, edges[:, 0], points[edges[:, 1]])
        np.add.at(count, edges[:, 0], 1.0)
        middle = total / np.maximum(count, 1.0)[:, None]
        points = settle(field, points * 0.4 + middle * 0.6, rounds=2)
    return points


def surface(field: Field, low: tuple[float, ...], high: tuple[float, ...], cell: float) -> tuple[Array, Faces]:
    """Quads on the zero surface of a field inside a box, `cell` metres wide."""
    flat, shape = lattice(np.asarray(low), np.asarray(high), cell)
    values, grid = field(flat).reshape(shape), flat.reshape(*shape, 3)
    total, count = crossings(values, grid, shape)
    live = count > 0
    index = np.full(live.shape, -1)
    index[live] = np.arange(int(live.sum()))
    points = total[live] / count[live][:, None]
    faces = quads_of(values, index)
    return relaxed(points, faces, field, rounds=4), faces


def grid_quads(rows: int, columns: int, wrap: bool) -> Faces:
    """Quads of a grid stored row by row; `wrap` joins the last column to the first."""
    r = np.arange(rows - 1)[:, None]
    c = np.arange(columns if wrap else columns - 1)[None, :]
    after = (c + 1) % columns
    corners = [r * columns + c, r * columns + after, (r + 1) * columns + after, (r + 1) * columns + c]
    return np.stack(corners, axis=-1).reshape(-1, 4)


def pinched(quads: Faces, columns: int) -> Faces:
    """The quads of a wrapped grid whose first row is one point: its corners become the first of them."""
    return np.where(quads < columns, 0, quads)
