"""How each kind of rule is edited: lines, a choice of several, a number, hours. All speak in the placement's fields."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QWidget

from shared.contract.placement import Device, Placement
from shared.dialogue.tongues import TONGUES, tongue
from shared.placement.evaluating import Rule
from studio.model.signals import Signal
from studio.ui.panels.placement_hours import HoursEditor
from studio.ui.parts.buttons import Check, Combo, IconButton
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import column, row
from studio.ui.parts.line_list import LineList
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, TIGHT

PLACEHOLDERS: dict[Rule, str] = {
    "include_paths": "/pricing*",
    "exclude_paths": "/checkout*",
    "referrers": "*.example.org",
    "query": "utm_source=mail",
    "audience": "plan=pro",
}
NUMBERS: dict[Rule, tuple[float, float, str]] = {
    "minimum_width": (1, 10_000, " px"),
    "minimum_visits": (2, 1_000, ""),
    "maximum_visits": (1, 1_000, ""),
    "percentage": (0, 99, " %"),
    "delay_seconds": (0.5, 600, " s"),
    "scroll_percent": (1, 100, " %"),
}


class RuleEditor(Protocol):
    """Shows a rule; tells its new fields, with a gesture while they go on changing, and none when that has ended."""

    changed: Signal[[dict[str, object], str | None]]

    def show_rule(self, placement: Placement) -> None:
        """Show what the placement says."""


class LinesEditor(QWidget):
    """Patterns, one a line."""

    def __init__(self, theme: Theme, rule: Rule) -> None:
        super().__init__()
        self.changed: Signal[[dict[str, object], str | None]] = Signal()
        self._rule = rule
        self.lines = LineList(theme, PLACEHOLDERS[rule])
        self.lines.changed.connect(self._tell)
        self.lines.left.connect(lambda: self.changed.emit({}, None))
        self.setLayout(column([self.lines]))

    def _tell(self, _verb: str, lines: tuple[str, ...], goes_on: bool) -> None:
        # Without its last line it is no rule any more.
        self.changed.emit({self._rule: lines}, self._rule if goes_on else None)

    def show_rule(self, placement: Placement) -> None:
        """Show the patterns."""
        self.lines.show_lines(getattr(placement, self._rule))


class PairsEditor(LinesEditor):
    """Names with the pattern that their values must have, as `name=pattern`, one a line."""

    def _tell(self, _verb: str, lines: tuple[str, ...], goes_on: bool) -> None:
        pairs = dict(_pair(line) for line in lines if _pair(line)[0])
        if len(pairs) == len(lines):
            self.changed.emit({self._rule: pairs}, self._rule if goes_on else None)

    def show_rule(self, placement: Placement) -> None:
        """Show the pairs; one whose pattern is being typed stays as it is."""
        pairs: dict[str, str] = getattr(placement, self._rule)
        typed = [edit.text().strip() for edit in self.lines.edits]
        if dict(_pair(line) for line in typed) != pairs:
            self.lines.show_lines([f"{name}={pattern}" for name, pattern in pairs.items()])


class DevicesEditor(QWidget):
    """Phone, tablet, desktop."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.changed: Signal[[dict[str, object], str | None]] = Signal()
        self.checks: dict[Device, Check] = {
            device: Check(theme, f"{device.capitalize()}s") for device in get_args(Device)
        }
        for check in self.checks.values():
            check.clicked.connect(lambda _checked=False: self._tell())
        self.setLayout(row([*self.checks.values(), None], spacing=TIGHT * 2))

    def _tell(self) -> None:
        chosen = tuple(device for device, check in self.checks.items() if check.isChecked())
        if chosen:
            self.changed.emit({"devices": chosen}, None)
        else:
            # No device at all would ask nothing: the last one stays.
            self.changed.emit({}, None)

    def show_rule(self, placement: Placement) -> None:
        """Tick what is allowed."""
        for device, check in self.checks.items():
            check.setChecked(device in placement.devices)


