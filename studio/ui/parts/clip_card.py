"""How a clip's card is painted: picture, name, role, and a strip of its motion over time."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from shared.glb import MotionCurve
from studio.ui.parts.clip_list import AnyIndex, ClipRow, ClipRows
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import CAPTION, RADIUS

PICTURE_SIZE = (126, 96)
CARD_HEIGHT = 96 + 62
COMPACT_PICTURE, COMPACT_HEIGHT, COMPACT_WIDTH = 58, 58 + 24, 84
GAP = 8
STRIP_HEIGHT = 14
LIVELY = 1.6
"""Body heights per second that fill the strip: cards are compared with each other."""
POINTS = 40
"""Of the curve in a strip."""
HIDDEN_OPACITY = 0.42


@dataclass(frozen=True)
class CardLook:
    """Where a card's picture and curve come from; None is not there yet."""

    picture: Callable[[str], QPixmap | None]
    curve: Callable[[str], MotionCurve | None]


class CardPainter(QStyledItemDelegate):
    """Paints cards; `size` is that of a grid cell, with the gap at its right and lower side."""

    def __init__(self, theme: Theme, rows: ClipRows, look: CardLook, parent: QWidget, *, compact: bool = False) -> None:
        """`compact` cards are a smaller picture and a name."""
        super().__init__(parent)
        self._compact = compact
        self._theme, self._rows, self._look = theme, rows, look
        self._font = parent.font()
        self.size = QSize(PICTURE_SIZE[0] + GAP, CARD_HEIGHT + GAP)

    @property
    def _picture_height(self) -> int:
        return COMPACT_PICTURE if self._compact else PICTURE_SIZE[1]

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All cards are alike."""
        return self.size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint one card."""
        row = self._rows.rows[index.row()]
        card = QRectF(option.rect).adjusted(0.5, 0.5, -GAP - 0.5, -GAP - 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._ground(painter, card, option.state, playing=row.name == self._rows.playing)
        painter.setOpacity(HIDDEN_OPACITY if row.hidden else 1.0)
        self._picture(painter, card, row)
        self._words(painter, card, row)
        if not self._compact:
            self._strip(painter, QRectF(card.left() + 8, card.bottom() - 20, card.width() - 16, STRIP_HEIGHT), row)
        painter.restore()

    def _ground(self, painter: QPainter, card: QRectF, state: QStyle.StateFlag, *, playing: bool) -> None:
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setBrush(self._theme.colour("hover" if over else "raised"))
        painter.setPen(self._theme.colour("accent" if playing or focused else "line_strong" if over else "line"))
        painter.drawRoundedRect(card, RADIUS, RADIUS)

    def _picture(self, painter: QPainter, card: QRectF, row: ClipRow) -> None:
        place = QRectF(card.left() + 1, card.top() + 1, card.width() - 2, self._picture_height)
        path = QPainterPath()
        path.addRoundedRect(place, RADIUS - 1, RADIUS - 1)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(place, self._theme.colour("sunken"))
        picture = self._look.picture(row.name)
        if picture is not None:
            width = place.height() * picture.width() / picture.height()
            shown = QRectF(place.center().x() - width / 2, place.top(), width, place.height())
            painter.drawPixmap(shown, picture, QRectF(picture.rect()))
        else:
            waiting = self._theme.icons.pixmap("acting", self._theme.palette.faint, 24)
            painter.drawPixmap(QPointF(place.center().x() - 12, place.center().y() - 12), waiting)
        painter.restore()
        self._marks(painter, place, row)

    def _marks(self, painter: QPainter, place: QRectF, row: ClipRow) -> None:
        marks = [("warning", "warning")] if row.ailment else []
        marks += [("eye-off", "muted")] if row.hidden else []
        if row.name == self._rows.playing:
            marks.append(("play", "accent_text"))
        for number, (icon, tone) in enumerate(marks):
            pixmap = self._theme.icons.pixmap(icon, getattr(self._theme.palette, tone), 14)
            painter.drawPixmap(QPointF(place.right() - 20 - 18 * number, place.top() + 6), pixmap)
        if not self._compact:
            self._caption(painter, place.adjusted(8, 0, -8, -5), f"{row.seconds:.1f} s", "muted", bottom=True)

    def _words(self, painter: QPainter, card: QRectF, row: ClipRow) -> None:
        font = painter.font()
        font.setPixelSize(CAPTION if self._compact else 12)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        inset = 5 if self._compact else 8
        line = QRectF(card.left() + inset, card.top() + self._picture_height + 4, card.width() - 2 * inset, 16)
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideMiddle, int(line.width()))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        if self._compact:
            return
        role, tone = (", ".join(row.roles), "accent_text") if row.roles else ("no role", "muted")
        self._caption(painter, line.translated(0, 15), role, tone)

    def _caption(self, painter: QPainter, line: QRectF, text: str, tone: str, *, bottom: bool = False) -> None:
        font = painter.font()
        font.setPixelSize(CAPTION)
        font.setWeight(font.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self._theme.colour(tone))
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
        side = Qt.AlignmentFlag.AlignBottom if bottom else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | side), cut)

    def _strip(self, painter: QPainter, place: QRectF, row: ClipRow) -> None:
        """The active window as a bar, and over it how fast the body is."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRoundedRect(place, 3, 3)
        length = max(row.seconds, 1e-6)
        start, end = (min(max(edge / length, 0.0), 1.0) * place.width() for edge in row.window)
        painter.setBrush(self._theme.colour("accent_soft"))
        painter.drawRoundedRect(QRectF(place.left() + start, place.top(), max(end - start, 2.0), place.height()), 3, 3)
        curve = self._look.curve(row.name)
        if curve is not None and len(curve.speeds):
            painter.setBrush(self._theme.colour("accent_text"))
            painter.drawPolygon(hill(curve, row.seconds, place))


def hill(curve: MotionCurve, seconds: float, place: QRectF) -> QPolygonF:
    """A curve of motion as a filled shape that stands on the lower edge of a place."""
    times = np.linspace(0.0, max(seconds, 1e-6), POINTS)
    heights = np.minimum(np.interp(times, curve.seconds, curve.speeds) / LIVELY, 1.0) * place.height()
    across = place.left() + times / times[-1] * place.width()
    tops = [QPointF(x, place.bottom() - height) for x, height in zip(across, heights, strict=True)]
    return QPolygonF([QPointF(place.left(), place.bottom()), *tops, QPointF(place.right(), place.bottom())])
