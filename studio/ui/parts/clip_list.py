"""The list of an avatar's clips: click or Space plays one, a drag carries it to a role."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.model.signals import Signal
from studio.ui.parts.links import link
from studio.ui.parts.marks import paint_pill
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import CAPTION, RADIUS

CLIP_MIME = "application/x-troupe-clip"
ROW_HEIGHT = 34
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class ClipRow:
    """One clip as the list shows it."""

    name: str
    seconds: float
    roles: tuple[str, ...]
    hidden: bool = False
    window: tuple[float, float] = (0.0, 0.0)
    """From when to when it moves, in seconds."""
    energy: float = 0.0
    """Mean speed of hands and head, body heights per second."""
    ailment: str = ""
    """What is wrong with it, in a sentence."""


class ClipRows(QAbstractListModel):
    """The rows, and which of them plays."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ClipRow, ...] = ()
        self.playing: str | None = None

    def show_rows(self, rows: tuple[ClipRow, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def show_playing(self, name: str | None) -> None:
        """Mark the row that plays."""
        self.playing = name
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many rows."""
        return len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What screen readers and the delegate ask for."""
        row = self.rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(row)
        return row if role == Qt.ItemDataRole.UserRole else None

    def tip(self, row: ClipRow) -> str:
        """What is said of a row under the pointer."""
        played = f"plays {', '.join(row.roles)}" if row.roles else "has no role"
        return f"{row.name}\n{row.seconds:.2f} s, {played}\nClick to play, drag to a role"

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rows can be chosen and dragged."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """What a drag carries."""
        return [CLIP_MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]  # Qt takes any sequence
        """The dragged clip's name."""
        carried = QMimeData()
        carried.setData(CLIP_MIME, self.rows[indexes[0].row()].name.encode())
        return carried


class ClipPainter(QStyledItemDelegate):
    """Paints a row: a mark that plays, the name, its roles, its seconds."""

    def __init__(self, theme: Theme, rows: ClipRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows
        self._font = parent.font()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All rows are as high."""
        return QSize(120, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint one row."""
        row = self._rows.rows[index.row()]
        place = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, place, state, playing=row.name == self._rows.playing)
        self._mark(painter, place, row, hovered=bool(state & QStyle.StateFlag.State_MouseOver))
        self._words(painter, place, row)
        painter.restore()

    def _ground(self, painter: QPainter, place: QRectF, state: QStyle.StateFlag, *, playing: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if playing:
            painter.setBrush(self._theme.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver or (
            state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus
        ):
            painter.setBrush(self._theme.colour("hover"))
        else:
            return
        painter.drawRoundedRect(place.adjusted(0, 1, 0, -1), RADIUS, RADIUS)

    def _mark(self, painter: QPainter, place: QRectF, row: ClipRow, *, hovered: bool) -> None:
        playing = row.name == self._rows.playing
        colour = self._theme.palette.accent_text if playing else self._theme.palette.muted
        if not (playing or hovered):
            colour = self._theme.palette.faint
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._theme.icons.pixmap("pause" if playing else "play", colour, 14, ratio)
        painter.drawPixmap(round(place.left() + 9), round(place.center().y() - 7), pixmap)

    def _words(self, painter: QPainter, place: QRectF, row: ClipRow) -> None:
        font = painter.font()
        right = place.right() - 10
        font.setPixelSize(CAPTION)
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted"))
        seconds = QRectF(right - 44, place.top(), 44, place.height())
        painter.drawText(seconds, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{row.seconds:.1f} s")
        right = self._pills(painter, place, row, right - 52)
        painter.setFont(self._font)
        painter.setPen(self._theme.colour("faint" if row.hidden else "text"))
        name = QRectF(place.left() + 32, place.top(), right - place.left() - 40, place.height())
        text = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideMiddle, int(name.width()))
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _pills(self, painter: QPainter, place: QRectF, row: ClipRow, right: float) -> float:
        font = painter.font()
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        shown = row.roles[:2] if len(row.roles) <= 2 else (row.roles[0], f"+{len(row.roles) - 1}")  # two fit
        for word in reversed(shown):
            width = painter.fontMetrics().horizontalAdvance(word) + 16
            pill = QRectF(right - width, place.center().y() - 9, width, 18)
            paint_pill(painter, self._theme, pill, word, "accent_text")
            right -= width + 4
        return right


class ClipList(QListView):
    """The clips; tells `chosen` when one is to play. It is as high as its rows: the panel scrolls."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chosen = Signal[[str]]()
        self.rows = ClipRows()
        self.setModel(self.rows)
        self.setItemDelegate(ClipPainter(theme, self.rows, self))
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Clips")
        self.setFixedHeight(0)
        self.clicked.connect(self._choose)
        link(self, theme.changed, self.viewport().update)

    def show_rows(self, rows: tuple[ClipRow, ...]) -> None:
        """Show clips."""
        if rows == self.rows.rows:
            return
        current = self.currentIndex().row()
        self.rows.show_rows(rows)
        self.setFixedHeight(len(rows) * ROW_HEIGHT)
        if 0 <= current < len(rows):
            self.setCurrentIndex(self.rows.index(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter play the clip under the cursor."""
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rows.rows[index.row()].name)
