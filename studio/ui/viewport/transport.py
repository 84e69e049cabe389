"""The bar below the viewport: which clip plays and where it is, and how the avatar is framed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from studio.ui.parts.buttons import IconButton, Segments
from studio.ui.parts.links import link
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import ROOM, SNUG
from studio.ui.viewport.actor import Actor

STEPS = 1000
FRAMINGS = (("full", "Full", "full"), ("half", "Half", "half"), ("bust", "Bust", "bust"))


class Transport(QWidget):
    """Play, pause, scrub, frame."""

    def __init__(self, theme: Theme, actor: Actor) -> None:
        super().__init__()
        self._actor = actor
        self.setObjectName("transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(56)
        self.play = IconButton(theme, "pause", "Pause (Space)", actor.toggle_pause, size=18, tone="text")
        self.stop = IconButton(theme, "stop", "Back to idle", actor.rest, size=16)
        self.name = ElidedLabel("", "strong")
        self.name.setMinimumWidth(110)
        self.scrub = QSlider(Qt.Orientation.Horizontal)
        self.scrub.setRange(0, STEPS)
        self.scrub.setAccessibleName("Place in the clip")
        self.scrub.sliderMoved.connect(lambda step: actor.seek(step / STEPS * actor.clip_seconds))
        self.time = label("", "caption")
        self.time.setFixedWidth(86)
        self.framing = Segments(theme, FRAMINGS)
        self.framing.show_choice("full")
        for key, tip in (("full", "Whole figure (F)"), ("half", "From the hips up (H)"), ("bust", "Portrait (B)")):
            self.framing.button_of(key).setToolTip(tip)
        self._lay_out()
        link(self, actor.playing_changed, self._show_clip)
        link(self, actor.paused_changed, self._show_paused)
        self._show_clip(None)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(ROOM, 0, ROOM, 0)
        layout.setSpacing(SNUG)
        layout.addWidget(self.play)
        layout.addWidget(self.stop)
        layout.addWidget(self.name, 2)
        layout.addWidget(self.scrub, 5)
        layout.addWidget(self.time)
        layout.addSpacing(SNUG)
        layout.addWidget(self.framing)

    def follow(self) -> None:
        """Show where the clip is; called with every frame."""
        length = self._actor.clip_seconds
        if length > 0 and not self.scrub.isSliderDown():
            self.scrub.setValue(round(self._actor.clip_place / length * STEPS))
        if length > 0:
            self.time.setText(f"{self._actor.clip_place:.2f} / {length:.2f} s")

    def _show_clip(self, clip: str | None) -> None:
        self.name.show_text(clip or "Idle")
        self.name.setProperty("tone", "plain" if clip else "muted")
        self.name.style().polish(self.name)
        self.scrub.setEnabled(clip is not None)
        self.stop.setEnabled(clip is not None)
        if clip is None:
            self.scrub.setValue(0)
            self.time.setText("")

    def _show_paused(self, paused: bool) -> None:
        self.play.show_icon("play" if paused else "pause", "Play (Space)" if paused else "Pause (Space)")
