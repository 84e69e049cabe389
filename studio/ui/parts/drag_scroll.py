"""Scrolls an area while something is dragged along its upper or lower edge."""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QScrollArea

EDGE = 48
"""Pixels from an edge in which it scrolls."""
STEP, EVERY_MILLISECONDS = 14, 25


class DragScroll(QObject):
    """Told that a drag goes on, it looks after the rest."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._timer = QTimer(self, interval=EVERY_MILLISECONDS)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Something is dragged over the area."""
        if not self._timer.isActive():
            self._timer.start()

    def _go_on(self) -> None:
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._timer.stop()
            return
        self.scroll_at(self._area.viewport().mapFromGlobal(QCursor.pos()).y())

    def scroll_at(self, height: int) -> None:
        """Scroll a step if a height, in pixels of the viewport, is near an edge."""
        bar, whole = self._area.verticalScrollBar(), self._area.viewport().height()
        if 0 <= height < EDGE:
            bar.setValue(bar.value() - STEP)
        elif whole - EDGE < height <= whole:
            bar.setValue(bar.value() + STEP)
