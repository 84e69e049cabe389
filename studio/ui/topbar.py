"""The bar above everything: menus, the project's name and whether it is saved, undo, redo, appearance."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio.ui.activity import ActivityButton
from studio.ui.brand import Mark
from studio.ui.menus import Menus
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.layout import box, row
from studio.ui.parts.marks import Pill
from studio.ui.parts.text import label
from studio.ui.tasks import Tasks
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import SNUG, TIGHT


class TopBar(QWidget):
    """Menus at the left, the project in the middle, the everyday actions at the right."""

    def __init__(self, theme: Theme, menus: Menus, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setFixedHeight(46)
        self._name = label("", "strong")
        self._state = Pill(theme)
        self.undo = IconButton(theme, "undo", "Undo", menus.undo.trigger)
        self.redo = IconButton(theme, "redo", "Redo", menus.redo.trigger)
        self.history = IconButton(theme, "history", "History (Ctrl+Shift+H)", menus.history.trigger)
        self.undo_group = box(row([self.undo, self.redo, self.history], spacing=0))
        self.activity = ActivityButton(theme, tasks)
        self.appearance = IconButton(theme, "sun", "Light or dark", menus.turn.trigger)
        self.save = button(theme, "Save", menus.save.trigger, tip="Save the project (Ctrl+S)")
        self._project = (self._name, self._state, self.undo_group, self.save)
        menus.bar.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SNUG, 0, SNUG, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(Mark(24))
        layout.addWidget(menus.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        layout.addWidget(self._name)
        layout.addWidget(self._state)
        layout.addStretch(1)
        for widget in (self.activity, self.undo_group, self.appearance, self.save):
            layout.addWidget(widget)
        self.show_project(None, saved=True)

    def show_project(self, name: str | None, *, saved: bool) -> None:
        """Show which project is open; None is no project."""
        for widget in self._project:
            widget.setVisible(name is not None)
        self._name.setText(name or "")
        self._state.show_word("Saved" if saved else "Unsaved changes", "muted" if saved else "warning")
        self.save.setEnabled(not saved)

    def show_history(self, undo: str | None, redo: str | None) -> None:
        """Show what undo and redo would do."""
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        self.history.setEnabled(undo is not None or redo is not None)
        self.undo.setToolTip(f"Undo: {undo} (Ctrl+Z)" if undo else "Nothing to undo")
        self.redo.setToolTip(f"Redo: {redo} (Ctrl+Shift+Z)" if redo else "Nothing to redo")
