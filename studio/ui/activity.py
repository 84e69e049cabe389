"""What goes on in the background: a button that tells, and a card with progress, a way to cancel, and what failed."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QToolButton, QVBoxLayout, QWidget

from studio.ui.parts.buttons import IconButton
from studio.ui.parts.layout import box, clear, column, row
from studio.ui.parts.links import link
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.popup import Popup
from studio.ui.parts.text import ElidedLabel, label, overline
from studio.ui.problems import ProblemText
from studio.ui.tasks import Job, Tasks
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, TIGHT

WIDTH = 340
SIZE = 30
PATIENCE_MILLISECONDS = 600
"""Work that is over sooner is not worth a mark."""
TURN_MILLISECONDS, TURN_DEGREES, ARC_DEGREES = 40, 14, 90


class ActivityButton(QToolButton):
    """A ring that fills, or turns while nobody knows how far it is. Hidden when there is nothing to tell."""

    def __init__(self, theme: Theme, tasks: Tasks) -> None:
        super().__init__()
        self._theme, self._tasks = theme, tasks
        self._angle = 0
        self.setFixedSize(SIZE, SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Background work")
        self.clicked.connect(lambda _checked=False: self.open())
        self._turning = QTimer(self)
        self._turning.setInterval(TURN_MILLISECONDS)
        self._turning.timeout.connect(self._turn)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(PATIENCE_MILLISECONDS)
        self._waiting.timeout.connect(self._show_state)
        link(self, tasks.busy_changed, self._waiting.start)
        link(self, theme.changed, self.update)
        self._show_state()

    def open(self) -> None:
        """Open the card."""
        ActivityCard(self._theme, self, self._tasks).open_below(self)

    @property
    def fraction(self) -> float | None:
        """How far all work is together; None when some of it cannot say."""
        known = [job.fraction for job in self._tasks.jobs]
        if not known or any(one is None for one in known):
            return None
        return sum(one or 0.0 for one in known) / len(known)

    def _show_state(self) -> None:
        busy, failed = len(self._tasks.jobs), len(self._tasks.failures)
        self.setVisible(bool(busy or failed))
        names = ", ".join(self._tasks.names)
        self.setToolTip(f"{names}…" if busy else "Something went wrong lately. Click to see what.")
        if busy:
            self._turning.start()
        else:
            self._turning.stop()
        self.update()

    def _turn(self) -> None:
        self._angle = (self._angle + TURN_DEGREES) % 360
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring, or the mark of a failure."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._tasks.jobs:
            self._paint_ring(painter)
        elif self._tasks.failures:
            icon = self._theme.icons.pixmap("error", self._theme.palette.danger, 18, self.devicePixelRatioF())
            painter.drawPixmap((SIZE - 18) // 2, (SIZE - 18) // 2, icon)
        painter.end()

    def _paint_ring(self, painter: QPainter) -> None:
        place = QRectF(7, 7, SIZE - 14, SIZE - 14)
        pen = QPen(self._theme.colour("line_strong"), 2.4)
        painter.setPen(pen)
        painter.drawEllipse(place)
        pen.setColor(self._theme.colour("accent_text"))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        fraction = self.fraction
        if fraction is None:
            painter.drawArc(place, -self._angle * 16, -ARC_DEGREES * 16)
        else:
            painter.drawArc(place, 90 * 16, round(-360 * 16 * fraction))


class JobRow(QWidget):
    """One piece of work: name, what it is doing, bar, cancel."""

    def __init__(self, theme: Theme, job: Job) -> None:
        super().__init__()
        self._job = job
        self._words = ElidedLabel("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        cancel = IconButton(theme, "close", f"Cancel: {job.name}", job.cancel, size=14)
        words = column([label(job.name, "strong"), self._words, self._bar], spacing=HAIR)
        self.setLayout(row([box(words), cancel], margin=HAIR))
        link(self, job.changed, self._show)
        self._show()

    def _show(self) -> None:
        self._words.show_text(self._job.words)
        self._words.setVisible(bool(self._job.words))
        self._bar.setRange(0, 0 if self._job.fraction is None else 1000)
        self._bar.setValue(round(1000 * (self._job.fraction or 0.0)))


class ActivityCard(Popup):
    """Everything that goes on, then what went wrong lately."""

    def __init__(self, theme: Theme, parent: QWidget, tasks: Tasks) -> None:
        super().__init__(parent, WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme, self._tasks = theme, tasks
        self._rows = QVBoxLayout()
        self._rows.setSpacing(TIGHT)
        self.inside.addLayout(self._rows)
        link(self, tasks.busy_changed, self._fill)
        self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        self._rows.addWidget(overline("GOING ON"))
        for job in self._tasks.jobs:
            self._rows.addWidget(JobRow(self._theme, job))
        if not self._tasks.jobs:
            self._rows.addWidget(label("Nothing just now.", tone="muted"))
        if self._tasks.failures:
            self._rows.addWidget(self._failures_heading())
        for name, problem in reversed(self._tasks.failures):
            self._rows.addWidget(self._failure(name, problem))
        self.adjustSize()

    def _failures_heading(self) -> QWidget:
        forget = IconButton(self._theme, "trash", "Forget these", self._forget_failures, size=14)
        return box(row([overline("WENT WRONG"), None, forget]))

    def _failure(self, name: str, problem: ProblemText) -> QWidget:
        words = column([label(name, "strong"), label(problem.sentence, "caption", wrap=True)], spacing=0)
        line = row([], spacing=TIGHT, margin=HAIR)
        line.addWidget(IconLabel(self._theme, "error", "danger", 16), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return box(line)

    def _forget_failures(self) -> None:
        self._tasks.failures.clear()
        self.close()
        self._tasks.busy_changed.emit()
