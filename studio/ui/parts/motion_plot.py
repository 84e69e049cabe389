"""A clip's motion over time as a curve: the part that moves is shaded, a line shows the present, a drag scrubs."""

import numpy as np
import pyqtgraph as pg  # type: ignore[import-untyped]  # ships no types
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QWheelEvent

from shared.glb import MotionCurve
from studio.model.signals import Signal
from studio.ui.parts.links import link
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import CAPTION

PLOT_HEIGHT = 84
LEAST_TOP = 0.5
"""Body heights per second: a clip that hardly moves is not blown up to look lively."""
HEADROOM = 1.12
AXIS_WIDTH, AXIS_HEIGHT = 26, 18
FILL_OPACITY = 60
"""Of 255."""

pg.setConfigOptions(antialias=True, exitCleanup=False)


class MotionPlot(pg.PlotWidget):  # type: ignore[misc]  # ships no types
    """Shows one curve at a time, in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(background=None)
        self.scrubbed = Signal[[float]]()
        """Seconds of the clip, while the button is held."""
        self._theme = theme
        self._length = 0.0
        self._curve = pg.PlotDataItem(fillLevel=0.0)
        self._window = pg.LinearRegionItem(movable=False)
        self._now = pg.InfiniteLine(angle=90, movable=False)
        for item in (self._window, self._curve, self._now):
            self.addItem(item)
        self._settle()
        link(self, theme.changed, self._dress)
        self._dress()

    def _settle(self) -> None:
        self.setFixedHeight(PLOT_HEIGHT)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName("Motion of the clip over time")
        self.setFrameShape(self.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        plot = self.getPlotItem()
        plot.setMouseEnabled(x=False, y=False)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setContentsMargins(0, 4, 0, 0)
        plot.getViewBox().setDefaultPadding(0.0)
        plot.getAxis("left").setWidth(AXIS_WIDTH)
        plot.getAxis("bottom").setHeight(AXIS_HEIGHT)
        for line in self._window.lines:
            line.hide()
        self._now.hide()

    def show_curve(self, curve: MotionCurve, length: float, active: tuple[float, float]) -> None:
        """Show a clip's motion.

        Args:
            length: of the clip, in seconds.
            active: from when to when it moves.
        """
        self._length = length
        # Held to both ends: the curve is measured between two samples.
        seconds = np.concatenate([[0.0], curve.seconds, [length]])
        speeds = np.concatenate([curve.speeds[:1], curve.speeds, curve.speeds[-1:]])
        self._curve.setData(seconds, speeds)
        self._window.setRegion(active)
        top = max(float(speeds.max(initial=0.0)) * HEADROOM, LEAST_TOP)
        self.setXRange(0.0, max(length, 1e-3), padding=0)
        self.setYRange(0.0, top, padding=0)
        self.getAxis("left").setTicks([_marks(top, 3)])
        self.getAxis("bottom").setTicks([_marks(length, 5, " s")])

    def show_place(self, seconds: float | None) -> None:
        """Show the present; None hides the line."""
        self._now.setVisible(seconds is not None)
        if seconds is not None and self._now.value() != seconds:
            self._now.setValue(seconds)

    @property
    def place(self) -> float | None:
        """Where the line stands, in seconds; None where it is hidden."""
        return float(self._now.value()) if self._now.isVisible() else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where the pointer is."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._scrub(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while the button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay there."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def _scrub(self, event: QMouseEvent) -> None:
        place = self.getPlotItem().getViewBox().mapSceneToView(self.mapToScene(event.position().toPoint()))
        self.scrubbed.emit(min(max(float(place.x()), 0.0), self._length))

    def _dress(self) -> None:
        palette = self._theme.palette
        fill, shade = QColor(palette.accent), QColor(palette.accent_soft)
        fill.setAlpha(FILL_OPACITY)
        self._curve.setPen(pg.mkPen(palette.accent_text, width=1.5))
        self._curve.setFillBrush(pg.mkBrush(fill))
        self._window.setBrush(pg.mkBrush(shade))
        self._now.setPen(pg.mkPen(palette.text, width=1.5))
        font = QFont(self.font())
        font.setPixelSize(CAPTION)
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(pg.mkPen(palette.line_strong))
            axis.setTextPen(pg.mkPen(palette.muted))
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=5)


def _marks(top: float, most: int, unit: str = "") -> list[tuple[float, str]]:
    """Round numbers from 0 to `top`, at most so many steps; the last that could be cut off says nothing."""
    if top <= 0:
        return [(0.0, f"0{unit}")]
    magnitude = 10.0 ** np.floor(np.log10(top / most))
    step = next(size * magnitude for size in (1, 2, 2.5, 5, 10) if top / (size * magnitude) <= most)
    places = [number * step for number in range(int(top / step + 1e-9) + 1)]
    return [(place, f"{place:g}{unit}") for place in places if place <= top * 0.95]
