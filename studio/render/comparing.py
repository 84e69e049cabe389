"""Two files of one avatar side by side: before, after, and where they differ. A picture to judge an optimisation by."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from studio.render.lettering import font_for
from studio.render.posters import render_poster

PANEL = (480, 600)
LOUDER = 8
"""By how much a difference is multiplied, so that it is seen at all."""
_GROUND, _CARD = (22, 23, 28), (32, 34, 42)
_WORDS, _QUIET = (240, 241, 245), (160, 165, 178)
_GAP, _HEAD = 20, 72


@dataclass(frozen=True)
class Compared:
    """The picture, and the mean difference of what both show."""

    picture: Image.Image
    mean_difference: float
    """Of colour, in 255ths, over the pixels that the avatar covers in either."""


def compare(before: bytes, after: bytes, clip: str | None, seconds: float) -> Compared:
    """Draw both files in one pose.

    Raises: BadGlb: a file cannot be read. NotFound: no such clip. Unavailable: nothing here draws without a window.
    """
    drawn = [render_poster(content, clip, seconds, PANEL) for content in (before, after)]
    grounds = [_over(picture) for picture in drawn]
    gap = np.abs(np.asarray(grounds[0], np.int16) - np.asarray(grounds[1], np.int16)).max(axis=2)
    covered = np.maximum(*(np.asarray(picture)[..., 3] for picture in drawn)) > 0
    mean = float(gap[covered].mean()) if covered.any() else 0.0
    told = [("Before", _weight(len(before))), ("After", _weight(len(after)))]
    panels = [(*words, ground) for words, ground in zip(told, grounds, strict=True)]
    difference = ("Difference", f"{LOUDER} times as strong, {mean:.2f} of 255 on average", _heat(gap))
    return Compared(_side_by_side([*panels, difference]), mean)


def _over(picture: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", picture.size, (*_CARD, 255))
    return Image.alpha_composite(ground, picture).convert("RGB")


def _heat(gap: np.ndarray) -> Image.Image:
    """From the card's colour over amber to white."""
    share = np.clip(gap.astype(np.float64) * LOUDER / 255, 0, 1)[..., None]
    low, middle, high = (np.array(colour, np.float64) for colour in (_CARD, (245, 158, 11), (255, 255, 255)))
    colours = np.where(share < 0.5, low + (middle - low) * share * 2, middle + (high - middle) * (share - 0.5) * 2)
    return Image.fromarray(colours.astype(np.uint8), "RGB")


def _side_by_side(panels: list[tuple[str, str, Image.Image]]) -> Image.Image:
    width = _GAP + len(panels) * (PANEL[0] + _GAP)
    whole = Image.new("RGB", (width, _HEAD + PANEL[1] + _GAP), _GROUND)
    pen = ImageDraw.Draw(whole)
    for number, (title, words, picture) in enumerate(panels):
        left = _GAP + number * (PANEL[0] + _GAP)
        pen.text((left, 14), title, _WORDS, font_for(title, 20, "SemiBold"))
        pen.text((left, 42), words, _QUIET, font_for(words, 15))
        whole.paste(picture, (left, _HEAD))
    return whole


def _weight(size: int) -> str:
    return f"{size / 1e6:.2f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
