"""Facts of the bare geometry, by trimesh: triangles without area, and closed bodies that show their inside."""

from dataclasses import dataclass

import numpy as np

from shared.glb.geometry import Primitive

_MOST_TRIANGLES = 200_000
"""Beyond this the look is not worth the wait; the budget has warned already."""
_FLAT_AREA = 1e-12
"""Of a mesh of size 1: a triangle of less area has none."""


@dataclass(frozen=True)
class Solidity:
    """What is odd about one primitive."""

    flat_triangles: int
    inside_out: bool
    """The surface is closed and its faces look inwards: single-sided, one sees only its far wall."""


def solidity_of(primitive: Primitive) -> Solidity:
    """Look at the triangles of a primitive in its own space; seams of normals and textures are welded first."""
    if len(primitive.indices) // 3 > _MOST_TRIANGLES:
        return Solidity(0, inside_out=False)
    places = primitive.positions.astype(np.float64)
    places -= places.min(axis=0)
    size = float(places.max())
    if size == 0:
        return Solidity(len(primitive.indices) // 3, inside_out=False)
    places /= size
    triangles = places[primitive.indices.reshape(-1, 3)]
    flat = int((_areas(triangles) <= _FLAT_AREA).sum())
    return Solidity(flat, inside_out=_volume(triangles) < 0 and _is_closed_inwards(places, primitive))


def _areas(triangles: np.ndarray) -> np.ndarray:
    edges = triangles[:, 1:] - triangles[:, :1]
    return np.asarray(np.linalg.norm(np.cross(edges[:, 0], edges[:, 1]), axis=1) / 2)


def _volume(triangles: np.ndarray) -> float:
    # About the middle, so that an open sheet far from the origin does not count as a deep pit.
    corners = triangles - triangles.reshape(-1, 3).mean(axis=0)
    return float(np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6)


def _is_closed_inwards(places: np.ndarray, primitive: Primitive) -> bool:
    # Imported here: half a second that only a body of negative volume should pay.
    import trimesh

    # At size 1, because trimesh welds at a fixed distance.
    mesh = trimesh.Trimesh(places, primitive.indices.reshape(-1, 3), process=False)
    mesh.merge_vertices(merge_tex=True, merge_norm=True)
    mesh.update_faces(mesh.nondegenerate_faces())
    closed = len(mesh.faces) > 0 and bool(mesh.is_watertight)
    return closed and bool(mesh.is_winding_consistent) and float(mesh.volume) < 0