class LanguagesEditor(QWidget):
    """Languages as chips, and a list to add from."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.changed: Signal[[dict[str, object], str | None]] = Signal()
        self._theme = theme
        self._languages: tuple[str, ...] = ()
        self._chips = Flow(HAIR)
        holder = QWidget()
        holder.setLayout(self._chips)
        self.add = Combo(theme)
        self.add.setAccessibleName("Add a language")
        self.add.setMinimumContentsLength(14)
        self.add.activated.connect(lambda place: self._add(str(self.add.itemData(place) or "")))
        self.setLayout(column([holder, row([self.add, None])], spacing=HAIR))

    def _add(self, tag: str) -> None:
        if tag:
            self.changed.emit({"languages": (*self._languages, tag)}, None)

    def _remove(self, tag: str) -> None:
        kept = tuple(one for one in self._languages if one != tag)
        if kept:
            self.changed.emit({"languages": kept}, None)

    def show_rule(self, placement: Placement) -> None:
        """Show the chips."""
        self._languages = placement.languages
        self._chips.clear()
        for tag in placement.languages:
            remove = IconButton(self._theme, "close", f"Not {tongue(tag)}", partial(self._remove, tag), size=12)
            remove.setEnabled(len(placement.languages) > 1)
            self._chips.addWidget(_chip([label(tongue(tag)), remove]))
        self._chips.invalidate()
        self.add.clear()
        self.add.addItem("Add a language…", "")
        for tag in sorted(TONGUES, key=tongue):
            if tag not in placement.languages:
                self.add.addItem(tongue(tag), tag)


class NumberEditor(QDoubleSpinBox):
    """A number with its unit; the wheel scrolls the panel."""

    def __init__(self, rule: Rule) -> None:
        super().__init__()
        self.changed: Signal[[dict[str, object], str | None]] = Signal()
        self._rule = rule
        low, high, unit = NUMBERS[rule]
        self.setRange(low, high)
        self.setSuffix(unit)
        self.setDecimals(1 if rule == "delay_seconds" else 0)
        self.setFixedWidth(124)
        self.lineEdit().setTextMargins(6, 0, 0, 0)
        self.setAccessibleName(rule.replace("_", " "))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._tell)
        self.editingFinished.connect(lambda: self.changed.emit({}, None))

    def _tell(self, value: float) -> None:
        given = value if self._rule == "delay_seconds" else round(value)
        self.changed.emit({self._rule: given}, self._rule)

    def show_rule(self, placement: Placement) -> None:
        """Show the number."""
        self.blockSignals(True)
        self.setValue(float(getattr(placement, self._rule) or 0))
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the scroll area around."""
        event.ignore()


def editor_for(theme: Theme, rule: Rule) -> RuleEditor | None:
    """What edits a rule; None where there is nothing to set."""
    if rule in NUMBERS:
        return NumberEditor(rule)
    made: dict[Rule, Callable[[], RuleEditor]] = {
        "include_paths": lambda: LinesEditor(theme, rule),
        "exclude_paths": lambda: LinesEditor(theme, rule),
        "referrers": lambda: LinesEditor(theme, rule),
        "query": lambda: PairsEditor(theme, rule),
        "audience": lambda: PairsEditor(theme, rule),
        "devices": lambda: DevicesEditor(theme),
        "languages": lambda: LanguagesEditor(theme),
        "hours": lambda: HoursEditor(theme),
    }
    return made[rule]() if rule in made else None


def _pair(line: str) -> tuple[str, str]:
    name, _, pattern = line.partition("=")
    return name.strip(), pattern.strip() or "*"


def _chip(parts: list[QWidget]) -> QWidget:
    made = QFrame()
    made.setProperty("kind", "chip")
    line = row(parts, spacing=2)
    line.setContentsMargins(TIGHT, 2, 2, 2)
    made.setLayout(line)
    return made
