"""Find any command by typing a part of its name: everything the menus can do, one key away."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from studio.ui.parts.popup import Popup
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import TIGHT

WIDTH, ROW, MOST_ROWS, FROM_TOP = 520, 30, 12, 90


def matching(words: str, names: Sequence[str]) -> list[int]:
    """Which names hold every one of `words`, those that begin with them first; no words match all."""
    wanted = words.lower().split()
    found = [place for place, name in enumerate(names) if all(word in name.lower() for word in wanted)]
    return sorted(found, key=lambda place: not (wanted and names[place].lower().startswith(wanted[0])))


class CommandFinder(Popup):
    """A field and what fits it. Up and down choose, Enter does, Esc goes."""

    def __init__(self, theme: Theme, window: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(window, WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._actions = [action for action in actions if action.isEnabled() and action.text()]
        self.field = QLineEdit()
        self.field.setPlaceholderText("What would you like to do?")
        self.field.setAccessibleName("Find a command")
        self.field.textChanged.connect(lambda _text: self._fill())
        self.field.installEventFilter(self)
        self.rows = QListWidget()
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.itemClicked.connect(lambda _item: self.act())
        self.inside.setSpacing(TIGHT)
        self.inside.addWidget(self.field)
        self.inside.addWidget(self.rows)
        self._fill()

    def open_over(self, window: QWidget) -> None:
        """Show it in the upper middle of a window."""
        self.adjustSize()
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - WIDTH) // 2, corner.y() + FROM_TOP)
        self.show()
        self.field.setFocus()

    def act(self) -> None:
        """Do what is chosen."""
        item = self.rows.currentItem()
        if item is not None and self.isVisible():
            action = self._actions[item.data(Qt.ItemDataRole.UserRole)]
            self.close()
            action.trigger()

    def _fill(self) -> None:
        self.rows.clear()
        names = [action.text().replace("&", "").rstrip("…") for action in self._actions]
        for place in matching(self.field.text(), names):
            keys = self._actions[place].shortcut().toString()
            item = QListWidgetItem(f"{names[place]}   {keys}" if keys else names[place])
            item.setData(Qt.ItemDataRole.UserRole, place)
            self.rows.addItem(item)
        self.rows.setCurrentRow(0)
        self.rows.setFixedHeight(max(1, min(self.rows.count(), MOST_ROWS)) * ROW)
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose by the keys while the field has them."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            count = self.rows.count()
            self.rows.setCurrentRow((self.rows.currentRow() + steps[Qt.Key(event.key())]) % max(1, count))
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.act()
            return True
        return False
