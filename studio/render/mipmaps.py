"""Ever smaller copies of a picture, made off the main thread: a driver without a graphics card takes long over them."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Floats32 = NDArray[np.float32]

_STEPS = 4096
"""Of the table that turns light back into its code: finer than the codes of the darkest."""


def mip_levels(pixels: Pixels, *, colour: bool) -> tuple[Pixels, ...]:
    """The picture (H, W, 4), then halves of it down to one pixel.

    Args:
        colour: the first three channels are encoded as sRGB: their light is averaged, not its code.
    """
    levels = [pixels]
    while max(levels[-1].shape[:2]) > 1:
        levels.append(_half(levels[-1], colour=colour))
    return tuple(levels)


def _half(pixels: Pixels, *, colour: bool) -> Pixels:
    four = _quarters(pixels)
    half = np.empty_like(four[0])
    for channel in range(4):
        if colour and channel < 3:
            light = sum((_light()[part[..., channel]] for part in four), np.float32(0))
            half[..., channel] = _code()[(light * np.float32((_STEPS - 1) / 4) + np.float32(0.5)).astype(np.uint16)]
        else:
            total = sum((part[..., channel].astype(np.uint16) for part in four), np.uint16(2))
            half[..., channel] = total // 4
    return half


def _quarters(pixels: Pixels) -> list[Pixels]:
    """The four pixels that become one, each as a picture. An odd one at the end is left out, a lone one is doubled."""
    height, width = pixels.shape[:2]
    rows = [pixels[: height // 2 * 2 : 2], pixels[1::2]] if height > 1 else [pixels, pixels]
    columns = (slice(0, width // 2 * 2, 2), slice(1, None, 2)) if width > 1 else (slice(None), slice(None))
    return [row[:, column] for row in rows for column in columns]


@cache
def _light() -> Floats32:
    """The light that each code of sRGB stands for."""
    code = np.arange(256) / 255
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4).astype(np.float32)


@cache
def _code() -> Pixels:
    """The code of sRGB for each step of light."""
    light = np.arange(_STEPS) / (_STEPS - 1)
    code = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(code * 255).astype(np.uint8)
