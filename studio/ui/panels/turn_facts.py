"""How a turn went: a small waterfall of its times, and who answered for how many tokens and how much money."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from shared.contract.turn import Timings, TurnFinished, Usage
from studio.ui.parts.layout import column
from studio.ui.parts.links import link
from studio.ui.parts.text import ElidedLabel, label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import CAPTION, HAIR, SNUG, TIGHT

ROW = 18
NAMES_WIDTH, VALUES_WIDTH = 76, 56
LEAST_BAR = 2.0
MICROUNITS = 1_000_000
FACTS_WIDTH = 248


def seconds_text(seconds: float) -> str:
    """A time to read: milliseconds below ten seconds."""
    return f"{seconds * 1000:,.0f} ms" if seconds < 10 else f"{seconds:.1f} s"


def cost_text(usage: Usage) -> str:
    """What it cost: never zero for a price that is not known."""
    if usage.cost_microunits is None:
        return "price not known"
    if usage.cost_microunits == 0:
        return "free"
    return f"${usage.cost_microunits / MICROUNITS:.4f}"


def tokens_text(usage: Usage) -> str:
    """Tokens in and out, with what came from the provider's cache."""
    if not usage.input_tokens and not usage.output_tokens:
        return "no tokens"
    cached = f" ({usage.cached_tokens:,} cached)" if usage.cached_tokens else ""
    return f"{usage.input_tokens:,}{cached} + {usage.output_tokens:,} tokens"


def spans_of(timings: Timings) -> list[tuple[str, float, float]]:
    """The stages of a turn with their beginnings and ends, in seconds; those that did not happen are left out."""
    searched = timings.retrieved
    token, delta = timings.first_token, timings.first_delta
    stages = [
        ("Searched", 0.0, searched),
        ("First token", searched or 0.0, token),
        ("First words", token if token is not None else searched or 0.0, delta),
        ("Finished", delta or 0.0, timings.finished),
    ]
    return [(name, start, end) for name, start, end in stages if end is not None]


class Waterfall(QWidget):
    """Stages one below the other, each where the one before ended."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._timings: Timings | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        link(self, theme.changed, self.update)

    def show_timings(self, timings: Timings | None) -> None:
        """Show a turn's times; None is a turn that has not ended."""
        self._timings = timings
        told = spans_of(timings) if timings else []
        self.setAccessibleName("; ".join(f"{name} after {seconds_text(end)}" for name, _, end in told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for four stages."""
        return QSize(200, 4 * ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint names, bars, times."""
        if self._timings is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(CAPTION)
        painter.setFont(font)
        room = self.width() - NAMES_WIDTH - VALUES_WIDTH
        whole = max(self._timings.finished, 1e-6)
        for number, (name, start, end) in enumerate(spans_of(self._timings)):
            top = number * ROW
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(QRectF(0, top, NAMES_WIDTH, ROW), int(Qt.AlignmentFlag.AlignVCenter), name)
            painter.setPen(self._theme.colour("text"))
            right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(QRectF(self.width() - VALUES_WIDTH, top, VALUES_WIDTH, ROW), right, seconds_text(end))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent" if name == "First words" else "line_strong"))
            length = max((end - start) / whole * room, LEAST_BAR)
            left = min(NAMES_WIDTH + start / whole * room, NAMES_WIDTH + room - LEAST_BAR)
            painter.drawRoundedRect(QRectF(left, top + 6, length, ROW - 12), 2, 2)
        painter.end()


class TurnFacts(QFrame):
    """Waterfall, model, tokens, cost, and who failed before."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFixedWidth(FACTS_WIDTH)
        self.waterfall = Waterfall(theme)
        self.model = ElidedLabel("", "strong")
        self.usage = label("", "caption", "muted", wrap=True)
        self.fallbacks = label("", "caption", "warning", wrap=True)
        self.fallbacks.hide()
        words = column([self.model, self.usage, self.fallbacks], spacing=HAIR)
        layout = column([words, self.waterfall, None], spacing=TIGHT)
        layout.setContentsMargins(SNUG, SNUG, SNUG, TIGHT)
        self.setLayout(layout)

    def show_finish(self, finished: TurnFinished | None) -> None:
        """Show how a turn went; None is one that has not ended well, or not yet."""
        self.waterfall.show_timings(finished.timings if finished else None)
        self.model.show_text(finished.answered_by if finished else "…")
        told = f"{tokens_text(finished.usage)} · {cost_text(finished.usage)}" if finished else ""
        self.usage.setText(told)
        failed = "\n".join(f"fell back from {one}" for one in finished.fallbacks) if finished else ""
        self.fallbacks.setText(failed)
        self.fallbacks.setVisible(bool(failed))
