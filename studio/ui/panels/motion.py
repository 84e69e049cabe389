"""The Avatar panel's foot: when the clip that is looked at moves, how much, and where it is now."""

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from shared.glb import Glb, MotionCurve, Sampler, find_body, geometry, motion_curve
from studio.ui.bench import Bench
from studio.ui.parts.layout import row
from studio.ui.parts.links import link
from studio.ui.parts.motion_plot import PLOT_HEIGHT, MotionPlot
from studio.ui.parts.text import ElidedLabel, label, overline
from studio.ui.theme.tokens import HAIR

EMPTY = "Click a clip: here you see when its hands and head move, and drag to any place in it."
MEANING = "Mean speed of hands and head, in body heights per second. Shaded: the part that moves, which gestures play."


class MotionView(QWidget):
    """Follows the actor. Curves are measured when they are first looked at, and kept."""

    def __init__(self, bench: Bench, glb: Glb) -> None:
        super().__init__()
        self._bench, self._glb = bench, glb
        self._sampler = Sampler(glb)
        self._curves: dict[str, MotionCurve] = {}
        self.clip: str | None = None
        self.plot = MotionPlot(bench.theme)
        self.plot.setToolTip(MEANING)
        self.plot.scrubbed.connect(self._scrub)
        self._name = ElidedLabel("", "caption")
        self._unit = label("body heights / s", "caption")
        self._lay_out()
        link(self, bench.actor.playing_changed, self._follow_clip)
        bench.canvas.frameSwapped.connect(self._follow_place)
        self._follow_clip(bench.actor.playing)

    def _lay_out(self) -> None:
        hint = label(EMPTY, tone="muted", wrap=True)
        self._pages = QStackedLayout()
        self._pages.addWidget(hint)
        self._pages.addWidget(self.plot)
        heading = row([overline("MOTION")])
        heading.addWidget(self._name, 1)
        heading.addWidget(self._unit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(HAIR)
        layout.addLayout(heading)
        layout.addLayout(self._pages)
        hint.setFixedHeight(PLOT_HEIGHT)
        self._show_page()

    def _follow_clip(self, clip: str | None) -> None:
        known = [facts for facts in self._bench.document.facts.clips if facts.name == clip]
        if clip is not None and known:
            self.clip = clip
            self.plot.show_curve(self._curve(clip), known[0].seconds, (known[0].active_start, known[0].active_end))
        # A clip that has stopped stays to be looked at; only its line goes.
        self._show_page()
        self._follow_place()

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(0 if self.clip is None else 1)
        self._name.show_text(self.clip or "")
        self._unit.setVisible(self.clip is not None)

    def _curve(self, clip: str) -> MotionCurve:
        if clip not in self._curves:
            body = find_body(self._glb, geometry(self._glb))
            self._curves[clip] = motion_curve(self._sampler, body, self._glb.clip_names.index(clip))
        return self._curves[clip]

    def _follow_place(self) -> None:
        if self.isVisible():
            actor = self._bench.actor
            self.plot.show_place(actor.clip_place if actor.playing is not None else None)

    def _scrub(self, seconds: float) -> None:
        if self.clip is None:
            return
        if self._bench.actor.playing != self.clip:
            self._bench.actor.audition(self.clip)
        self._bench.actor.seek(seconds)
        self._bench.canvas.refresh()
        self._follow_place()
