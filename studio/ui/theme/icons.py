"""The studio's icons: strokes on a 24-pixel grid, drawn for it, coloured by the theme."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

STROKES: dict[str, str] = {
    "avatar": "M12 3.5a4.25 4.25 0 1 0 0 8.5 4.25 4.25 0 0 0 0-8.5M4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
    "acting": "M13.5 4.2a1.7 1.7 0 1 0 0 .01M12 8.5l-4.5 2-1.5 4M12 8.5l3 4 4-1.5M12 8.5l-.5 6 4 2.5.5 4M11.5 14.5"
    "l-2.5 6.5M3.5 6.5h3M3 10h2",
    "personality": "M12 20.5s-8-4.6-8-10.6A4.4 4.4 0 0 1 12 7.3a4.4 4.4 0 0 1 8 2.6c0 6-8 10.6-8 10.6",
    "knowledge": "M12 6.5C10 5 7.5 4.5 4 4.5v13.5c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2V4.5c-3.5 0-6 .5-8 2v13.5",
    "rehearsal": "M4 5.5h16v11h-9.5L6 20.5v-4H4zM8 9.5h8M8 12.7h5",
    "publish": "M12 15.5V3.5M7.5 8L12 3.5 16.5 8M4 14v6.5h16V14",
    "waiting": "M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10",
    "play": "M8 5.2v13.6L19 12z",
    "pause": "M8.5 5.5v13M15.5 5.5v13",
    "stop": "M7 7h10v10H7z",
    "plus": "M12 5v14M5 12h14",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3L20.5 20.5",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "warning": "M12 4L21 19.5H3zM12 10v4.5M12 17v.1",
    "error": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 8v5M12 16v.1",
    "note": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 11v5M12 8v.1",
    "close": "M6 6l12 12M18 6L6 18",
    "trash": "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.2 11v5.5M13.8 11v5.5",
    "undo": "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3",
    "redo": "M16 5l4 4-4 4M20 9H10a5.5 5.5 0 0 0 0 11h3",
    "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3"
    "l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10",
    "folder": "M3.5 6v13h17V8.5h-8.5L9.5 6z",
    "file": "M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5h5",
    "copy": "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
    "external": "M13.5 4.5h6v6M19.5 4.5L11 13M16.5 13.5v6h-12v-12h6",
    "send": "M20.5 3.5L10.5 13.5M20.5 3.5L14 20.5l-3.5-7-7-3.5z",
    "down": "M6 9.5l6 6 6-6",
    "right": "M9.5 6l6 6-6 6",
    "loop": "M4.5 12a6 6 0 0 1 6-6h9M16.5 3l3 3-3 3M19.5 12a6 6 0 0 1-6 6h-9M7.5 21l-3-3 3-3",
    "full": "M12 3.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4M12 7.5v7M7.5 10.5h9M9 20.5l3-6 3 6",
    "half": "M12 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6M5.5 20.5v-2a6.5 6.5 0 0 1 13 0v2",
    "bust": "M12 4.5a5 5 0 1 0 0 10 5 5 0 0 0 0-10M4 20.5c1.5-2.5 4.5-3.5 8-3.5s6.5 1 8 3.5",
    "link": "M10 14a4 4 0 0 0 6 .3l3-3a4.1 4.1 0 0 0-5.8-5.8L12 6.7M14 10a4 4 0 0 0-6-.3l-3 3a4.1 4.1 0 0 0 5.8 5.8"
    "l1.2-1.2",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 9.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7"
    " 0 0 0 0-5.4",
    "mask": "M4 5c5 1.5 11 1.5 16 0v7c0 4.5-3.5 7.5-8 8.5-4.5-1-8-4-8-8.5zM8 10.5c.8-.9 2-.9 2.8 0M13.2 10.5c.8-.9 2-.9"
    " 2.8 0M8.5 14.5c2 2 5 2 7 0",
    "drag": "M9 6v.1M9 12v.1M9 18v.1M15 6v.1M15 12v.1M15 18v.1",
    "refresh": "M20 11.5a8 8 0 0 0-14.5-4L4 9.5M4 4.5v5h5M4 12.5a8 8 0 0 0 14.5 4l1.5-2M20 19.5v-5h-5",
}
FILLED = frozenset({"play", "stop"})
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


def _draw(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    fill = colour if name in FILLED else "none"
    stroke = 1.7 if size < LARGE else 1.15
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{STROKES[name]}" fill="{fill}" '
        f'stroke="{colour}" stroke-width="{stroke}" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
