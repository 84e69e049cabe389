"""Tabs inside a panel: words with a line under the one that is open, and a number where something waits."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QTabBar

from studio.ui.parts.links import link
from studio.ui.parts.marks import SOFT
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import BODY, RADIUS

HEIGHT = 40
LEAST_GAP, MOST_GAP = 7, 12
"""Beside a tab's words, in pixels."""
LINE = 2
BADGE = 16


class Tabs(QTabBar):
    """Keys: Left and Right go from tab to tab."""

    def __init__(self, theme: Theme, words: Sequence[tuple[str, str]]) -> None:
        """Words come with the tooltips that say what is there."""
        super().__init__()
        self._theme = theme
        self._marks: dict[int, tuple[str, str]] = {}
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setMouseTracking(True)
        # What is dragged from one page to another finds its way over the tabs.
        self.setAcceptDrops(True)
        self.setChangeCurrentOnDrag(True)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for place, (word, tip) in enumerate(words):
            self.addTab(word)
            self.setTabToolTip(place, tip)
        link(self, theme.changed, self.update)

    def show_mark(self, place: int, text: str, tone: str = "muted") -> None:
        """Put a number beside a tab's words; an empty text takes it away."""
        if self._marks.get(place, ("", "")) == (text, tone):
            return
        self._marks[place] = (text, tone)
        # Qt measures tabs anew when a text changes, even to the same one.
        self.setTabText(place, self.tabText(place))
        self.updateGeometry()
        self.update()

    def mark(self, place: int) -> str:
        """The number beside a tab's words."""
        return self._marks.get(place, ("", ""))[0]

    def tabSizeHint(self, index: int) -> QSize:
        """As wide as the words, closer together where the panel is narrow."""
        words = [self._words_width(place) for place in range(self.count())]
        parent = self.parentWidget()
        free = (parent.width() if parent is not None else 0) - sum(words)
        gap = min(max(free // (2 * max(len(words), 1)), LEAST_GAP), MOST_GAP)
        return QSize(words[index] + 2 * gap, HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never cut."""
        return QSize(self._words_width(index) + 2 * LEAST_GAP, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, the line, the numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self.count()):
            self._paint_tab(painter, place)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Go dark again."""
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is below."""
        event.ignore()

    def _words_width(self, place: int) -> int:
        mark = self._marks.get(place, ("", ""))[0]
        return self._metrics_width(self.tabText(place)) + (self._badge_width(mark) + 5 if mark else 0)

    def _metrics_width(self, text: str) -> int:
        font = self.font()
        font.setPixelSize(BODY)
        font.setWeight(font.Weight.DemiBold)
        self.setFont(font)
        return self.fontMetrics().horizontalAdvance(text)

    def _badge_width(self, text: str) -> int:
        return max(BADGE, self.fontMetrics().horizontalAdvance(text) + 8)

    def _paint_tab(self, painter: QPainter, place: int) -> None:
        area, chosen = QRectF(self.tabRect(place)), place == self.currentIndex()
        over = self.underMouse() and area.contains(self.mapFromGlobal(self.cursor().pos()))
        inner = area.adjusted((area.width() - self._words_width(place)) / 2, 0, 0, 0)
        painter.setFont(self.font())
        painter.setPen(self._theme.colour("text" if chosen or over else "muted"))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.tabText(place))
        self._paint_badge(painter, place, inner)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(self._theme.colour("accent"))
            painter.drawRoundedRect(area.adjusted(4, HEIGHT - LINE, -4, 0), 1, 1)
        if chosen and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.colour("accent"))
            painter.drawRoundedRect(area.adjusted(1, 5, -1, -6), RADIUS, RADIUS)

    def _paint_badge(self, painter: QPainter, place: int, inner: QRectF) -> None:
        text, tone = self._marks.get(place, ("", ""))
        if not text:
            return
        left = inner.left() + self.fontMetrics().horizontalAdvance(self.tabText(place)) + 5
        spot = QRectF(left, (HEIGHT - BADGE) / 2, self._badge_width(text), BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(SOFT.get(tone, "line")))
        painter.drawRoundedRect(spot, BADGE / 2, BADGE / 2)
        font = painter.font()
        font.setPixelSize(10)
        painter.setFont(font)
        painter.setPen(self._theme.colour(tone))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
