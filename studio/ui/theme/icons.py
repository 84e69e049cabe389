"""The studio's icons: Lucide's strokes on a 24-pixel grid (ISC licence, beside them), coloured by the theme.

An icon goes by the meaning it has here (`NAMES`), or by Lucide's own name.
"""

import re
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

LUCIDE = Path(__file__).resolve().parent / "lucide"
NAMES: dict[str, str] = {
    "avatar": "person-standing",
    "acting": "drama",
    "personality": "heart",
    "knowledge": "book-open",
    "rehearsal": "messages-square",
    "look": "palette",
    "publish": "rocket",
    "waiting": "circle",
    "stop": "square",
    "warning": "triangle-alert",
    "error": "circle-alert",
    "note": "info",
    "close": "x",
    "trash": "trash-2",
    "undo": "undo-2",
    "redo": "redo-2",
    "external": "external-link",
    "down": "chevron-down",
    "right": "chevron-right",
    "loop": "repeat",
    "full": "person-standing",
    "half": "user-round",
    "bust": "circle-user-round",
    "mask": "venetian-mask",
    "drag": "grip-vertical",
    "refresh": "refresh-cw",
}
"""What an icon means here -> what Lucide calls it."""
FILLED = frozenset({"play", "pause", "square"})
"""Drawn solid: they are small, and mean an action."""

LARGE = 32
"""From this size on strokes are thinner, or a picture looks like a stencil."""


class Icons:
    """Draws icons in the colours asked for, each once."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size: int = 18, ratio: float = 1.0) -> QPixmap:
        """The icon `name` as a pixmap of `size` logical pixels."""
        key = (name, colour, size, ratio)
        if key not in self._drawn:
            self._drawn[key] = _draw(name, colour, size, ratio)
        return self._drawn[key]

    def icon(self, name: str, colour: str, size: int = 18, gap: int = 0) -> QIcon:
        """The icon `name`, sharp on ordinary and on dense screens.

        Args:
            gap: empty pixels after it, where words follow closer than they should.
        """
        made = QIcon()
        for ratio in (1.0, 2.0):
            made.addPixmap(_with_gap(self.pixmap(name, colour, size, ratio), gap))
        return made


def _with_gap(pixmap: QPixmap, gap: int) -> QPixmap:
    ratio = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.width() + round(gap * ratio), pixmap.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wide


@cache
def _strokes(lucide: str) -> str:
    """The shapes of an icon's file, without the element around them."""
    text = (LUCIDE / f"{lucide}.svg").read_text(encoding="utf-8")
    inside = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL)
    assert inside is not None, f"{lucide}.svg is no icon"
    return inside.group(1)


def _draw(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    lucide = NAMES.get(name, name)
    fill = colour if lucide in FILLED else "none"
    width = 1.8 if size < LARGE else 1.25
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="{fill}" stroke="{colour}" '
        f'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round">{_strokes(lucide)}</svg>'
    )
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
