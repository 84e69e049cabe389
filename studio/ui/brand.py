"""The studio's mark: two masks that overlap, drawn by hand."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

WARM_TOP, WARM_BOTTOM = "#ff8a5c", "#e8476a"
COOL_TOP, COOL_BOTTOM = "#7d8bff", "#4a4fd8"
INK = "#ffffff"


def paint_mark(painter: QPainter, place: QRectF) -> None:
    """Paint the mark into `place`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width() / 32, place.height() / 32)
    painter.setPen(Qt.PenStyle.NoPen)
    _mask(painter, QPointF(12.5, 2), (COOL_TOP, COOL_BOTTOM), smile=False)
    _mask(painter, QPointF(1.5, 9), (WARM_TOP, WARM_BOTTOM), smile=True)
    painter.restore()


def _mask(painter: QPainter, corner: QPointF, colours: tuple[str, str], *, smile: bool) -> None:
    painter.save()
    painter.translate(corner)
    shape = QPainterPath()
    shape.moveTo(0, 1)
    shape.cubicTo(5, 3, 13, 3, 18, 1)
    shape.cubicTo(18.6, 9, 18, 19, 9, 21.5)
    shape.cubicTo(0, 19, -0.6, 9, 0, 1)
    gradient = QLinearGradient(0, 0, 0, 21)
    gradient.setColorAt(0, QColor(colours[0]))
    gradient.setColorAt(1, QColor(colours[1]))
    painter.fillPath(shape, QBrush(gradient))
    painter.setPen(QPen(QColor(INK), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(4.6, 8.4), QPointF(6.6, 8.4))
    painter.drawLine(QPointF(11.4, 8.4), QPointF(13.4, 8.4))
    mouth = QPainterPath(QPointF(5, 13))
    mouth.quadTo(9, 17.4 if smile else 13.4, 13, 13)
    painter.drawPath(mouth)
    painter.restore()


class Mark(QWidget):
    """The mark as a widget."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.setFixedSize(QSize(size, size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()))
        painter.end()


def window_icon() -> QIcon:
    """The mark as the application's icon."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_mark(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap)
    return made
