"""A clip over time as curves: the active window with handles, the fades around it, the loop's seam, the present.

A drag on a handle moves the window's edge; a drag anywhere else scrubs.
"""

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg  # type: ignore[import-untyped]  # ships no types
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QWheelEvent

from shared.glb.transforms import Floats
from studio.model.signals import Signal
from studio.ui.parts.links import link
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import CAPTION

PLOT_HEIGHT = 104
HEADROOM = 1.12
AXIS_WIDTH, AXIS_HEIGHT = 38, 18
FILL_OPACITY = 60
"""Of 255."""
GRASP = 7
"""Pixels around a handle in which the pointer takes it."""
SEAM_TONES = ((0.03, "fine"), (0.1, "warning"))
"""Body heights between first and last pose up to which a loop looks closed, or nearly."""

pg.setConfigOptions(antialias=True, exitCleanup=False)


@dataclass(frozen=True, eq=False)
class Curves:
    """What is drawn: one curve that is filled, or several of different colours."""

    seconds: Floats
    """(T,) rising."""
    values: Floats
    """(C, T)."""
    tones: tuple[str, ...]
    """Of the palette, one for each curve."""
    least_span: float
    """What hardly moves is not blown up to look lively."""
    unit: str


@dataclass(frozen=True)
class Window:
    """What of the clip plays; all in seconds of the clip."""

    start: float
    end: float
    fade_in: float = 0.0
    fade_out: float = 0.0


