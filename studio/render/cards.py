"""The social card: the character beside its name, on its accent colour, as a network shows a link."""

import io

import numpy as np
from PIL import Image, ImageDraw

from studio.render.formats import CARD
from studio.render.lettering import fitted, font_for, wrapped

AVATAR = (600, 630)
"""The part of the card that the character is drawn into, at the right."""
_LEFT, _TEXT_WIDTH = 80, 540
_NAME_SIZE, _WORDS_SIZE, _LINE = 84, 32, 44
_MOST_LINES = 4
_INK = np.array([13, 14, 20], np.float64)
_WHITE = np.array([255, 255, 255], np.float64)
_READABLE = 4.5
"""Contrast of white on the ground, as WCAG asks of text."""

Colour = np.ndarray


def draw_card(avatar: Image.Image, name: str, words: str, accent: str) -> bytes:
    """The card as PNG.

    Args:
        avatar: the character on a transparent ground, of the size `AVATAR`.
        words: a sentence or two of its own, such as its greeting; may be empty.
        accent: such as `#4f46e5`.
    """
    deep = _deep_enough(_parsed(accent))
    card = _ground(deep, _parsed(accent))
    card.paste(avatar, (CARD[0] - AVATAR[0], CARD[1] - AVATAR[1]), avatar)
    _letter(ImageDraw.Draw(card), name, words)
    stream = io.BytesIO()
    card.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _letter(pen: ImageDraw.ImageDraw, name: str, words: str) -> None:
    title, title_font = fitted(name, _NAME_SIZE, _TEXT_WIDTH, "SemiBold", smallest=44)
    body_font = font_for(words, _WORDS_SIZE)
    lines = wrapped(words, body_font, _TEXT_WIDTH, _MOST_LINES)
    height = title_font.size * 1.2 + (28 + len(lines) * _LINE if lines else 0)
    top = (CARD[1] - height) / 2
    pen.text((_LEFT, top), title, (255, 255, 255), title_font)
    top += title_font.size * 1.2 + 28
    for number, line in enumerate(lines):
        pen.text((_LEFT, top + number * _LINE), line, (236, 237, 245), body_font)


def _ground(deep: Colour, accent: Colour) -> Image.Image:
    """The accent, darker towards the words, with a soft light behind the character."""
    width, height = CARD
    x, y = np.meshgrid(np.arange(width) / width, np.arange(height) / height)
    slope = np.clip(0.35 + 0.45 * (1 - x) + 0.25 * y, 0, 1)[..., None]
    ground = deep * (1 - slope * 0.45) + _INK * (slope * 0.45)
    away = np.hypot((x - 0.75) * width / height, y - 0.52)
    glow = np.exp(-((away / 0.42) ** 2))[..., None] * 0.55
    lit = ground * (1 - glow) + (accent * 0.45 + _WHITE * 0.55) * glow
    return Image.fromarray(np.round(lit).astype(np.uint8), "RGB")


def _parsed(colour: str) -> Colour:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], np.float64)


def _deep_enough(colour: Colour) -> Colour:
    """The colour, darkened until white is read on it."""
    for share in np.linspace(0, 1, 21):
        darker: Colour = colour * (1 - share) + _INK * share
        if 1.05 / (_luminance(darker) + 0.05) >= _READABLE:
            return darker
    return _INK


def _luminance(colour: Colour) -> float:
    """Source: WCAG 2.2, relative luminance."""
    part = colour / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
