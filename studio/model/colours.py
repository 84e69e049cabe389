"""What becomes of the designer's colours in the widget: the same arithmetic as `widget/src/chat/palette.ts`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Ground = Literal["light", "dark"]
Rgb = tuple[int, int, int]

SURFACE: dict[Ground, str] = {"light": "#ffffff", "dark": "#16171c"}
BUBBLE: dict[Ground, str] = {"light": "#f2f3f7", "dark": "#24262e"}
WANTED = 4.5
"""Contrast of text to its ground. Source: WCAG 2.2, AA."""
_WHITE, _INK = (255, 255, 255), (20, 20, 26)
_MARK_SHARE = 0.15
_DARKENED = 0.25
"""How far the accent is darkened at most so that white can be read on it."""


@dataclass(frozen=True)
class WidgetColours:
    """What the widget makes of an accent."""

    accent: str
    on_accent: str
    accent_text: str


def widget_colours(accent: str, ground: Ground) -> WidgetColours:
    """Readable colours from any accent; white on it where a little darkness is enough for that."""
    colour, away = rgb(accent), _INK if ground == "light" else _WHITE
    fill = _until(colour, _INK, lambda tried: contrast(tried, _WHITE) >= WANTED, _DARKENED)
    takes_white = contrast(fill, _WHITE) >= WANTED
    base = fill if takes_white else _until(colour, _WHITE, lambda tried: contrast(tried, _INK) >= WANTED)
    mark = mixed(rgb(SURFACE[ground]), base, _MARK_SHARE)
    grounds = (rgb(SURFACE[ground]), rgb(BUBBLE[ground]), mark)
    text = _until(colour, away, lambda tried: all(contrast(tried, one) >= WANTED for one in grounds))
    return WidgetColours(hex_of(base), "#ffffff" if takes_white else hex_of(_INK), hex_of(text))


def ink_on(ground: str) -> str:
    """Dark or light words, whichever is read better over a colour."""
    colour = rgb(ground)
    return hex_of(_INK if contrast(_INK, colour) > contrast(_WHITE, colour) else _WHITE)


def contrast_of(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21. Source: WCAG 2.2, definitions."""
    return contrast(rgb(one), rgb(other))


def contrast(one: Rgb, other: Rgb) -> float:
    """The same, of colours in numbers."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def rgb(text: str) -> Rgb:
    """`#rrggbb` in numbers."""
    value = int(text[1:], 16)
    return value >> 16 & 255, value >> 8 & 255, value & 255


def hex_of(colour: Rgb) -> str:
    """Numbers as `#rrggbb`."""
    return "#" + "".join(f"{part:02x}" for part in colour)


def mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """The first with a share of the second in it."""
    red, green, blue = (_rounded(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _rounded(value: float) -> int:
    # As JavaScript rounds: halves go up.
    return int(value + 0.5)


def _until(start: Rgb, end: Rgb, fits: Callable[[Rgb], bool], most: float = 1.0) -> Rgb:
    share = 0.0
    while share < most:
        tried = mixed(start, end, share)
        if fits(tried):
            return tried
        share += 0.02
    return mixed(start, end, most)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def accent_note(accent: str) -> str:
    """What a visitor gets instead of an accent that white cannot be read on; empty where it is taken as it is."""
    plain = contrast_of(accent, "#ffffff")
    if plain >= WANTED:
        return ""
    made = widget_colours(accent, "light")
    said = f"White on this colour has a contrast of {plain:.1f} to 1, and readers need {WANTED}."
    if made.on_accent == "#ffffff":
        return f"{said} The widget takes the darker {made.accent} instead."
    return f"{said} The widget writes in dark letters on it."


def background_note(background: str) -> str:
    """What is hard to read over a ground, whatever colour the words take; empty where nothing is."""
    best = contrast_of(background, ink_on(background))
    if best >= WANTED + 0.5:
        return ""
    return f"The name over this ground has a contrast of {best:.1f} to 1 at best: a lighter or darker one reads better."
