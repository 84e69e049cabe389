"""Painted marks: pills with a word, meters of confidence, dots of state."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.parts.links import link
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import CAPTION

SOFT = {"fine": "fine_soft", "warning": "warning_soft", "danger": "danger_soft", "accent_text": "accent_soft"}


def paint_pill(painter: QPainter, theme: Theme, place: QRectF, text: str, tone: str) -> None:
    """A rounded pill with a word in it, in a tone of the palette."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(SOFT.get(tone, "line")))
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    font = painter.font()
    font.setPixelSize(CAPTION)
    font.setWeight(font.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(theme.colour(tone if tone in SOFT else "muted"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class Pill(QWidget):
    """A word in a pill."""

    def __init__(self, theme: Theme, text: str = "", tone: str = "muted") -> None:
        super().__init__()
        self._theme = theme
        self._text = text
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        link(self, theme.changed, self.update)

    def show_word(self, text: str, tone: str) -> None:
        """Say another word."""
        self._text, self._tone = text, tone
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the word needs."""
        font = self.font()
        font.setPixelSize(CAPTION)
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 18, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        paint_pill(painter, self._theme, QRectF(self.rect()), self._text, self._tone)
        painter.end()


class ConfidenceMeter(QWidget):
    """Five steps that fill with confidence; amber below what is sure enough, the number beside it."""

    STEPS = 5

    def __init__(self, theme: Theme, sure_enough: float) -> None:
        super().__init__()
        self._theme = theme
        self._sure_enough = sure_enough
        self._confidence: float | None = None
        self.setFixedSize(68, 28)
        link(self, theme.changed, self.update)

    def show_confidence(self, confidence: float | None, tip: str) -> None:
        """Show a confidence in [0, 1]; None shows nothing."""
        self._confidence = confidence
        self.setToolTip(tip)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint steps and number."""
        if self._confidence is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tone = "fine" if self._confidence >= self._sure_enough else "warning"
        filled = round(self._confidence * self.STEPS)
        for step in range(self.STEPS):
            painter.setBrush(self._theme.colour(tone if step < filled else "line_strong"))
            painter.drawRoundedRect(QRectF(step * 7, 10, 5, 8), 1.5, 1.5)
        font = painter.font()
        font.setPixelSize(CAPTION)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        right = QRectF(34, 0, 34, 28)
        painter.drawText(right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._percent())
        painter.end()

    def _percent(self) -> str:
        return f"{round((self._confidence or 0) * 100)} %"
