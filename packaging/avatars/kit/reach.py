"""Skeleton, rotations and two-bone reaching, in numpy: where every bone of a pose stands.

A bone's *turn* is a rotation in armature axes, carried by its parent: about +X bends forward, +Y tilts to the
character's left, +Z looks to its left. Quaternions are (w, x, y, z).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kit.shapes import Floats

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class Bone:
    """One bone at rest, in armature space."""

    name: str
    head: Triple
    tail: Triple
    parent: str | None = None


@dataclass(frozen=True)
class Limb:
    """Upper, lower and end bone that reach; `hinge` is the axis about which the lower one bends at rest."""

    upper: str
    lower: str
    end: str
    hinge: Triple


@dataclass(frozen=True)
class Skeleton:
    """All bones, parents first, the limbs by the name of their end bone, and the rest normals of the palms."""

    bones: Sequence[Bone]
    limbs: Mapping[str, Limb]
    palms: Mapping[str, Triple] = field(default_factory=dict)
    root: str = "Hips"

    def __getitem__(self, name: str) -> Bone:
        """Return the bone of that name."""
        return next(bone for bone in self.bones if bone.name == name)

    def place(self, turns: Mapping[str, Floats], offset: Floats) -> tuple[dict[str, Floats], dict[str, Floats]]:
        """Return the rotation (3, 3) and head (3,) of every bone under the given turns; missing turns are none."""
        rotations: dict[str, Floats] = {}
        heads: dict[str, Floats] = {}
        for bone in self.bones:
            turn = matrix_of(turns[bone.name]) if bone.name in turns else np.eye(3)
            if bone.parent is None:
                shift = offset if bone.name == self.root else np.zeros(3)
                rotations[bone.name], heads[bone.name] = turn, np.array(bone.head) + shift
            else:
                above = rotations[bone.parent]
                step = np.array(bone.head) - np.array(self[bone.parent].head)
                rotations[bone.name], heads[bone.name] = above @ turn, heads[bone.parent] + above @ step
        return rotations, heads


def quaternion_of(matrix: Floats) -> Floats:
    """Return the unit quaternion of a rotation matrix, w not negative."""
    m = matrix
    sums = np.array([m.trace(), m[0, 0], m[1, 1], m[2, 2]])
    best = int(np.argmax(sums))
    if best == 0:
        q = np.array([1 + sums[0], m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]])
    else:
        i = best - 1
        j, k = (i + 1) % 3, (i + 2) % 3
        q = np.zeros(4)
        q[0] = m[k, j] - m[j, k]
        q[i + 1] = 1 + m[i, i] - m[j, j] - m[k, k]
        q[j + 1], q[k + 1] = m[j, i] + m[i, j], m[k, i] + m[i, k]
    q /= np.linalg.norm(q)
    return q if q[0] >= 0 else -q


def matrix_of(q: Floats) -> Floats:
    """Return the rotation matrix of a unit quaternion."""
    w, x, y, z = q
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def multiply(a: Floats, b: Floats) -> Floats:
    """Return the product of quaternions of shape (..., 4): first b, then a."""
    aw, ax, ay, az = np.moveaxis(a, -1, 0)
    bw, bx, by, bz = np.moveaxis(b, -1, 0)
    return np.stack(
        [
            aw * bw - ax * bx - ay * by - az * bz,
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw,
        ],
        axis=-1,
    )


def inverse(q: Floats) -> Floats:
    """Return the inverse of unit quaternions of shape (..., 4)."""
    return q * np.array([1.0, -1.0, -1.0, -1.0])


def about(axis: int, degrees: Floats | float) -> Floats:
    """Return the quaternions (..., 4) of rotations about an armature axis."""
    half = np.radians(np.asarray(degrees, float)) / 2
    q = np.zeros((*half.shape, 4))
    q[..., 0], q[..., axis + 1] = np.cos(half), np.sin(half)
    return q


def turn(degrees: Sequence[float]) -> Floats:
    """Return the quaternion of degrees about X, then Y, then Z."""
    x, y, z = degrees
    return multiply(about(2, z), multiply(about(1, y), about(0, x)))


def frame(along: Floats, across: Floats) -> Floats:
    """Return the matrix whose first column is `along` and whose second leans to `across`."""
    first = along / np.linalg.norm(along)
    second = across - first * (across @ first)
    second /= np.linalg.norm(second)
    return np.column_stack([first, second, np.cross(first, second)])


def bend_limb(skeleton: Skeleton, limb: Limb, shoulder: Floats, goal: Floats, pole: Floats) -> tuple[Floats, Floats]:
    """Return the armature rotations of a limb's upper and lower bone that bring its end to the goal.

    Args:
        pole: the direction to which the elbow or knee points; a goal out of reach is approached.
    """
    upper, lower, end = (np.array(skeleton[name].head) for name in (limb.upper, limb.lower, limb.end))
    first, second = lower - upper, end - lower
    a, b = np.linalg.norm(first), np.linalg.norm(second)
    line = goal - shoulder
    far = np.clip(np.linalg.norm(line), abs(a - b) + 1e-3, (a + b) * 0.9995)
    line = line / np.linalg.norm(line)
    side = pole - line * (pole @ line)
    side /= np.linalg.norm(side)
    cosine = (a * a + far * far - b * b) / (2 * a * far)
    elbow = a * (cosine * line + np.sqrt(max(0.0, 1 - cosine**2)) * side)
    hinge, rest_hinge = -np.cross(line, side), np.array(limb.hinge)
    upper_turn = frame(elbow, hinge) @ frame(first, rest_hinge).T
    lower_turn = frame(line * far - elbow, hinge) @ frame(second, rest_hinge).T
    return upper_turn, lower_turn
