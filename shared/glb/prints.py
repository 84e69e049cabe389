"""Fingerprints of clips: alike for the same motion, whatever an exporter called it, and however it sampled it again.

Three parts: seconds and tracks, a hash that only the very same motion has, and a small vector that can be compared:
`3.20s-39t-0123456789ab-<base64>`. Fingerprints without the vector are from before there was one.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence

import numpy as np

from shared.glb.transforms import Floats

PARTS, SAMPLES = 6, 8
"""Equal parts of a clip, and samples in the middle of as many equal parts of each. Only means are kept, so that a frame
which an exporter adds or drops, or a swing between two samples, changes little."""
_ROWS = PARTS + 1
"""The mean place in every part, and then how far samples are from it."""
_REACH, _STEPS = 2.0, 127.0
"""Body heights from its rest beyond which everything counts alike; one byte, finer for small motions than for large."""
_STILL = 0.02
"""Body heights: gaps are told in shares of the motion itself, and motions smaller than this count as this large."""
_MORPH_SHARE = 0.1
"""A whole morph weight counts as much as so many body heights."""


def sample_times(seconds: float) -> Floats:
    """(PARTS * SAMPLES,) when to look at a clip."""
    count = PARTS * SAMPLES
    return (np.arange(count) + 0.5) / count * seconds


def vector_text(displacements: Floats, weights: Floats, names: Sequence[str]) -> str:
    """The comparable part of a fingerprint.

    Args:
        displacements: (PARTS * SAMPLES, E, 3) of what is watched from where it rests, body heights.
        weights: (PARTS * SAMPLES, M) of all morph targets, and their names.
    """
    morphs = weights @ _signs(names) * _MORPH_SHARE
    samples = np.concatenate([displacements.reshape(len(displacements), -1), morphs], axis=1)
    parts = samples.reshape(PARTS, SAMPLES, -1)
    whole = np.vstack([parts.mean(axis=1), parts.std(axis=1).mean(axis=0)])
    near = np.sign(whole) * np.sqrt(np.minimum(np.abs(whole) / _REACH, 1.0))
    steps = np.round(near * _STEPS).astype(np.int8)
    return base64.urlsafe_b64encode(steps.tobytes()).decode().rstrip("=")


def motion_gap(one: str, other: str) -> float | None:
    """How far two motions are apart, as a share of how large they are, from their fingerprints.

    Returns: 0 for the same; about 0.05 for the same sampled again; 0.3 and more for others. None: not comparable.
    """
    if one and hash_part(one) == hash_part(other):
        return 0.0
    first, second = _points(one), _points(other)
    if first is None or second is None or first.shape != second.shape:
        return None
    gap = np.linalg.norm(first - second, axis=-1).mean(axis=0).max()
    return float(gap / (_STILL + min(_size(first), _size(second))))


def _size(points: Floats) -> float:
    """How far the point that moves most is from its own middle, on the whole."""
    means, spread = points[:PARTS], np.linalg.norm(points[PARTS], axis=-1)
    return float((np.linalg.norm(means - means.mean(axis=0), axis=-1).mean(axis=0) + spread).max())


def hash_part(fingerprint: str) -> str:
    """What only the very same motion has; the whole of a text that is no fingerprint of ours."""
    parts = fingerprint.split("-", 3)
    return parts[2] if len(parts) >= 3 else fingerprint


def _points(fingerprint: str) -> Floats | None:
    """(_ROWS, E + 1, 3) of what is watched; the last is the face's, with one of its coordinates unused."""
    parts = fingerprint.split("-", 3)
    if len(parts) < 4:
        return None
    try:
        content = base64.urlsafe_b64decode(parts[3] + "=" * (-len(parts[3]) % 4))
    except binascii.Error:
        return None
    width = len(content) // _ROWS
    if len(content) != width * _ROWS or width < 5 or (width - 2) % 3 != 0:
        return None
    near = np.frombuffer(content, np.int8).reshape(_ROWS, width) / _STEPS
    whole = np.sign(near) * near**2 * _REACH
    return np.pad(whole, ((0, 0), (0, 1))).reshape(_ROWS, -1, 3)


def _signs(names: Sequence[str]) -> Floats:
    """(M, 2) in [-1, 1] by name: two numbers that stand for all weights, whatever order the targets are in."""
    if not names:
        return np.zeros((0, 2))
    digests = [hashlib.sha256(name.encode()).digest()[:2] for name in names]
    return np.array([[byte / 127.5 - 1 for byte in digest] for digest in digests])
