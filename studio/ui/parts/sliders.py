"""A slider with its name before it and its value behind, and a field for seconds that may be left to the studio."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSlider, QWidget

from studio.model.signals import Signal
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.tokens import SNUG

VALUE_WIDTH = 44
LEAST_FIELD = 96


class QuietSlider(QSlider):
    """A horizontal slider; the wheel scrolls the panel, not the value."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(low, high)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the scroll area around."""
        event.ignore()

    def show_value(self, value: int) -> None:
        """Show a value without telling; one that is being dragged is left to the hand."""
        if not self.isSliderDown():
            self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(False)


class SliderRow(QWidget):
    """A named value between two others. `moved` tells each change by hand, `settled` that it was let go."""

    def __init__(
        self, name: str, span: tuple[float, float], words: Callable[[float], str], *, steps: int = 100, tip: str = ""
    ) -> None:
        """`words` says a value; steps are to the unit."""
        super().__init__()
        self.moved = Signal[[float]]()
        self.settled = Signal[[]]()
        self._words, self._steps = words, steps
        self.name = ElidedLabel(name)
        self.slider = QuietSlider(round(span[0] * steps), round(span[1] * steps))
        self.slider.setAccessibleName(name)
        self.slider.valueChanged.connect(lambda step: self._tell(step))
        self.slider.sliderReleased.connect(self.settled.emit)
        self._value = label("", "caption")
        self._value.setFixedWidth(VALUE_WIDTH)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setToolTip(tip)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(SNUG)
        self.line.addWidget(self.name, 2)
        self.line.addWidget(self.slider, 3)
        self.line.addWidget(self._value)

    def show_value(self, value: float) -> None:
        """Show a value."""
        self.slider.show_value(round(value * self._steps))
        self._value.setText(self._words(value))

    def _tell(self, step: int) -> None:
        self._value.setText(self._words(step / self._steps))
        self.moved.emit(step / self._steps)


class SecondsField(QDoubleSpinBox):
    """Seconds, or None at its lowest: then the studio chooses, and the field says what."""

    STEP = 0.05

    def __init__(self, name: str, most: float, step: float = STEP) -> None:
        super().__init__()
        self.given = Signal[[float | None]]()
        self.setRange(-step, most)
        self.setSingleStep(step)
        self.setDecimals(2)
        self.setMinimumWidth(LEAST_FIELD)
        self.setSuffix(" s")
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(9, 0, 4, 0)
        self.setAccessibleName(name)
        self.valueChanged.connect(lambda value: self.given.emit(None if value < 0 else round(value, 2)))

    def show_seconds(self, seconds: float | None, automatic: str) -> None:
        """Show a value; `automatic` is what stands for None."""
        self.blockSignals(True)
        self.setSpecialValueText(automatic)
        self.setValue(self.minimum() if seconds is None else seconds)
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the scroll area around."""
        event.ignore()
