"""The timeline below the viewport: the clip that is looked at, over time. Scrubs it, and moves its active window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from shared.acting.vocabulary import GESTURE_IN_SECONDS, GESTURE_OUT_SECONDS
from shared.contract.acting import ClipSettings
from shared.contract.avatar import ClipFacts
from shared.contract.chatbot import ChatbotDraft
from studio.model.acting_edits import clip_facts, settings_of, with_settings_changed, with_window
from studio.ui.bench import Bench
from studio.ui.panels.clip_gallery import ClipGallery
from studio.ui.panels.motion_curves import ENERGY, MEANINGS, energy_curves, joint_curves
from studio.ui.parts.buttons import Combo, IconButton
from studio.ui.parts.layout import row
from studio.ui.parts.links import link
from studio.ui.parts.motion_plot import PLOT_HEIGHT, MotionPlot, Window
from studio.ui.parts.text import ElidedLabel, label, overline
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT

EMPTY = (
    "Rest on a clip or click it: here you see when it moves. Drag to scrub, drag the edges of the shaded part to "
    "choose what plays. Keys: Space, ← and →, Home, End, [ and ] for the edges."
)
FIRST_HEIGHT = 178
FRAME_SECONDS = 1 / 30
LARGE_STEP = 10
"""Frames, with Shift held."""


class Timeline(QWidget):
    """Follows the actor. Curves are measured when they are first looked at, and kept by the gallery."""

    def __init__(self, bench: Bench, gallery: ClipGallery) -> None:
        super().__init__()
        self._bench, self._gallery = bench, gallery
        self.clip: str | None = None
        self.setObjectName("transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Timeline")
        self.plot = MotionPlot(bench.theme)
        self.plot.scrubbed.connect(self.scrub)
        self.plot.windowed.connect(self.set_window)
        self.plot.settled.connect(bench.document.settle)
        self.curve = self._curve_choice()
        self.measured = IconButton(bench.theme, "ruler", "Back to the window as it was measured", self.reset, size=15)
        self._name = ElidedLabel("", "strong")
        self._facts = label("", "caption")
        self._lay_out()
        link(self, bench.actor.playing_changed, self._follow_clip)
        link(self, bench.document.draft_changed, self.show_draft)
        bench.canvas.frameSwapped.connect(self._follow_place)
        self._follow_clip(bench.actor.playing)

    def _curve_choice(self) -> Combo:
        made = Combo(self._bench.theme)
        made.setProperty("kind", "quiet")
        made.setAccessibleName("What the curve shows")
        made.addItem(ENERGY, None)
        names = self._gallery.node_names
        joints = [int(node) for node in (*self._gallery.body.ends, *self._gallery.body.joints)]
        for joint in dict.fromkeys(joints):
            made.addItem(names[joint], joint)
        made.setMaximumWidth(170)
        made.activated.connect(lambda _index: self._show_curves())
        return made

    def _lay_out(self) -> None:
        hint = label(EMPTY, tone="muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._pages = QStackedLayout()
        self._pages.addWidget(hint)
        self._pages.addWidget(self.plot)
        heading = row([overline("TIMELINE")], spacing=SNUG)
        # As high without its choices as with them.
        heading.addStrut(34)
        heading.addWidget(self._name, 1)
        heading.addWidget(self._facts)
        heading.addWidget(self.curve)
        heading.addWidget(self.measured)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, TIGHT, ROOM, TIGHT)
        layout.setSpacing(HAIR)
        layout.addLayout(heading)
        layout.addLayout(self._pages, 1)
        hint.setMinimumHeight(PLOT_HEIGHT)

    def sizeHint(self) -> QSize:
        """As high as a curve needs to be read; who wants more drags the edge above."""
        return QSize(600, FIRST_HEIGHT)

    @property
    def facts(self) -> ClipFacts | None:
        """What was measured of the clip that is shown."""
        return clip_facts(self._bench.document.facts, self.clip)

    def scrub(self, seconds: float) -> None:
        """Stand still at a place of the clip."""
        if self.clip is None:
            return
        if self._bench.actor.playing != self.clip:
            self._bench.actor.audition(self.clip)
        self._bench.actor.seek(seconds)
        self._bench.canvas.refresh()
        self._follow_place()

    def set_window(self, start: float, end: float) -> None:
        """Make another part of the clip the one that plays."""
        facts = self.facts
        if facts is not None:
            after = with_window(self._bench.draft, facts, start, end)
            self._bench.document.change(f"Move the window of {facts.name}", after, gesture=f"window.{facts.name}")

    def reset(self) -> None:
        """Back to the window as it was measured."""
        facts = self.facts
        if facts is not None:
            fields = {"active_start": facts.active_start, "active_end": facts.active_end}
            after = with_settings_changed(self._bench.draft, facts, **fields)
            self._bench.document.change(f"Measure the window of {facts.name}", after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, arrows, Home and End, and the brackets for the window's edges."""
        if self.clip is None or not self._take_key(event):
            super().keyPressEvent(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        actor, facts = self._bench.actor, self.facts
        if facts is None:
            return False
        frames = LARGE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        place = actor.clip_place if actor.playing == self.clip else 0.0
        window = self.plot.window_shown
        places: dict[int, float] = {
            Qt.Key.Key_Left: place - frames * FRAME_SECONDS,
            Qt.Key.Key_Right: place + frames * FRAME_SECONDS,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: facts.seconds,
        }
        if event.key() in places:
            self.scrub(places[event.key()])
        elif event.key() == Qt.Key.Key_Space:
            self._play_or_pause()
        elif event.key() in {Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight}:
            left = event.key() == Qt.Key.Key_BracketLeft
            self.set_window(*((place, window.end) if left else (window.start, place)))
            self._bench.document.settle()
        else:
            return False
        return True

    def _play_or_pause(self) -> None:
        if self._bench.actor.playing != self.clip and self.clip is not None:
            self._bench.actor.audition(self.clip)
        else:
            self._bench.actor.toggle_pause()

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the window, fades and seam as the map has them."""
        facts = self.facts
        if facts is None:
            return
        settings = settings_of(draft.acting, facts)
        self.plot.show_window(_window(settings, facts, draft.acting.snappiness))
        self.plot.show_seam(facts.seam_error if settings.loop else None)
        moved = (settings.active_start, settings.active_end) != (facts.active_start, facts.active_end)
        self.measured.setEnabled(moved)
        seam = f" · seam {facts.seam_error:.0%}" if settings.loop else ""
        start, end = self.plot.window_shown.start, self.plot.window_shown.end
        self._facts.setText(f"plays {start:.2f} to {end:.2f} of {facts.seconds:.2f} s{seam}")

    def show_clip(self, clip: str | None) -> None:
        """Show a clip, whether it plays or not; one that nobody knows changes nothing."""
        if clip_facts(self._bench.document.facts, clip) is not None and clip != self.clip:
            self.clip = clip
            self._show_curves()
            self.show_draft(self._bench.draft)
            self._show_page()

    def _follow_clip(self, clip: str | None) -> None:
        self.show_clip(clip)
        self._show_page()
        self._follow_place()

    def _show_page(self) -> None:
        # A clip that has stopped stays to be looked at; only its line goes.
        known = self.clip is not None
        self._pages.setCurrentIndex(1 if known else 0)
        self._name.show_text(self.clip or "")
        for widget in (self.curve, self.measured, self._facts):
            widget.setVisible(known)

    def _show_curves(self) -> None:
        facts, joint = self.facts, self.curve.currentData()
        if facts is None:
            return
        curve = self._gallery.curve(facts.name)
        if joint is None and curve is not None:
            self.plot.show_curves(energy_curves(curve, facts.seconds), facts.seconds)
        elif joint is not None:
            gallery = self._gallery
            shown = joint_curves(gallery.sampler, gallery.body, facts.name, facts.seconds, int(joint))
            self.plot.show_curves(shown, facts.seconds)
        self.plot.setToolTip(MEANINGS[joint is None])

    def _follow_place(self) -> None:
        if self.isVisible():
            actor = self._bench.actor
            self.plot.show_place(actor.clip_place if actor.playing == self.clip and self.clip else None)


def _window(settings: ClipSettings, facts: ClipFacts, snappiness: float) -> Window:
    end = facts.seconds if settings.active_end is None else min(settings.active_end, facts.seconds)
    given_in, given_out = settings.fade_in_seconds, settings.fade_out_seconds
    fade_in = GESTURE_IN_SECONDS / snappiness if given_in is None else given_in
    fade_out = GESTURE_OUT_SECONDS / snappiness if given_out is None else given_out
    # Fades last so long on the clock; in the clip's own time, a faster clip goes farther meanwhile.
    return Window(settings.active_start, end, fade_in * settings.speed, fade_out * settings.speed)
