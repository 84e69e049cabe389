"""The shelf: every clip as a card with its picture, its length, when it moves and how much.

Resting on a card plays it for as long as the pointer stays; a click opens it; a drag carries it to a role.
"""

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QListView

from studio.model.signals import Signal
from studio.ui.parts.clip_card import CARD_HEIGHT, COMPACT_HEIGHT, COMPACT_WIDTH, GAP, CardLook, CardPainter
from studio.ui.parts.clip_list import ClipRow, ClipRows
from studio.ui.parts.links import link
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, SCROLL_BAR

LEAST_CARD = 112
SIDEWAYS_BAR = 14
"""Room for a scroll bar below, in pixels."""
HOVER_MILLISECONDS = 220
"""Long enough to cross the shelf without setting anything off."""


class ShelfRows(ClipRows):
    """The rows, as the shelf explains them."""

    def tip(self, row: ClipRow) -> str:
        """What is said of a card under the pointer."""
        lines = [row.name, f"Plays {', '.join(row.roles)}" if row.roles else "Has no role yet"]
        lines.append(f"Moves from {row.window[0]:.2f} to {row.window[1]:.2f} s, {row.energy:.2f} body heights a second")
        lines += [row.ailment] if row.ailment else []
        return "\n".join([*lines, "Rest here to see it, click to open it, drag it to a role"])


class ClipShelf(QListView):
    """Cards in a grid that fills the width; it scrolls by itself."""

    def __init__(self, theme: Theme, look: CardLook, *, compact: bool = False) -> None:
        """A `compact` shelf is one line of small cards, and scrolls sideways."""
        super().__init__()
        self._compact = compact
        self.opened = Signal[[str]]()
        self.toggled = Signal[[str]]()
        """Space: play it, or stop."""
        self.hovered = Signal[[str | None]]()
        """The pointer has come to rest on a clip, or left it."""
        self.rows = ShelfRows()
        self._over: str | None = None
        self._told: str | None = None
        self._rest = QTimer(self, singleShot=True, interval=HOVER_MILLISECONDS)
        self._rest.timeout.connect(self._tell)
        self.setModel(self.rows)
        self._painter = CardPainter(theme, self.rows, look, self, compact=compact)
        self.setItemDelegate(self._painter)
        self._settle()
        self.clicked.connect(lambda index: self.opened.emit(self.rows.rows[index.row()].name))
        link(self, theme.changed, self.viewport().update)

    def _settle(self) -> None:
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(CARD_HEIGHT // 3)
        self.setAccessibleName("Clips")
        if self._compact:
            self.setWrapping(False)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
            self.setFixedHeight(COMPACT_HEIGHT + SIDEWAYS_BAR)
            self._painter.size = QSize(COMPACT_WIDTH + GAP, COMPACT_HEIGHT + GAP)
            self.setGridSize(self._painter.size)

    def show_rows(self, rows: tuple[ClipRow, ...]) -> None:
        """Show clips; the one under the cursor stays under it."""
        if rows == self.rows.rows:
            return
        current = self.current
        self.rows.show_rows(rows)
        self.show_current(current)

    @property
    def current(self) -> str | None:
        """The clip under the keyboard's cursor."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].name if 0 <= index.row() < len(self.rows.rows) else None

    def show_current(self, clip: str | None) -> None:
        """Put the cursor on a clip, and bring it into sight."""
        place = next((n for n, row in enumerate(self.rows.rows) if row.name == clip), None)
        if place is not None:
            self.setCurrentIndex(self.rows.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays, Enter opens; the arrows go from card to card."""
        if event.key() == Qt.Key.Key_Space and self.current is not None:
            self.toggled.emit(self.current)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current is not None:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See which card the pointer is on."""
        super().mouseMoveEvent(event)
        # While a button is held it is a drag, or a click that is not finished.
        held = event.buttons() != Qt.MouseButton.NoButton
        self._point_at(None if held else self._clip_at(self.indexAt(event.position().toPoint())))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel that turns up and down goes sideways along a line."""
        turned = event.angleDelta().y()
        if self._compact and turned:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turned)
            event.accept()
        else:
            super().wheelEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the width with as many cards as fit."""
        if self._compact:
            super().resizeEvent(event)
            return
        # With or without a scroll bar: one that comes must not take a column away.
        width = self.width() - SCROLL_BAR - HAIR
        columns = max((width + GAP) // (LEAST_CARD + GAP), 1)
        # A column that ends exactly at the edge would be put on the next line.
        self._painter.size = QSize((width - 1) // columns, CARD_HEIGHT + GAP)
        self.setGridSize(self._painter.size)
        super().resizeEvent(event)

    def _clip_at(self, index: QModelIndex) -> str | None:
        return self.rows.rows[index.row()].name if index.isValid() else None

    def _point_at(self, clip: str | None) -> None:
        if clip == self._over:
            return
        self._over = clip
        self._rest.start() if clip is not None else self._tell()

    def _tell(self) -> None:
        self._rest.stop()
        if self._over != self._told:
            self._told = self._over
            self.hovered.emit(self._over)
