"""The simulator: a visitor made up by hand, what the rules say of them, and all pages and devices at a glance."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtWidgets import QFrame, QGridLayout, QSpinBox, QWidget

from shared.contract.placement import Device, Placement
from shared.dialogue.tongues import TONGUES, tongue
from shared.placement.evaluating import Verdict, decide
from shared.placement.facts import PageFacts
from shared.placement.patterns import WEEKDAYS, share_of
from studio.model.placement_words import DAY_NAMES, rule_text, verdict_text
from studio.ui.bench import Bench
from studio.ui.panels.placement_matrix import Matrix
from studio.ui.parts.buttons import Check, Combo, Segments, button
from studio.ui.parts.clock_field import ClockField
from studio.ui.parts.fields import LineEdit
from studio.ui.parts.flow import Flow
from studio.ui.parts.layout import clear, column, row
from studio.ui.parts.notices import IconLabel, Notice
from studio.ui.parts.text import label
from studio.ui.theme.tokens import HAIR, ROOM, TIGHT

DEVICES = (("phone", "Phone", "smartphone"), ("tablet", "Tablet", "tablet"), ("desktop", "Desktop", "monitor"))
WIDTHS: dict[Device, int] = {"phone": 390, "tablet": 820, "desktop": 1440}
PRESETS: tuple[tuple[str, dict[str, object]], ...] = (
    ("First visit, desktop", {"device": "desktop", "path": "/", "visits": 1, "day": "tue", "time": "11:00"}),
    ("Phone in the evening", {"device": "phone", "path": "/pricing", "visits": 1, "day": "tue", "time": "22:00"}),
    ("Weekend", {"device": "desktop", "path": "/", "visits": 2, "day": "sat", "time": "15:00"}),
    ("Regular, from a search", {"device": "desktop", "path": "/docs/start", "visits": 6, "from": "www.google.com",
                                "day": "thu", "time": "10:00"}),
)  # fmt: skip
STATES = {"shown": ("fine", "check"), "hidden": ("danger", "eye-off"), "waiting": ("warning", "hourglass")}
_MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
"""Any week will do that has no change of clocks."""


class Simulator(QFrame):
    """What a visitor would meet. Nothing of it is kept in the project."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._theme = bench.theme
        self._placement = Placement()
        self._device: Device = "phone"
        self.setProperty("kind", "card")
        self.verdict = Notice(bench.theme)
        self.path, self.query, self.referrer = (
            self._line("/pricing"),
            self._line("?utm_source=mail"),
            self._line("host"),
        )
        self.referrer, self.audience = self._line("host"), self._line("plan=pro")
        self.device = Segments(bench.theme, [(key, word, "") for key, word, _icon in DEVICES])
        self.width_px, self.visits = self._number(320, 4_000, " px"), self._number(1, 1_000, "")
        self.seconds, self.seen = self._number(0, 600, " s"), self._number(0, 100, " %")
        self.language, self.day = Combo(bench.theme), Combo(bench.theme)
        self.clock = ClockField("Time of day", "11:00")
        self.leaves = Check(bench.theme, "The pointer has left the page")
        self.lot = self._number(0, 99, "")
        self._checks = column([], spacing=HAIR)
        self.matrix = Matrix(bench.theme)
        self._fill()
        self._connect()
        self._lay_out()
        self.take_preset(PRESETS[1][1])

    def _line(self, placeholder: str) -> LineEdit:
        made = LineEdit()
        made.setPlaceholderText(placeholder)
        return made

    def _number(self, low: int, high: int, unit: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(low, high)
        made.setSuffix(unit)
        made.lineEdit().setTextMargins(6, 0, 0, 0)
        return made

    def _fill(self) -> None:
        for tag in sorted(TONGUES, key=tongue):
            self.language.addItem(tongue(tag), tag)
        self.language.setCurrentIndex(self.language.findData("de"))
        for day in WEEKDAYS:
            self.day.addItem(DAY_NAMES[day], day)
        self.seconds.setValue(60)
        self.seen.setValue(100)
        self.width_px.setValue(390)
        self.lot.setToolTip("Where this visitor stands among a hundred, when a share of the visitors is asked for")

    def _connect(self) -> None:
        for edit in (self.path, self.query, self.referrer, self.audience):
            edit.textChanged.connect(lambda _text: self._show())
        for number in (self.width_px, self.visits, self.seconds, self.seen, self.lot):
            number.valueChanged.connect(lambda _value: self._show())
        for combo in (self.language, self.day):
            combo.currentIndexChanged.connect(lambda _place: self._show())
        self.clock.given.connect(lambda _time: self._show())
        self.leaves.toggled.connect(lambda _on: self._show())
        self.device.chosen.connect(self._take_device)

    def _lay_out(self) -> None:
        presets = Flow(HAIR)
        for name, values in PRESETS:
            made = button(self._theme, name, partial(self.take_preset, values))
            made.setProperty("kind", "chip")
            presets.addWidget(made)
        holder = QWidget()
        holder.setLayout(presets)
        grid = QGridLayout()
        grid.setHorizontalSpacing(TIGHT)
        grid.setVerticalSpacing(TIGHT)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        lines: tuple[tuple[str, QWidget, str, QWidget], ...] = (
            ("Page", self.path, "Query", self.query),
            ("From", self.referrer, "Audience", self.audience),
            ("Reads", self.language, "Window", self.width_px),
            ("Day", self.day, "Time", self.clock),
            ("Visit", self.visits, "On page", self.seconds),
            ("Seen", self.seen, "Lot", self.lot),
        )
        for place, (one, first, other, second) in enumerate(lines):
            for side, (name, field) in enumerate(((one, first), (other, second))):
                field.setAccessibleName(f"Simulated {name.lower()}")
                field.setMinimumWidth(60)
                grid.addWidget(label(name, tone="muted"), place, 2 * side)
                grid.addWidget(field, place, 2 * side + 1)
        self.setLayout(
            column(
                [self.verdict, self._checks, holder, row([self.device, None]), grid, self.leaves, self.matrix],
                spacing=TIGHT + 2, margin=ROOM,
            )
        )  # fmt: skip

    def take_preset(self, values: dict[str, object]) -> None:
        """Be a visitor as they are often met."""
        self.path.setText(str(values["path"]))
        self.referrer.setText(str(values.get("from", "")))
        self.visits.setValue(int(str(values["visits"])))
        self.day.setCurrentIndex(self.day.findData(values["day"]))
        self.clock.show_time(str(values["time"]))
        self._take_device(str(values["device"]))

    def _take_device(self, key: str) -> None:
        self.device.show_choice(key)
        self._device = "phone" if key == "phone" else "tablet" if key == "tablet" else "desktop"
        self.width_px.setValue(WIDTHS[self._device])
        self._show()

    def show_placement(self, placement: Placement) -> None:
        """Judge by these rules from now on."""
        self._placement = placement
        self._show()

    def facts(self) -> PageFacts:
        """The visitor as the fields say."""
        zone = self._zone()
        day = WEEKDAYS.index(self.day.currentData())
        hour, minute = (int(part) for part in self.clock.clock.split(":"))
        local = (_MONDAY + timedelta(days=day, hours=hour, minutes=minute)).replace(tzinfo=zone)
        audience = dict(part.partition("=")[::2] for part in self.audience.text().split(",") if "=" in part)
        return PageFacts(
            path=self.path.text().strip() or "/",
            query=self.query.text().strip(),
            referrer=_host_of(self.referrer.text()),
            device=self._device,
            width=self.width_px.value(),
            languages=(str(self.language.currentData()),),
            now=local,
            time_zone=str(zone),
            visits=self.visits.value(),
            audience={name.strip(): value.strip() for name, value in audience.items()},
            visitor_key=_key_at(self.lot.value()),
            seconds=self.seconds.value(),
            scroll=self.seen.value(),
            left_at_top=self.leaves.isChecked(),
        )

    def _zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self._placement.time_zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")

    def _show(self) -> None:
        facts = self.facts()
        verdict = decide(self._placement, facts)
        self.verdict.tell(verdict_text(self._placement, facts, verdict), STATES[verdict.state][0])
        self._show_checks(verdict)
        self.matrix.show_matrix(self._placement, lambda path, device: replace(
            facts, path=path, device=device, width=WIDTHS[device]
        ), facts.path)  # fmt: skip

    def _show_checks(self, verdict: Verdict) -> None:
        clear(self._checks)
        for check in verdict.checks:
            # What the verdict does not hang on is neither right nor wrong: leaving, where the delay has passed.
            spare = not check.holds and check.rule not in verdict.unmet
            icon, token = ("check", "fine") if check.holds else ("minus", "faint") if spare else ("close", "danger")
            words = label(rule_text(check.rule, self._placement), "caption", wrap=True)
            line = row([IconLabel(self._theme, icon, token, 14), words], spacing=TIGHT)
            line.setStretch(1, 1)
            self._checks.addLayout(line)


def _host_of(text: str) -> str:
    return text.strip().partition("://")[2].partition("/")[0] or text.strip().partition("/")[0]


def _key_at(place: int) -> str:
    """A visitor's key that stands at `place` among a hundred."""
    return next(key for key in map(str, count()) if share_of(key, "") == place)
