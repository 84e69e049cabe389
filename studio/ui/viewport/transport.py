"""The bar below the viewport: which clip plays and where it is, and how the avatar is framed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from studio.render.player import POSTURES
from studio.ui.parts.buttons import IconButton, Segments
from studio.ui.parts.links import link
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import ROOM, SNUG
from studio.ui.viewport.actor import Actor

STEPS = 1000
WORDS_FROM = 760
"""Pixels."""
FRAMINGS = (("full", "Full", "full"), ("half", "Half", "half"), ("bust", "Bust", "bust"))


class Transport(QWidget):
    """Play, pause, scrub, frame."""

    def __init__(self, theme: Theme, actor: Actor) -> None:
        super().__init__()
        self._actor = actor
        self._seen: tuple[str | None, str] | None = None
        self.setObjectName("transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(56)
        self.play = IconButton(theme, "pause", "Pause (Space)", actor.toggle_pause, size=18, tone="text")
        self.stop = IconButton(theme, "stop", "Back to idle", actor.rest, size=16)
        self.name = ElidedLabel("", "strong")
        self.name.setMinimumWidth(110)
        self.role = label("", "caption", "muted")
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
        layout.addLayout(self._naming(), 2)
        layout.addWidget(self.scrub, 5)
        layout.addWidget(self.time)
        layout.addSpacing(SNUG)
        layout.addWidget(self.framing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, framings go without words, so that there is a slider to drag."""
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if self.width() < WORDS_FROM:
            style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for key, _, _ in FRAMINGS:
            self.framing.button_of(key).setToolButtonStyle(style)
        super().resizeEvent(event)

    def follow(self) -> None:
        """Show what plays and where it is; called with every frame."""
        self._show_seen()
        length = self._actor.clip_seconds
        if length > 0 and not self.scrub.isSliderDown():
            self.scrub.setValue(round(self._actor.clip_place / length * STEPS))
        if length > 0:
            self.time.setText(f"{self._actor.clip_place:.2f} / {length:.2f} s")

    def _naming(self) -> QVBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch()
        names.addWidget(self.name)
        names.addWidget(self.role)
        names.addStretch()
        return names

    def _show_seen(self) -> None:
        seen = self._actor.seen
        if seen == self._seen:
            return
        self._seen = seen
        clip, role = seen
        self.name.show_text(clip or ("Rest pose" if self._actor.clips else ""))
        self.role.setText(role.capitalize())
        self.role.setVisible(bool(role) and (clip or "").lower() != role)
        self.name.setProperty("tone", "muted" if role in POSTURES else "plain")
        self.name.style().polish(self.name)

    def _show_clip(self, clip: str | None) -> None:
        self._show_seen()
        self.scrub.setEnabled(clip is not None)
        self.time.setVisible(clip is not None)
        self.stop.setEnabled(clip is not None)
        if clip is None:
            self.scrub.setValue(0)
            self.time.setText("")

    def _show_paused(self, paused: bool) -> None:
        self.play.show_icon("play" if paused else "pause", "Play (Space)" if paused else "Pause (Space)")
