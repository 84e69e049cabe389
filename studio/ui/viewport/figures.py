"""The statistics over the viewport: how fast it draws, and what the avatar costs."""

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import SNUG, TIGHT

ROWS = ("Frames", "One frame", "Triangles", "Draw calls", "Joints", "GPU memory")
MEGABYTE = 1 << 20
BEATS = 40
"""Frames whose mean is told."""
PAUSE_SECONDS = 0.5
"""Without a frame: it stands still."""


@dataclass(frozen=True)
class Readings:
    """What the viewport knows of its last frames."""

    frames_per_second: float
    """0: nothing moves, and nothing is drawn."""
    frame_milliseconds: float
    triangles: int
    draw_calls: int
    joints: int
    gpu_bytes: int


class Rhythm:
    """How often frames come."""

    def __init__(self) -> None:
        self._beats: deque[float] = deque(maxlen=BEATS)

    def beat(self, seconds: float) -> None:
        """Hear when a frame was drawn, on any steady clock."""
        if self._beats and seconds - self._beats[-1] > PAUSE_SECONDS:
            self._beats.clear()
        self._beats.append(seconds)

    def frames_per_second(self, now: float) -> float:
        """0 when nothing has been drawn for a while."""
        if len(self._beats) < 2 or now - self._beats[-1] > PAUSE_SECONDS:
            return 0.0
        return (len(self._beats) - 1) / (self._beats[-1] - self._beats[0])


class Figures(QFrame):
    """A small table that lets the pointer through."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("viewport-figures")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        grid = QGridLayout(self)
        grid.setContentsMargins(SNUG, TIGHT, SNUG, TIGHT)
        grid.setHorizontalSpacing(SNUG)
        grid.setVerticalSpacing(2)
        self._values: list[QLabel] = []
        for line, name in enumerate(ROWS):
            value = label("", "mono")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setMinimumWidth(self.fontMetrics().horizontalAdvance("0 000 000 MB"))
            grid.addWidget(label(name, "caption", "muted"), line, 0)
            grid.addWidget(value, line, 1)
            self._values.append(value)

    @property
    def texts(self) -> list[str]:
        """What is shown, from above to below."""
        return [value.text() for value in self._values]

    def show_readings(self, readings: Readings) -> None:
        """Show what the last frames took."""
        rate = f"{readings.frames_per_second:.0f} / s" if readings.frames_per_second else "at rest"
        texts = (
            rate, f"{readings.frame_milliseconds:.1f} ms", _spaced(readings.triangles), _spaced(readings.draw_calls),
            _spaced(readings.joints), f"{readings.gpu_bytes / MEGABYTE:.1f} MB",
        )  # fmt: skip
        for value, text in zip(self._values, texts, strict=True):
            value.setText(text)


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
