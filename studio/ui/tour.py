"""The tour: a light on one part of the window after another, and a few words about each."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.model.checklist import Section
from studio.model.signals import Signal
from studio.ui.parts.buttons import button
from studio.ui.parts.layout import row
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, RADIUS_LARGE, ROOM, SNUG, TIGHT

CARD_WIDTH = 330
SHADE = QColor(8, 9, 12, 150)


@dataclass(frozen=True)
class Stop:
    """One stop of the tour."""

    title: str
    text: str
    section: Section | None = None
    """Shown before its light goes on."""
    lit: Callable[[], QWidget | None] = lambda: None
    """What the light falls on; None lights nothing, and the card stands in the middle."""


class TourCard(QFrame):
    """Title, words, how far one is, and the ways on."""

    def __init__(self, theme: Theme, back: Callable[[], object], on: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "toast")
        self.setFixedWidth(CARD_WIDTH)
        self.title, self.words = label("", "title", wrap=True), label("", tone="muted", wrap=True)
        self.count = label("", "caption")
        self.back = button(theme, "Back", back, kind="quiet")
        self.on = button(theme, "Next", on, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, ROOM, ROOM, SNUG)
        layout.setSpacing(TIGHT)
        layout.addWidget(self.title)
        layout.addWidget(self.words)
        layout.addSpacing(HAIR)
        layout.addLayout(row([self.count, None, self.back, self.on]))


class Tour(QWidget):
    """Lies over the whole window until it is over. Keys: right or Enter on, left back, Esc ends."""

    def __init__(self, theme: Theme, window: QWidget, stops: tuple[Stop, ...], show: Callable[[Section], None]) -> None:
        super().__init__(window)
        self.ended = Signal[[]]()
        self._theme, self._stops, self._show, self._at = theme, stops, show, 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Tour")
        self.card = TourCard(theme, self.back, self.on)
        self.card.setParent(self)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self._show_stop()

    @property
    def stop(self) -> Stop:
        """Where the tour is."""
        return self._stops[self._at]

    def on(self) -> None:
        """To the next stop, or to the end."""
        if self._at + 1 == len(self._stops):
            self.end()
            return
        self._at += 1
        self._show_stop()

    def back(self) -> None:
        """To the stop before."""
        self._at = max(0, self._at - 1)
        self._show_stop()

    def end(self) -> None:
        """Put the lights back on."""
        self.ended.emit()
        self.close()

    def _show_stop(self) -> None:
        stop, card = self.stop, self.card
        if stop.section is not None:
            self._show(stop.section)
        card.title.setText(stop.title)
        card.words.setText(stop.text)
        card.count.setText(f"{self._at + 1} of {len(self._stops)} · Esc ends")
        card.back.setVisible(self._at > 0)
        card.on.setText("Done" if self._at + 1 == len(self._stops) else "Next")
        self._place()

    def _place(self) -> None:
        card = self.card
        card.adjustSize()
        card.resize(CARD_WIDTH, max(card.heightForWidth(CARD_WIDTH), card.sizeHint().height()))
        card.move(beside(self._light(), card.rect(), self.rect()))
        self.update()

    def _light(self) -> QRect:
        lit = self.stop.lit()
        if lit is None or not lit.isVisible():
            return QRect()
        corner = lit.mapTo(self.window(), QPoint(0, 0)) - self.pos()
        return QRect(corner, lit.size()).intersected(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shade all but what is lit."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade, light = QPainterPath(), self._light()
        shade.addRect(QRectF(self.rect()))
        if not light.isEmpty():
            shade.addRoundedRect(QRectF(light), RADIUS_LARGE, RADIUS_LARGE)
            shade.setFillRule(Qt.FillRule.OddEvenFill)
        painter.fillPath(shade, SHADE)
        if not light.isEmpty():
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(light).adjusted(1, 1, -1, -1), RADIUS_LARGE, RADIUS_LARGE)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by keyboard."""
        if event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.on()
        elif event.key() == Qt.Key.Key_Left:
            self.back()
        elif event.key() == Qt.Key.Key_Escape:
            self.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the click: what is lit is shown, not used, on the tour."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self._place()
        return False


def beside(light: QRect, card: QRect, whole: QRect) -> QPoint:
    """Where a card stands that shall not cover the light: right of it, left of it, below it, or else inside it."""
    if light.isEmpty():
        return whole.center() - card.center()
    free = whole.adjusted(SNUG, SNUG, -SNUG, -SNUG)
    top = max(free.top(), min(light.top() + ROOM, free.bottom() - card.height()))
    if light.right() + SNUG + card.width() <= free.right():
        return QPoint(light.right() + SNUG, top)
    if light.left() - SNUG - card.width() >= free.left():
        return QPoint(light.left() - SNUG - card.width(), top)
    left = max(free.left(), min(light.center().x() - card.width() // 2, free.right() - card.width()))
    if light.bottom() + SNUG + card.height() <= free.bottom():
        return QPoint(left, light.bottom() + SNUG)
    return QPoint(left, light.bottom() - card.height() - SNUG)
