"""How the whole character moves: its manner, how quickly it goes from clip to clip, and which way it faces."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSlider, QVBoxLayout

from shared.acting.manners import MANNERS
from shared.contract.acting import ActingMap, Preset
from studio.model.acting_edits import with_acting_fields
from studio.ui.bench import Bench
from studio.ui.parts.buttons import Segments
from studio.ui.parts.layout import row
from studio.ui.parts.text import label
from studio.ui.theme.tokens import SNUG, TIGHT

PRESETS: tuple[tuple[Preset, str, str], ...] = (
    ("receptionist", "Reception", "Calm and composed: small gestures, and long rests between them."),
    ("friendly", "Friendly", "Open and warm: a gesture where the words carry one."),
    ("lively", "Lively", "Quick to react, and larger: feelings reach the whole body sooner."),
    ("cartoon", "Cartoon", "As large as it goes, and it plays anger and stories too."),
)


class MannerCard(QFrame):
    """Shows the map's manner, and changes it."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.setProperty("kind", "card")
        self.preset = Segments(bench.theme, [(key, title, "") for key, title, _ in PRESETS])
        self.snappiness = QSlider(Qt.Orientation.Horizontal)
        self.snappiness.setRange(50, 200)
        self.snappiness.setAccessibleName("Snappiness")
        self.snappiness.setToolTip("How quickly it goes from one clip to the next: all fades are divided by this")
        self.front = Segments(bench.theme, (("+Z", "Front +Z", ""), ("-Z", "Front −Z", "")))  # noqa: RUF001  # a true minus
        self._meaning = label("", tone="muted", wrap=True)
        self._measure = label("", "caption", wrap=True)
        self._snappy = label("", "caption")
        self._snappy.setFixedWidth(34)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for key, _, meaning in PRESETS:
            self.preset.button_of(key).setToolTip(f"{meaning}\n{measure_words(key)}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SNUG, SNUG, SNUG, SNUG)
        layout.setSpacing(TIGHT)
        # Under its name, not beside it: in a wide font the four manners need the whole width.
        layout.addWidget(label("Manner", "strong"))
        layout.addLayout(row([self.preset, None]))
        layout.addWidget(self._meaning)
        layout.addWidget(self._measure)
        layout.addLayout(row([label("Snappiness"), self.snappiness, self._snappy], spacing=SNUG))
        layout.addLayout(row([label("The avatar faces"), None, self.front]))

    def _connect(self) -> None:
        self.preset.chosen.connect(lambda key: self._change("Choose a manner", {"preset": key}))
        self.front.chosen.connect(lambda key: self._change("Turn the avatar", {"front": key}))
        self.snappiness.valueChanged.connect(
            lambda percent: self._change("Change snappiness", {"snappiness": percent / 100}, "acting.snappiness")
        )
        self.snappiness.sliderReleased.connect(self._bench.document.settle)

    def _change(self, name: str, fields: dict[str, object], gesture: str | None = None) -> None:
        self._bench.document.change(name, with_acting_fields(self._bench.draft, fields), gesture=gesture)

    def show_map(self, acting: ActingMap) -> None:
        """Show what the map says."""
        self.preset.show_choice(acting.preset)
        self.front.show_choice(acting.front)
        self._meaning.setText(next(meaning for key, _, meaning in PRESETS if key == acting.preset))
        self._measure.setText(measure_words(acting.preset))
        self.snappiness.blockSignals(True)
        self.snappiness.setValue(round(acting.snappiness * 100))
        self.snappiness.blockSignals(False)
        self._snappy.setText(f"{acting.snappiness:.1f} ×")  # noqa: RUF001  # a true times sign


def measure_words(preset: Preset) -> str:
    """What a manner does, in numbers."""
    manner = MANNERS[preset]
    strength = "as strong as asked for"
    if manner.gain != 1:
        strength = f"{abs(manner.gain - 1):.0%} {'stronger' if manner.gain > 1 else 'weaker'} than asked for"
    loudest = "up to full strength" if manner.loudest >= 1 else f"never above {manner.loudest:.0%}"
    return f"At most one gesture in {manner.gesture_every_seconds:g} s, {strength}, {loudest}."
