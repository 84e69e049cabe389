"""A heat map of changes from clip to clip: a column for every posture, a row for every clip that may follow it.

Each cell has two halves: into the row's clip, and back out of it. A click plays the change.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio.model.signals import Signal
from studio.ui.parts.links import link
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import CAPTION

NAMES_WIDTH, HEADER_HEIGHT, ROW_HEIGHT = 128, 86, 22
LEAST_CELL, MOST_CELL = 16, 64
SEEN, GLARING = 0.3, 0.7
"""Body heights that a joint leaps: from where a fade no longer hides it, and from where nothing does."""
KEYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


@dataclass(frozen=True)
class Heat:
    """What the map shows. `value` gives body heights by first and second clip, None where one never follows."""

    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    value: Callable[[str, str], float | None] = lambda _first, _then: None
    words: Callable[[str, str], str] = lambda first, then: f"{first} → {then}"


class HeatMap(QWidget):
    """Keys: the arrows go from half to half, Space and Enter play."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chosen = Signal[[str, str]]()
        self._theme = theme
        self._heat = Heat()
        self._current = (0, 0)
        """Half and row under the keyboard's cursor."""
        self._over: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Changes from clip to clip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        link(self, theme.changed, self.update)

    def show_heat(self, heat: Heat) -> None:
        """Show other changes."""
        self._heat, self._over = heat, None
        self._current = (0, 0)
        self.setFixedHeight(HEADER_HEIGHT + ROW_HEIGHT * len(heat.rows) + 2)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(NAMES_WIDTH + LEAST_CELL * len(self._heat.columns), self.height())

    def pair_at(self, half: int, row: int) -> tuple[str, str]:
        """First and second clip of a half of a cell."""
        posture, other = self._heat.columns[half // 2], self._heat.rows[row]
        return (posture, other) if half % 2 == 0 else (other, posture)

    def place_of(self, first: str, then: str) -> QRectF:
        """Where the change between two clips is painted."""
        into = first in self._heat.columns and then in self._heat.rows
        column, row = (first, then) if into else (then, first)
        half = 2 * self._heat.columns.index(column) + (0 if into else 1)
        return self._place(half, self._heat.rows.index(row))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Play the change under the pointer."""
        found = self._half_at(event.position())
        if found is not None:
            self._current = found
            self._play()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the change under the pointer."""
        self._point_at(self._half_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that the class tells of."""
        key = Qt.Key(event.key())
        if key in KEYS and self._heat.rows:
            across, down = KEYS[key]
            half = min(max(self._current[0] + across, 0), 2 * len(self._heat.columns) - 1)
            row = min(max(self._current[1] + down, 0), len(self._heat.rows) - 1)
            self._current = (half, row)
            self.update()
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._play()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._half_at(QPointF(event.pos()))
            if found is not None and self._value(found) is not None:
                QToolTip.showText(event.globalPos(), self._heat.words(*self.pair_at(*found)), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint names, cells and marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(CAPTION)
        painter.setFont(font)
        self._paint_names(painter)
        for row in range(len(self._heat.rows)):
            for half in range(2 * len(self._heat.columns)):
                self._paint_half(painter, half, row)
        for mark, tone in ((self._current if self.hasFocus() else None, "accent"), (self._over, "text")):
            if mark is not None and self._value(mark) is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(self._theme.colour(tone))
                painter.drawRoundedRect(self._place(*mark), 2, 2)
        painter.end()

    def _paint_names(self, painter: QPainter) -> None:
        over = self._over
        metrics = painter.fontMetrics()
        for number, name in enumerate(self._heat.rows):
            painter.setPen(self._theme.colour("text" if over and over[1] == number else "muted"))
            line = QRectF(0, HEADER_HEIGHT + number * ROW_HEIGHT, NAMES_WIDTH - 8, ROW_HEIGHT)
            cut = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, int(line.width()))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), cut)
        for number, name in enumerate(self._heat.columns):
            painter.setPen(self._theme.colour("text" if over and over[0] // 2 == number else "muted"))
            painter.save()
            painter.translate(NAMES_WIDTH + (number + 0.5) * self._cell, HEADER_HEIGHT - 6)
            painter.rotate(-90 if self._cell < MOST_CELL else 0)
            cut = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, HEADER_HEIGHT - 10)
            painter.drawText(QRectF(0, -8, HEADER_HEIGHT - 8, 16), int(Qt.AlignmentFlag.AlignVCenter), cut)
            painter.restore()

    def _paint_half(self, painter: QPainter, half: int, row: int) -> None:
        value = self._value((half, row))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(heat_colour(self._theme, value) if value is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._place(half, row), 2, 2)

    def _value(self, place: tuple[int, int]) -> float | None:
        if not (self._heat.rows and self._heat.columns):
            return None
        return self._heat.value(*self.pair_at(*place))

    @property
    def _cell(self) -> float:
        free = (self.width() - NAMES_WIDTH) / max(len(self._heat.columns), 1)
        return min(max(free, LEAST_CELL), MOST_CELL - 1)

    def _place(self, half: int, row: int) -> QRectF:
        width = (self._cell - 3) / 2
        left = NAMES_WIDTH + (half // 2) * self._cell + (half % 2) * (width + 1)
        return QRectF(left, HEADER_HEIGHT + row * ROW_HEIGHT + 1, width, ROW_HEIGHT - 2)

    def _half_at(self, point: QPointF) -> tuple[int, int] | None:
        row = int((point.y() - HEADER_HEIGHT) // ROW_HEIGHT)
        half = int((point.x() - NAMES_WIDTH) // (self._cell / 2))
        inside = 0 <= row < len(self._heat.rows) and 0 <= half < 2 * len(self._heat.columns)
        return (half, row) if inside else None

    def _point_at(self, over: tuple[int, int] | None) -> None:
        if over != self._over:
            self._over = over
            known = over is not None and self._value(over) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if known else Qt.CursorShape.ArrowCursor)
            self.update()

    def _play(self) -> None:
        if self._value(self._current) is not None:
            self.chosen.emit(*self.pair_at(*self._current))
        self.update()


def heat_colour(theme: Theme, value: float) -> QColor:
    """From hardly there, over the accent, to red."""
    calm, warm, hot = theme.colour("line"), theme.colour("accent"), theme.colour("danger")
    if value <= SEEN:
        return _mixed(calm, warm, 0.35 * value / SEEN)
    share = min((value - SEEN) / (GLARING - SEEN), 1.0)
    return _mixed(_mixed(calm, warm, 0.35 + 0.65 * min(share * 2, 1.0)), hot, max(share * 2 - 1, 0.0))


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    parts = zip((one.red(), one.green(), one.blue()), (other.red(), other.green(), other.blue()), strict=True)
    return QColor(*(round(first + (second - first) * share) for first, second in parts))
