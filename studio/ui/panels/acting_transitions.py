"""The Transitions page: how far joints leap where one clip gives way to another, as a map and as a list."""

import asyncio
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QLinearGradient, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from shared.contract.acting import ActingMap
from shared.contract.chatbot import ChatbotDraft
from shared.glb.transitions import Transition
from studio.model.changes import Changes, measured_changes
from studio.model.checklist import counted
from studio.model.signals import Signal
from studio.ui.bench import Bench
from studio.ui.panels.acting_stage import ActingStage
from studio.ui.parts.buttons import button
from studio.ui.parts.heat_map import GLARING, Heat, HeatMap, heat_colour
from studio.ui.parts.layout import box, card, clear, column, row, scrolled
from studio.ui.parts.links import link
from studio.ui.parts.notices import EmptyState, IconLabel
from studio.ui.parts.text import ElidedLabel, label, overline
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT, WIDE

FIRST_SHOWN = 12
PAUSE_SECONDS = 0.4
MEANING = (
    "How far a joint leaps where one clip gives way to another, which the crossfade must hide. In each cell: into the "
    "clip, and back. Click one to see it."
)
NOTHING = "Give a clip to idle or another posture, and a clip to a gesture: then every change between them is measured."
ADVICE = (
    "Long fades hide a leap, a shorter active window may avoid it, and so does a pose in Blender nearer the idle's."
)


