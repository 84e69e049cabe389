"""Words on pictures: a typeface that has them, and lines that fit. Pillow alone."""

from functools import cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

Weight = Literal["Regular", "Medium", "SemiBold"]
Font = ImageFont.FreeTypeFont
_OURS = Path(__file__).resolve().parents[1] / "ui" / "theme" / "fonts"
_ELSEWHERE = (
    "NotoSans-Regular.ttf", "NotoSansCJK-Regular.ttc", "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf",
    "DejaVuSans.ttf", "Arial Unicode.ttf", "msyh.ttc", "segoeui.ttf",
)  # fmt: skip
"""For letters that our own typeface lacks: what systems have, found by name."""


def font_for(words: str, size: int, weight: Weight = "Regular") -> Font:
    """Our typeface where it has these letters, else the first of the system's that has them, else ours."""
    ours = ImageFont.truetype(str(_OURS / f"Inter-{weight}.ttf"), size)
    if _has(ours, words):
        return ours
    return next((font for font in _others(size) if _has(font, words)), ours)


def fitted(words: str, size: int, width: int, weight: Weight = "Regular", smallest: int = 18) -> tuple[str, Font]:
    """The words in the largest letters, up to a size, that fit a width; shortened with an ellipsis where none do."""
    for points in range(size, smallest - 1, -2):
        font = font_for(words, points, weight)
        if font.getlength(words) <= width:
            return words, font
    font = font_for(words, smallest, weight)
    kept = words
    while kept and font.getlength(f"{kept}…") > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…", font


def wrapped(words: str, font: Font, width: int, most_lines: int) -> list[str]:
    """The words in lines of a width; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for word in words.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        elif len(lines) < most_lines:
            lines.append(word)
        else:
            lines[-1] = _shortened(lines[-1], font, width)
            break
    return lines


def _shortened(line: str, font: Font, width: int) -> str:
    while line and font.getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip(' ,.;:')}…"


@cache
def _found(name: str) -> bool:
    try:
        ImageFont.truetype(name, 12)
    except OSError:
        return False
    return True


def _others(size: int) -> list[Font]:
    return [ImageFont.truetype(name, size) for name in _ELSEWHERE if _found(name)]


def _has(font: Font, words: str) -> bool:
    """Whether no letter is drawn as the box that stands for a missing one."""
    missing = font.getmask("\U0010fffd").getbbox(), bytes(font.getmask("\U0010fffd"))
    return all((font.getmask(one).getbbox(), bytes(font.getmask(one))) != missing for one in set(words) if one.strip())
