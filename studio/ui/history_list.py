"""The history as a list: every step by its name, and the way to any of them with one click."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from studio.model.document import Document
from studio.ui.parts.popup import Popup
from studio.ui.parts.text import overline
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import TIGHT

WIDTH, ROW, MOST_ROWS = 300, 28, 14
BEGINNING = "As it was opened"


class HistoryList(Popup):
    """Oldest above; what was undone is faint, below the step that stands now."""

    def __init__(self, theme: Theme, parent: QWidget, document: Document) -> None:
        super().__init__(parent, WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = document
        history = document.history
        names = (BEGINNING, *history.names, *history.undone_names)
        self.list = QListWidget()
        self.list.setAccessibleName("History")
        for number, name in enumerate(names):
            item = QListWidgetItem(name)
            if number > len(history.names):
                item.setForeground(QColor(theme.palette.faint))
            self.list.addItem(item)
        self.list.setFixedHeight(min(len(names), MOST_ROWS) * ROW + TIGHT)
        self.list.setCurrentRow(len(history.names))
        self.list.itemClicked.connect(lambda item: self._go(self.list.row(item)))
        self.list.itemActivated.connect(lambda item: self._go(self.list.row(item)))
        self.inside.addWidget(overline("HISTORY"))
        self.inside.addWidget(self.list)
        self.list.setFocus()

    def _go(self, done: int) -> None:
        if self.isVisible():
            self.close()
            self._document.go_to(done)