class ChangeLine(QFrame):
    """One change of the list. Keys: Space and Enter play it."""

    def __init__(self, theme: Theme, change: Transition) -> None:
        super().__init__()
        self.played = Signal[[]]()
        self.setProperty("kind", "entry")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{change_words(change)}\nClick to see it")
        self.setAccessibleName(f"{change.from_clip} to {change.to_clip}, {change.jump:.0%}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(TIGHT, HAIR, SNUG, HAIR)
        layout.setSpacing(TIGHT)
        layout.addWidget(_Spot(theme, change.jump))
        layout.addWidget(ElidedLabel(change.from_clip), 1)
        layout.addWidget(IconLabel(theme, "arrow-right", "muted", 14))
        layout.addWidget(ElidedLabel(change.to_clip), 1)
        layout.addWidget(ElidedLabel(change.joint, "caption", "muted"), 1)
        percent = label(f"{change.jump:.0%}", "strong")
        percent.setFixedWidth(40)
        percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(percent)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Play it."""
        self.played.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that the class tells of."""
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.played.emit()
        else:
            super().keyPressEvent(event)


class _Spot(QWidget):
    """The colour that the map has for it."""

    def __init__(self, theme: Theme, jump: float) -> None:
        super().__init__()
        self._theme, self._jump = theme, jump
        self.setFixedSize(8, 24)
        link(self, theme.changed, self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(heat_colour(self._theme, self._jump))
        painter.drawRoundedRect(QRectF(0, 2, 6, 20), 3, 3)
        painter.end()


class Scale(QWidget):
    """What the colours mean."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(96, 8)
        link(self, theme.changed, self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ramp."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ramp = QLinearGradient(0, 0, self.width(), 0)
        for step in range(9):
            ramp.setColorAt(step / 8, heat_colour(self._theme, step / 8 * GLARING))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ramp)
        painter.drawRoundedRect(self.rect(), 4, 4)
        painter.end()


class TransitionsPage(QWidget):
    """Measured when it is looked at, and again when the map has changed."""

    def __init__(self, bench: Bench, stage: ActingStage) -> None:
        super().__init__()
        self._bench, self._stage = bench, stage
        self.changes = Changes()
        self._measured: ActingMap | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._most = FIRST_SHOWN
        self.map = HeatMap(bench.theme)
        self.map.chosen.connect(self.play)
        self._summary = label("", "strong")
        self._list = QVBoxLayout()
        self._list.setSpacing(HAIR)
        self._lay_out()
        tasks = self._tasks
        self.destroyed.connect(lambda: [task.cancel() for task in tasks])

    def _lay_out(self) -> None:
        words = (
            label("0 %", "caption"),
            Scale(self._bench.theme),
            label(f"{GLARING * 100:.0f} % of the height", "caption"),
        )
        heading = row([self._summary, None, *words], spacing=HAIR + 2)
        heading.addStrut(30)
        listed = column([overline("WORST FIRST"), self._list, label(ADVICE, "caption", wrap=True)], spacing=TIGHT)
        body = column([label(MEANING, "caption", wrap=True), heading, card([self.map], margin=SNUG), listed, None])
        body.setSpacing(SNUG)
        body.setContentsMargins(WIDE, ROOM, WIDE, WIDE)
        self.area = scrolled(box(body))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.area)
        self._pages.addWidget(EmptyState(self._bench.theme, "waypoints", "No changes yet", NOTHING))

    def play(self, first: str, then: str) -> None:
        """Show one clip giving way to another on the avatar."""
        self._stage.glance.keep()
        self._bench.actor.show_change(first, then, self.changes.postures)

    def entered(self) -> None:
        """It came on screen: measure, if the map has changed since."""
        running = any(not task.done() for task in self._tasks)
        if not running and self._bench.draft.acting != self._measured:
            self._tasks[:] = [self._bench.tasks.spawn("Measuring transitions", self._measure())]

    def show_draft(self, draft: ChatbotDraft) -> None:
        """The map has changed."""
        if self.isVisible():
            self.entered()

    async def _measure(self) -> None:
        report = self._bench.tasks.reporter()
        gallery = self._stage.gallery
        while self._bench.draft.acting != self._measured:
            if self._measured is not None:
                await asyncio.sleep(PAUSE_SECONDS)
            acting = self._bench.draft.acting
            found = await asyncio.to_thread(measured_changes, gallery.sampler, gallery.body, acting, report)
            self._measured = acting
            if found != self.changes:
                self._show(found)
        self._pages.setCurrentIndex(0 if self.changes.rows else 1)

    def _show(self, changes: Changes) -> None:
        self.changes = changes
        self._summary.setText(counted(len(changes.rows), "change"))
        self.map.show_heat(Heat(changes.postures, self._order(), self._jump, self._words))
        self._show_list()

    def _order(self) -> tuple[str, ...]:
        """The loops first; then gestures, those that leap farthest first."""
        worst: dict[str, float] = {}
        for one in self.changes.rows:
            for clip in (one.from_clip, one.to_clip):
                worst[clip] = max(worst.get(clip, 0.0), one.jump)
        gestures = sorted(self.changes.gestures, key=lambda clip: -worst.get(clip, 0.0))
        return (*self.changes.postures, *gestures)

    def _jump(self, first: str, then: str) -> float | None:
        found = self.changes.between(first, then)
        return None if found is None else found.jump

    def _words(self, first: str, then: str) -> str:
        found = self.changes.between(first, then)
        return "" if found is None else change_words(found)

    def _show_list(self) -> None:
        clear(self._list)
        for one in self.changes.rows[: self._most]:
            line = ChangeLine(self._bench.theme, one)
            line.played.connect(partial(self.play, one.from_clip, one.to_clip))
            self._list.addWidget(line)
        rest = len(self.changes.rows) - self._most
        if rest > 0:
            more = min(rest, 3 * FIRST_SHOWN)
            shown = button(
                self._bench.theme, f"Show {more} more of {rest}", partial(self._show_more, more), kind="quiet"
            )
            self._list.addLayout(row([shown, None]))

    def _show_more(self, more: int) -> None:
        self._most += more
        self._show_list()


def change_words(change: Transition) -> str:
    """What a change does, in a sentence."""
    return (
        f"{change.from_clip} at {change.from_seconds:.2f} s → {change.to_clip} at {change.to_seconds:.2f} s:\n"
        f"{change.joint} leaps {change.jump:.0%} of the body's height"
    )