class MotionPlot(pg.PlotWidget):  # type: ignore[misc]  # ships no types
    """Shows one clip at a time, in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(background=None)
        self.scrubbed = Signal[[float]]()
        """Seconds of the clip, while the button is held."""
        self.windowed = Signal[[float, float]]()
        """The window as a drag would have it, while the button is held."""
        self.settled = Signal[[]]()
        """A handle was let go."""
        self._theme = theme
        self._length = 0.0
        self._window_now = Window(0.0, 0.0)
        self._seam: float | None = None
        self._held: str | None = None
        self._tones: tuple[str, ...] = ()
        self._lines: list[pg.PlotDataItem] = []
        self._window = pg.LinearRegionItem(movable=False)
        self._fades = pg.PlotDataItem(connect="finite")
        self._ends = (pg.InfiniteLine(angle=90, movable=False), pg.InfiniteLine(angle=90, movable=False))
        self._now = pg.InfiniteLine(angle=90, movable=False)
        for item in (self._window, self._fades, *self._ends, self._now):
            self.addItem(item)
        self._settle()
        link(self, theme.changed, self._dress)
        self._dress()

    def _settle(self) -> None:
        self.setMinimumHeight(PLOT_HEIGHT)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Motion of the clip over time")
        self.setFrameShape(self.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        plot = self.getPlotItem()
        plot.setMouseEnabled(x=False, y=False)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setContentsMargins(0, 4, 8, 0)
        plot.getViewBox().setDefaultPadding(0.0)
        plot.getAxis("left").setWidth(AXIS_WIDTH)
        plot.getAxis("bottom").setHeight(AXIS_HEIGHT)
        self._now.setZValue(20)
        self._now.hide()

    def show_curves(self, curves: Curves, length: float) -> None:
        """Show a clip's curves; `length` is the clip's, in seconds."""
        self._length, self._tones = length, curves.tones
        for line in self._lines:
            self.removeItem(line)
        self._lines = [pg.PlotDataItem(curves.seconds, row) for row in curves.values]
        for line in self._lines:
            self.addItem(line)
        low, high = float(curves.values.min(initial=0.0)), float(curves.values.max(initial=0.0))
        grown = max((high - low) * HEADROOM, curves.least_span)
        low = 0.0 if low >= 0 else low - (grown - (high - low)) / 2
        self.setXRange(0.0, max(length, 1e-3), padding=0)
        self.setYRange(low, low + grown, padding=0)
        self.getAxis("left").setTicks([_marks(low, low + grown, 3, curves.unit)])
        self.getAxis("bottom").setTicks([_marks(0.0, length, 6, " s")])
        self._show_fades()
        self._dress()

    def show_window(self, window: Window) -> None:
        """Show what of the clip plays."""
        self._window_now = window
        self._window.setRegion((window.start, window.end))
        self._show_fades()

    def show_seam(self, error: float | None) -> None:
        """Mark both ends of a loop by how far they lie apart, in body heights; None is no loop."""
        self._seam = error
        for end, place in zip(self._ends, (0.0, self._length), strict=True):
            end.setVisible(error is not None)
            end.setValue(place)
        self._dress()

    def show_place(self, seconds: float | None) -> None:
        """Show the present; None hides the line."""
        self._now.setVisible(seconds is not None)
        if seconds is not None and self._now.value() != seconds:
            self._now.setValue(seconds)

    @property
    def place(self) -> float | None:
        """Where the line stands, in seconds; None where it is hidden."""
        return float(self._now.value()) if self._now.isVisible() else None

    @property
    def window_shown(self) -> Window:
        """The window that is shown."""
        return self._window_now

    def pixel_of(self, seconds: float) -> int:
        """Where a moment of the clip is, in pixels from the widget's left."""
        box = self.getPlotItem().getViewBox()
        across: float = self.mapFromScene(box.mapViewToScene(pg.Point(seconds, 0.0))).x()
        return round(across)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a handle, or go to where the pointer is."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self._grip_at(event) or "place"
            self._drag(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while the button is held; else show what it would take."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event)
        else:
            over = self._grip_at(event) is not None
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.IBeamCursor)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay there."""
        if self._held in {"start", "end"}:
            self.settled.emit()
        self._held = None
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def _grip_at(self, event: QMouseEvent) -> str | None:
        if self._length <= 0:
            return None
        across = event.position().x()
        window = self._window_now
        gaps = {"end": abs(across - self.pixel_of(window.end)), "start": abs(across - self.pixel_of(window.start))}
        near = min(gaps, key=lambda handle: gaps[handle])
        return near if gaps[near] <= GRASP else None

    def _drag(self, event: QMouseEvent) -> None:
        place = self.getPlotItem().getViewBox().mapSceneToView(self.mapToScene(event.position().toPoint()))
        seconds = min(max(float(place.x()), 0.0), self._length)
        if self._held == "place":
            self.scrubbed.emit(seconds)
        elif self._held == "start":
            self.windowed.emit(min(seconds, self._window_now.end), self._window_now.end)
        elif self._held == "end":
            self.windowed.emit(self._window_now.start, max(seconds, self._window_now.start))

    def _show_fades(self) -> None:
        window = self._window_now
        low, high = self.getPlotItem().getViewBox().viewRange()[1]
        top = low + (high - low) * 0.94
        times = [window.start - window.fade_in, window.start, np.nan, window.end, window.end + window.fade_out]
        self._fades.setData(np.array(times), np.array([low, top, np.nan, top, low]))

    def _dress(self) -> None:
        palette = self._theme.palette
        shade = QColor(palette.accent_soft)
        for line, tone in zip(self._lines, self._tones, strict=True):
            line.setPen(pg.mkPen(getattr(palette, tone), width=1.6))
            fill = QColor(palette.accent)
            fill.setAlpha(FILL_OPACITY)
            line.setFillLevel(0.0 if len(self._lines) == 1 else None)
            line.setFillBrush(pg.mkBrush(fill) if len(self._lines) == 1 else None)
        self._window.setBrush(pg.mkBrush(shade))
        for edge in self._window.lines:
            edge.setPen(pg.mkPen(palette.accent, width=2))
        self._fades.setPen(pg.mkPen(palette.muted, width=1, style=Qt.PenStyle.DashLine))
        seam = pg.mkPen(getattr(palette, self._seam_tone), width=2, style=Qt.PenStyle.DotLine)
        for end in self._ends:
            end.setPen(seam)
        self._now.setPen(pg.mkPen(palette.text, width=1.5))
        self._dress_axes()

    def _dress_axes(self) -> None:
        palette = self._theme.palette
        font = QFont(self.font())
        font.setPixelSize(CAPTION)
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(pg.mkPen(palette.line_strong))
            axis.setTextPen(pg.mkPen(palette.muted))
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=5)

    @property
    def _seam_tone(self) -> str:
        return seam_tone(self._seam or 0.0)


def seam_tone(error: float) -> str:
    """The tone of the palette for a loop's seam, in body heights."""
    return next((tone for most, tone in SEAM_TONES if error <= most), "danger")


def _marks(low: float, high: float, most: int, unit: str = "") -> list[tuple[float, str]]:
    """Round numbers between two, about so many; the last that could be cut off says nothing."""
    span = high - low
    if span <= 0:
        return [(0.0, f"0{unit}")]
    magnitude = 10.0 ** np.floor(np.log10(span / most))
    step = next(size * magnitude for size in (1, 2, 2.5, 5, 10) if span / (size * magnitude) <= most)
    first = int(np.ceil(low / step - 1e-9))
    places = [number * step for number in range(first, int(np.floor(high / step + 1e-9)) + 1)]
    return [(place, f"{place:g}{unit}") for place in places if place <= low + span * 0.95]
