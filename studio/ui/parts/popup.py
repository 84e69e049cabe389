"""A card that opens below a button, and goes when something else is clicked or Esc is pressed."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.ui.theme.tokens import HAIR, TIGHT


class Popup(QFrame):
    """Put content into `inside`, then `open_below` a widget."""

    def __init__(self, parent: QWidget, width: int) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setProperty("kind", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(width)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        self.inside.setSpacing(HAIR)

    def open_below(self, anchor: QWidget) -> None:
        """Show it under `anchor`, its right edge with the anchor's, inside the screen."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + HAIR))
        free = anchor.screen().availableGeometry()
        left = max(free.left() + HAIR, min(corner.x(), free.right() - self.width() - HAIR))
        self.move(left, min(corner.y(), free.bottom() - self.height() - HAIR))
        self.show()
