"""Numbers as meshopt's filters want them: rounded to what is needed, and laid out so that equal bytes meet.

Source: glTF extension EXT_meshopt_compression, appendix B (filters); the decoders there are undone here.
"""

import numpy as np
from numpy.typing import NDArray

from shared.glb.transforms import Floats

Words = NDArray[np.uint32]
_MANTISSA_BITS = 24
_LEAST_EXPONENT, _MOST_EXPONENT = -100, 100
_MOST_QUATERNION_BITS, _LEAST_QUATERNION_BITS = 16, 6


def exponent_for(step: float) -> int:
    """The power of two nearest to a step."""
    return int(np.clip(np.round(np.log2(max(step, 1e-30))), _LEAST_EXPONENT, _MOST_EXPONENT))


def exponential(values: Floats, exponents: NDArray[np.int64] | int) -> Words:
    """Numbers as whole multiples of two to the exponents, which may differ by column; (N, W) to (N, W)."""
    wanted = np.broadcast_to(np.asarray(exponents, np.int64), values.shape)
    largest = float(2 ** (_MANTISSA_BITS - 1) - 1)
    # A number too large for its step takes a wider one of its own.
    with np.errstate(divide="ignore"):
        needed = np.ceil(np.log2(np.abs(values) / largest))
    own = np.maximum(wanted, np.where(np.isfinite(needed), needed, wanted)).astype(np.int64)
    whole = np.round(values / np.exp2(own)).astype(np.int64)
    return ((own << _MANTISSA_BITS) & 0xFF000000 | (whole & 0xFFFFFF)).astype(np.uint32)


def from_exponential(words: Words) -> NDArray[np.float32]:
    """What the decoder makes of such words."""
    signed = words.astype(np.uint32).view(np.int32)
    whole = ((signed << 8) >> 8).astype(np.float64)
    powers = np.exp2((signed >> _MANTISSA_BITS).astype(np.float64))
    values: NDArray[np.float32] = np.asarray(whole * powers, np.float32)
    return values


def quaternion_bits(radians: float) -> int:
    """How many bits a rotation needs to be at most so far off."""
    return int(np.clip(np.ceil(np.log2(2.0 / max(radians, 1e-9))) + 1, _LEAST_QUATERNION_BITS, _MOST_QUATERNION_BITS))


def quaternions(values: Floats, bits: int) -> NDArray[np.int16]:
    """Unit quaternions (N, 4): the three smaller numbers, and in the last place which one is left out."""
    rows = np.arange(len(values))
    largest = np.abs(values).argmax(axis=1)
    facing = values * np.where(values[rows, largest] < 0, -1.0, 1.0)[:, None]
    full = (1 << (bits - 1)) - 1
    stored = np.empty((len(values), 4), np.int16)
    for place in range(3):
        part = facing[rows, (largest + 1 + place) & 3] * np.sqrt(2.0)
        stored[:, place] = np.round(np.clip(part, -1, 1) * full)
    stored[:, 3] = (full & ~3) | largest
    return stored


def from_quaternions(stored: NDArray[np.int16]) -> NDArray[np.float32]:
    """What the decoder makes of these, as three.js and we read it."""
    left_out = stored[:, 3] & 3
    full = (stored[:, 3] | 3).astype(np.float64)
    small = stored[:, :3] / full[:, None]
    last = np.sqrt(np.maximum(2.0 - (small * small).sum(axis=1), 0.0))
    whole = np.empty((len(stored), 4))
    rows = np.arange(len(stored))
    for place in range(3):
        whole[rows, (left_out + 1 + place) & 3] = small[:, place]
    whole[rows, left_out] = last
    return np.asarray(np.round(whole * (32767 / np.sqrt(2.0))) / 32767, np.float32)


def shares(weights: Floats) -> NDArray[np.uint8]:
    """Joint weights in 255ths, each row adding up to 255 as it added up to 1 before."""
    total = weights.sum(axis=1, keepdims=True)
    scaled = weights / np.where(total > 0, total, 1) * 255
    whole = np.floor(scaled)
    missing = np.where(total[:, 0] > 0, 255 - whole.sum(axis=1), 0).astype(np.intp)
    order = np.argsort(whole - scaled, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(weights.shape[1])[None, :], axis=1)
    return (whole + (ranks < missing[:, None])).astype(np.uint8)
