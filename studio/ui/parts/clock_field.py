"""A time of day to write: `9`, `930` and `9:30` are understood, Up and Down go by a quarter of an hour."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from studio.model.signals import Signal
from studio.ui.parts.fields import LineEdit

WIDTH = 68
QUARTER, DAY = 15, 24 * 60
_WRITTEN = re.compile(r"^\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*$")


class ClockField(LineEdit):
    """`given` tells the time as `HH:MM` once it is whole."""

    def __init__(self, name: str, time: str) -> None:
        super().__init__()
        self.given = Signal[[str]]()
        self._time = time
        self.setText(time)
        self.setAccessibleName(name)
        self.setToolTip("Such as 9:30; Up and Down go by a quarter of an hour")
        self.setFixedWidth(WIDTH)
        self.setMaxLength(5)
        self.textEdited.connect(self._read)
        self.editingFinished.connect(self._finish)

    @property
    def clock(self) -> str:
        """The time as `HH:MM`."""
        return self._time

    def show_time(self, time: str) -> None:
        """Show another time, and tell it."""
        self.setText(time)
        if time != self._time:
            self._time = time
            self.given.emit(time)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that move it."""
        step = {Qt.Key.Key_Up: QUARTER, Qt.Key.Key_Down: -QUARTER}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        hours, minutes = (int(part) for part in self._time.split(":"))
        moved = (hours * 60 + minutes + step) % DAY
        self.show_time(f"{moved // 60:02}:{moved % 60:02}")

    def _read(self, text: str) -> None:
        """While it is typed, only a whole time is taken: `9:3` may become `9:30`."""
        written = time_written(text)
        if written and len(text) == 5 and written != self._time:
            self._time = written
            self.given.emit(written)

    def _finish(self) -> None:
        self.show_time(time_written(self.text()) or self._time)


def time_written(text: str) -> str:
    """What a person wrote, as `HH:MM`; empty when it is no time."""
    found = _WRITTEN.match(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return ""
    return f"{int(found[1]):02}:{int(found[2] or 0):02}"
