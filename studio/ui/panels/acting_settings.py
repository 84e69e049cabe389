"""How one clip is played: every setting of it, shown from the map and changed through the document."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from shared.acting.vocabulary import CLIP_COOLDOWN_SECONDS, GESTURE_IN_SECONDS, GESTURE_OUT_SECONDS
from shared.contract.acting import ActingMap, BodyMask, ClipSettings
from shared.contract.avatar import ClipFacts
from studio.model.acting_edits import settings_of, with_settings_changed
from studio.ui.bench import Bench
from studio.ui.parts.buttons import Check, Segments
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import card, column, row
from studio.ui.parts.sliders import SecondsField, SliderRow
from studio.ui.parts.text import label
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT

MASKS: tuple[tuple[BodyMask, str, str], ...] = (
    ("full", "Whole body", "Every joint follows the clip"),
    ("upper", "Upper body", "Hips and legs stay with the posture beneath"),
    ("head", "Head", "Neck, head and what hangs on them; the rest stays with the posture"),
)
CHECKS: tuple[tuple[str, str, str], ...] = (
    ("loop", "Loop", "Begins again at its end, for postures and for short gestures that are held"),
    ("trim", "Active window only", "Plays only the shaded part of the timeline, also when it loops"),
    ("mirror", "Mirror", "Swaps left and right: a second gesture for free"),
    ("lock_root", "Stay in place", "Keeps the hips above the place where the clip starts: no drift, no turning away"),
    ("additive", "Add to posture", "Added to the posture beneath instead of replacing it"),
    ("hidden", "Never play it", "Not played, and not offered for roles; the file keeps it"),
)
CHANGES = {
    "speed": "Change the speed of",
    "loop": "Change the looping of",
    "trim": "Trim",
    "mirror": "Mirror",
    "lock_root": "Change the place of",
    "additive": "Change the blending of",
    "hidden": "Hide or show",
    "mask": "Choose what moves in",
    "fade_in_seconds": "Change the fade in of",
    "fade_out_seconds": "Change the fade out of",
    "cooldown_seconds": "Change the rest after",
    "licence": "Change the licence of",
}
SLOWEST, FASTEST = 0.25, 4.0
LONGEST_FADE, LONGEST_REST = 5.0, 600.0


class ClipForm(QWidget):
    """Shows one clip's settings at a time."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._facts: ClipFacts | None = None
        self.checks = {field: self._check(field, text, tip) for field, text, tip in CHECKS}
        self.speed = SliderRow("Speed", (SLOWEST, FASTEST), lambda value: f"{value:.2f} ×", tip="How fast it plays")  # noqa: RUF001  # a true times sign
        self.moves = Segments(bench.theme, [(key, text, "") for key, text, _ in MASKS])
        self.fade_in = SecondsField("Fade in", LONGEST_FADE)
        self.fade_out = SecondsField("Fade out", LONGEST_FADE)
        self.rest = SecondsField("Rest afterwards", LONGEST_REST, 1.0)
        self.licence = LineField("Licence", "Where this clip's differs from the avatar's.", "As the avatar", 200)
        self._lay_out()
        self._connect()

    def _check(self, field: str, text: str, tip: str) -> Check:
        made = Check(self._bench.theme, text)
        made.setToolTip(tip)
        made.toggled.connect(lambda on: self.change(field, on))
        return made

    def _lay_out(self) -> None:
        for key, _, tip in MASKS:
            self.moves.button_of(key).setToolTip(tip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(ROOM)
        masks = column([label("What it moves"), row([self.moves, None])], spacing=TIGHT)
        layout.addWidget(card([self.speed, self._check_grid(), masks], spacing=SNUG, margin=ROOM))
        layout.addWidget(self._blending())
        layout.addWidget(self.licence)

    def _check_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(SNUG)
        for number, (field, _, _) in enumerate(CHECKS):
            grid.addWidget(self.checks[field], number // 2, number % 2)
        return grid

    def _blending(self) -> QFrame:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SNUG)
        grid.setVerticalSpacing(2)
        fields = (("Fade in", self.fade_in), ("Fade out", self.fade_out), ("Rest afterwards", self.rest))
        for place, (name, field) in enumerate(fields):
            title = label(name)
            title.setBuddy(field)
            grid.addWidget(title, 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, 1)
        hint = label("Rest: not chosen again for so long. Below 0, each is left to the studio.", "caption", wrap=True)
        return card([grid, hint], spacing=TIGHT, margin=ROOM)

    def _connect(self) -> None:
        document = self._bench.document
        self.speed.moved.connect(lambda value: self.change("speed", value, gesture=True))
        self.speed.settled.connect(document.settle)
        self.moves.chosen.connect(lambda key: self.change("mask", key))
        self.fade_in.given.connect(lambda seconds: self.change("fade_in_seconds", seconds))
        self.fade_out.given.connect(lambda seconds: self.change("fade_out_seconds", seconds))
        self.rest.given.connect(lambda seconds: self.change("cooldown_seconds", seconds))
        self.licence.edited.connect(lambda text: self.change("licence", text.strip(), gesture=True))
        self.licence.left.connect(document.settle)

    def change(self, field: str, value: object, *, gesture: bool = False) -> None:
        """Change one setting of the clip that is shown."""
        facts = self._facts
        if facts is None:
            return
        after = with_settings_changed(self._bench.draft, facts, **{field: value})
        key = f"clip.{facts.name}.{field}" if gesture else None
        self._bench.document.change(f"{CHANGES[field]} {facts.name}", after, gesture=key)

    def show_clip(self, facts: ClipFacts, acting: ActingMap) -> None:
        """Show a clip's settings as the map has them."""
        self._facts = facts
        settings = settings_of(acting, facts)
        for field, box in self.checks.items():
            box.blockSignals(True)
            box.setChecked(bool(getattr(settings, field)))
            box.blockSignals(False)
        self.speed.show_value(settings.speed)
        self.moves.show_choice(settings.mask)
        self._show_times(settings, acting.snappiness)
        if not self.licence.edit.hasFocus():
            self.licence.show_text(settings.licence)

    def _show_times(self, settings: ClipSettings, snappiness: float) -> None:
        automatic = (
            (self.fade_in, settings.fade_in_seconds, GESTURE_IN_SECONDS / snappiness),
            (self.fade_out, settings.fade_out_seconds, GESTURE_OUT_SECONDS / snappiness),
            (self.rest, settings.cooldown_seconds, CLIP_COOLDOWN_SECONDS),
        )
        for field, seconds, usual in automatic:
            field.show_seconds(seconds, f"auto, {usual:.2g} s")
            field.setAlignment(Qt.AlignmentFlag.AlignLeft)
