"""Quaternions and matrices in numpy, operation by operation as three.js computes them.

Quaternions are (..., 4) in the order x, y, z, w; matrices are (..., 4, 4), row by column, applied to column vectors.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_NEARLY_PARALLEL = 0.9995
"""Above this cosine three.js blends in a straight line and normalises."""


def compose(translation: Floats, rotation: Floats, scale: Floats) -> Floats:
    """Matrices of translation, rotation and scale; quaternions are used as they are, unit or not.

    Args:
        translation, scale: (..., 3); rotation: (..., 4).
    Returns: (..., 4, 4).
    Source: three.js r187, Matrix4.compose.
    """
    x, y, z, w = np.moveaxis(rotation, -1, 0)
    x2, y2, z2 = x + x, y + y, z + z
    xx, xy, xz, yy, yz, zz = x * x2, x * y2, x * z2, y * y2, y * z2, z * z2
    wx, wy, wz = w * x2, w * y2, w * z2
    matrix = np.zeros((*rotation.shape[:-1], 4, 4))
    matrix[..., 0, 0], matrix[..., 0, 1], matrix[..., 0, 2] = 1 - (yy + zz), xy - wz, xz + wy
    matrix[..., 1, 0], matrix[..., 1, 1], matrix[..., 1, 2] = xy + wz, 1 - (xx + zz), yz - wx
    matrix[..., 2, 0], matrix[..., 2, 1], matrix[..., 2, 2] = xz - wy, yz + wx, 1 - (xx + yy)
    matrix[..., :3, :3] *= scale[..., None, :]
    matrix[..., :3, 3] = translation
    matrix[..., 3, 3] = 1
    return matrix


def decompose(matrix: Floats) -> tuple[Floats, Floats, Floats]:
    """One (4, 4) matrix to translation (3,), rotation (4,), scale (3,); shear is lost.

    Source: three.js r187, Matrix4.decompose.
    """
    linear = matrix[:3, :3]
    determinant = float(np.linalg.det(linear))
    if determinant == 0:
        return matrix[:3, 3].copy(), np.array([0.0, 0, 0, 1]), np.ones(3)
    scale = np.sqrt((linear * linear).sum(axis=0))
    scale[0] *= np.sign(determinant)
    return matrix[:3, 3].copy(), _rotation_of(linear / scale), scale


def slerp(start: Floats, end: Floats, share: Floats) -> Floats:
    """Blend quaternions: (..., 4), (..., 4), share (...) in [0, 1] to (..., 4).

    Equal inputs are returned untouched, nearly parallel ones are blended in a straight line and normalised.

    Source: three.js r187, Quaternion.slerpFlat.
    """
    cosine = np.einsum("...i,...i->...", start, end)
    facing = np.where((cosine < 0)[..., None], -end, end)
    cosine = np.abs(cosine)
    with np.errstate(invalid="ignore", divide="ignore"):
        angle = np.arccos(np.minimum(cosine, 1.0))
        sine = np.sin(angle)
        curved = cosine < _NEARLY_PARALLEL
        before = np.where(curved, np.sin((1 - share) * angle) / sine, 1 - share)
        after = np.where(curved, np.sin(share * angle) / sine, share)
        mixed = start * before[..., None] + facing * after[..., None]
        length = np.sqrt(np.einsum("...i,...i->...", mixed, mixed))
        mixed = np.where(curved[..., None], mixed, mixed / length[..., None])
    return np.where((start == end).all(axis=-1)[..., None], start, mixed)


def multiply(first: Floats, second: Floats) -> Floats:
    """Quaternion products (..., 4): the turn of `second`, then that of `first`.

    Source: three.js r187, Quaternion.multiplyQuaternions.
    """
    ax, ay, az, aw = np.moveaxis(first, -1, 0)
    bx, by, bz, bw = np.moveaxis(second, -1, 0)
    return np.stack(
        [
            ax * bw + aw * bx + ay * bz - az * by,
            ay * bw + aw * by + az * bx - ax * bz,
            az * bw + aw * bz + ax * by - ay * bx,
            aw * bw - ax * bx - ay * by - az * bz,
        ],
        axis=-1,
    )


def conjugate(rotation: Floats) -> Floats:
    """The turns back, (..., 4), of unit quaternions."""
    back: Floats = rotation * np.array([-1.0, -1.0, -1.0, 1.0])
    return back


def rotate(rotation: Floats, vectors: Floats) -> Floats:
    """Vectors (..., 3) turned by unit quaternions (..., 4)."""
    pure = np.concatenate([vectors, np.zeros((*vectors.shape[:-1], 1))], axis=-1)
    return multiply(multiply(rotation, pure), conjugate(rotation))[..., :3]


def normalise(vectors: Floats) -> Floats:
    """Vectors of length one along the last axis; those without length come back as the last unit vector."""
    length = np.sqrt((vectors * vectors).sum(axis=-1, keepdims=True))
    rest = np.zeros(vectors.shape[-1])
    rest[-1] = 1
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(length > 0, vectors / length, rest)


def _rotation_of(m: Floats) -> Floats:
    trace = m[0, 0] + m[1, 1] + m[2, 2]
    if trace > 0:
        s = 0.5 / np.sqrt(trace + 1.0)
        return np.array([(m[2, 1] - m[1, 2]) * s, (m[0, 2] - m[2, 0]) * s, (m[1, 0] - m[0, 1]) * s, 0.25 / s])
    a = int(np.argmax([m[0, 0], m[1, 1], m[2, 2]]))
    b, c = (a + 1) % 3, (a + 2) % 3
    s = 2.0 * np.sqrt(max(1.0 + m[a, a] - m[b, b] - m[c, c], 1e-300))
    rotation = np.empty(4)
    rotation[a], rotation[b], rotation[c] = 0.25 * s, (m[a, b] + m[b, a]) / s, (m[a, c] + m[c, a]) / s
    rotation[3] = (m[c, b] - m[b, c]) / s
    return rotation
