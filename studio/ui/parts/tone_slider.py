"""A slider between two words, whose middle says nothing: it fills from there to where the hand has put it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.model.signals import Signal
from studio.ui.parts.links import link
from studio.ui.parts.sliders import QuietSlider
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import SNUG

STEPS = 10
"""From the middle to an end."""
_HANDLE, _GROOVE = 14, 4
_WORD_WIDTH = 76


class _MiddleSlider(QuietSlider):
    """The slider itself. A double click or the key 0 puts it back into the middle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(-STEPS, STEPS)
        self._theme = theme
        self.setPageStep(STEPS // 2)
        self.setFixedHeight(24)
        link(self, theme.changed, self.update)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back into the middle."""
        self.setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key 0 too."""
        if event.key() == Qt.Key.Key_0:
            self.setValue(0)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint groove, middle, what is filled, handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, height = self.width() / 2, self.height() / 2
        reach = (self.width() - _HANDLE) / 2
        place = middle + reach * self.value() / STEPS
        painter.setBrush(self._theme.colour("line_strong"))
        painter.drawRoundedRect(QRectF(middle - reach, height - _GROOVE / 2, 2 * reach, _GROOVE), 2, 2)
        painter.drawRoundedRect(QRectF(middle - 1, height - 7, 2, 14), 1, 1)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRect(QRectF(min(middle, place), height - _GROOVE / 2, abs(place - middle), _GROOVE))
        painter.setBrush(self._theme.colour("accent" if self.hasFocus() else "text" if self.value() else "muted"))
        painter.drawEllipse(QPointF(place, height), _HANDLE / 2, _HANDLE / 2)
        painter.end()


class ToneSlider(QWidget):
    """A scale with a word at either end. `moved` tells each change by hand in [-1, 1], `settled` that it is over."""

    def __init__(self, theme: Theme, name: str, low: str, high: str) -> None:
        super().__init__()
        self.moved = Signal[[float]]()
        self.settled = Signal[[]]()
        self.slider = _MiddleSlider(theme)
        self.slider.setAccessibleName(f"{name}: from {low.lower()} to {high.lower()}")
        self.slider.setToolTip(f"{name}. Double click or 0: says nothing about it")
        self.slider.valueChanged.connect(lambda step: self._tell(step))
        self.slider.sliderReleased.connect(self.settled.emit)
        self._ends = label(low, tone="muted"), label(high, tone="muted")
        self._ends[0].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for end in self._ends:
            end.setFixedWidth(_WORD_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SNUG)
        layout.addWidget(self._ends[0])
        layout.addWidget(self.slider, 1)
        layout.addWidget(self._ends[1])

    def show_value(self, value: float) -> None:
        """Show where it stands."""
        self.slider.show_value(round(value * STEPS))
        self.slider.update()

    def _tell(self, step: int) -> None:
        self.slider.update()
        self.moved.emit(step / STEPS)
