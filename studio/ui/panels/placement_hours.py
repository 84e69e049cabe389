"""The rule about hours: spans of the week, and whose clock they are of."""

from functools import partial
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QFrame, QToolButton, QWidget

from shared.contract.placement import Hours, Placement, Weekday
from shared.placement.patterns import WEEKDAYS
from studio.model.placement_words import DAY_NAMES
from studio.model.signals import Signal
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.clock_field import ClockField
from studio.ui.parts.fields import LineEdit
from studio.ui.parts.layout import clear, column, row
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, TIGHT

MOST_SPANS = 20
DAY_SIDE = 34


class SpanRow(QFrame):
    """One span: seven days, a start, an end."""

    def __init__(self, theme: Theme, hours: Hours, *, removable: bool) -> None:
        super().__init__()
        self.changed: Signal[[Hours]] = Signal()
        self.removed: Signal[[]] = Signal()
        self.setProperty("kind", "well")
        self.days: dict[Weekday, QToolButton] = {day: self._day(day, hours) for day in WEEKDAYS}
        self.start, self.end = ClockField("From", hours.start), ClockField("To", hours.end)
        for edit in (self.start, self.end):
            edit.given.connect(lambda _time: self._tell())
        remove = IconButton(theme, "close", "Remove these hours", self.removed.emit, size=13)
        remove.setVisible(removable)
        days = row([*self.days.values(), None], spacing=2)
        times = row([self.start, label("to", tone="muted"), self.end, None, remove], spacing=TIGHT)
        self.setLayout(column([days, times], spacing=HAIR, margin=TIGHT))

    def _day(self, day: Weekday, hours: Hours) -> QToolButton:
        made = QToolButton()
        made.setText(DAY_NAMES[day][:2])
        made.setToolTip(DAY_NAMES[day])
        made.setAccessibleName(DAY_NAMES[day])
        made.setCheckable(True)
        made.setChecked(not hours.days or day in hours.days)
        made.setFixedSize(DAY_SIDE, 26)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda _checked=False: self._tell())
        return made

    def _tell(self) -> None:
        chosen = tuple(day for day, made in self.days.items() if made.isChecked())
        days = () if len(chosen) == len(WEEKDAYS) else chosen
        self.changed.emit(Hours(days=days, start=self.start.clock, end=self.end.clock))


class HoursEditor(QWidget):
    """All spans, and the zone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.changed: Signal[[dict[str, object], str | None]] = Signal()
        self._theme = theme
        self._hours: tuple[Hours, ...] = ()
        self.spans: list[SpanRow] = []
        self._rows = column([], spacing=HAIR)
        self.zone = LineEdit()
        self.zone.setPlaceholderText("The visitor's own clock")
        self.zone.setAccessibleName("Time zone")
        self.zone.setToolTip("Such as Europe/Berlin; empty: each visitor's own clock")
        completer = QCompleter(sorted(available_timezones()), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda text: self._choose_zone(str(text)))
        self.zone.setCompleter(completer)
        self.zone.editingFinished.connect(lambda: self._choose_zone(self.zone.text()))
        self.more = button(theme, "More hours", self._add, kind="quiet", icon="plus")
        zone_line = row([label("Time zone", tone="muted"), self.zone], spacing=TIGHT)
        self.setLayout(column([self._rows, row([self.more, None]), zone_line], spacing=TIGHT))

    def _choose_zone(self, text: str) -> None:
        zone = text.strip()
        known = {name.lower(): name for name in available_timezones()}
        # A machine without zones of its own takes what is written; the browsers know them.
        if not zone or not known or zone.lower() in known:
            self.changed.emit({"time_zone": known.get(zone.lower(), zone)}, None)
        else:
            self.changed.emit({}, None)

    def _add(self) -> None:
        if len(self._hours) < MOST_SPANS:
            self.changed.emit({"hours": (*self._hours, Hours(days=("sat",), start="10:00", end="14:00"))}, None)

    def _replace(self, place: int, hours: Hours | None) -> None:
        kept = [*self._hours[:place], *([hours] if hours else []), *self._hours[place + 1 :]]
        self.changed.emit({"hours": tuple(kept)}, None)

    def show_rule(self, placement: Placement) -> None:
        """Show the spans; they are built again only where they are others."""
        if not self.zone.hasFocus() or not self.zone.isModified():
            self.zone.setText(placement.time_zone)
        if placement.hours == self._hours:
            return
        self._hours = placement.hours
        # What was chosen by hand is on screen already.
        if self._shown() != placement.hours:
            self._build()

    def _shown(self) -> tuple[Hours, ...]:
        every = len(WEEKDAYS)
        said = []
        for span in self.spans:
            days = tuple(day for day, made in span.days.items() if made.isChecked())
            said.append(Hours(days=() if len(days) == every else days, start=span.start.clock, end=span.end.clock))
        return tuple(said)

    def _build(self) -> None:
        clear(self._rows)
        self.spans = []
        for place, hours in enumerate(self._hours):
            span = SpanRow(self._theme, hours, removable=len(self._hours) > 1)
            span.changed.connect(partial(self._replace, place))
            span.removed.connect(partial(self._replace, place, None))
            self._rows.addWidget(span)
            self.spans.append(span)
