"""The menus with their keys: everything that the window can be asked for, by hand or by keyboard."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from shared.demos import SLUGS
from studio.model.checklist import SECTIONS, Section
from studio.model.preferences import Appearance, Preferences
from studio.ui.rail import TITLES

APPEARANCES: tuple[tuple[Appearance, str], ...] = (
    ("system", "Like the system"),
    ("light", "Light"),
    ("dark", "Dark"),
)


@dataclass(frozen=True)
class Commands:
    """What the menus call. The window supplies it."""

    new_project: Callable[[], object]
    open_project: Callable[[], object]
    open_from_server: Callable[[], object]
    open_recent: Callable[[Path], object]
    save: Callable[[], object]
    close_project: Callable[[], object]
    leave: Callable[[], object]
    undo: Callable[[], object]
    redo: Callable[[], object]
    show_section: Callable[[Section], object]
    play: Callable[[], object]
    show_appearance: Callable[[Appearance], object]
    turn_appearance: Callable[[], object]
    show_keys: Callable[[], object]
    show_history: Callable[[], object]
    open_demo: Callable[[str], object]
    take_tour: Callable[[], object]
    find_command: Callable[[], object]


class Menus:
    """Builds the menu bar, and keeps what changes in it."""

    def __init__(self, window: QMainWindow, commands: Commands) -> None:
        self._window = window
        self._commands = commands
        self.bar = QMenuBar(window)
        # The bar is part of our own top bar on every system.
        self.bar.setNativeMenuBar(False)
        self.undo = self._action("Undo", commands.undo, QKeySequence.StandardKey.Undo)
        self.redo = self._action("Redo", commands.redo, "Ctrl+Shift+Z", "Ctrl+Y")
        self.history = self._action("History…", commands.show_history, "Ctrl+Shift+H")
        self.tour = self._action("Take the tour", commands.take_tour, "Shift+F1")
        self.save = self._action("Save", commands.save, QKeySequence.StandardKey.Save)
        self.close = self._action("Close project", commands.close_project, "Ctrl+W")
        self.play = self._action("Play or pause", commands.play, "Ctrl+Space")
        self.turn = self._action("Light or dark", commands.turn_appearance, "Ctrl+Shift+L")
        self.sections = [self._section(section) for section in SECTIONS]
        self._recent = QMenu("Open recent", window)
        self._appearances: dict[Appearance, QAction] = {}
        self._file()
        self._edit()
        self._view()
        help_menu = self.bar.addMenu("Help")
        help_menu.addAction(self.tour)
        for slug in SLUGS:
            open_demo = partial(commands.open_demo, slug)
            help_menu.addAction(self._action(f"Open the demo character {slug.capitalize()}", open_demo))
        help_menu.addSeparator()
        help_menu.addAction(self._action("Find a command…", commands.find_command, "Ctrl+K"))
        help_menu.addAction(self._action("Keyboard shortcuts", commands.show_keys, "F1"))

    def _action(self, text: str, act: Callable[[], object], *keys: str | QKeySequence.StandardKey) -> QAction:
        made = QAction(text, self._window)
        made.setShortcuts([QKeySequence(key) for key in keys])
        made.triggered.connect(lambda _checked=False: act())
        self._window.addAction(made)
        return made

    def _section(self, section: Section) -> QAction:
        key = f"Ctrl+{SECTIONS.index(section) + 1}"
        return self._action(TITLES[section], lambda: self._commands.show_section(section), key)

    def _file(self) -> None:
        menu = self.bar.addMenu("File")
        menu.addAction(self._action("New project from GLB…", self._commands.new_project, QKeySequence.StandardKey.New))
        menu.addAction(self._action("Open project…", self._commands.open_project, QKeySequence.StandardKey.Open))
        menu.addAction(self._action("Open from server…", self._commands.open_from_server, "Ctrl+Shift+O"))
        menu.addMenu(self._recent)
        menu.addSeparator()
        menu.addAction(self.save)
        menu.addAction(self.close)
        menu.addSeparator()
        menu.addAction(self._action("Quit", self._commands.leave, QKeySequence.StandardKey.Quit, "Ctrl+Q"))

    def _edit(self) -> None:
        menu = self.bar.addMenu("Edit")
        menu.addActions([self.undo, self.redo])
        menu.addSeparator()
        menu.addAction(self.history)

    def _view(self) -> None:
        menu = self.bar.addMenu("View")
        menu.addActions(self.sections)
        menu.addSeparator()
        menu.addAction(self.play)
        menu.addSeparator()
        group = QActionGroup(self._window)
        looks = menu.addMenu("Appearance")
        for appearance, text in APPEARANCES:
            action = self._action(text, partial(self._commands.show_appearance, appearance))
            action.setCheckable(True)
            group.addAction(action)
            looks.addAction(action)
            self._appearances[appearance] = action
        menu.addAction(self.turn)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show recent projects and the appearance in force."""
        self._appearances[preferences.appearance].setChecked(True)
        self._recent.clear()
        for text in preferences.recent:
            action = self._recent.addAction(Path(text).name)
            action.setToolTip(text)
            action.triggered.connect(lambda _checked=False, text=text: self._commands.open_recent(Path(text)))
        self._recent.setEnabled(bool(preferences.recent))

    def show_history(self, undo: str | None, redo: str | None) -> None:
        """Name what undo and redo would do."""
        self.undo.setText(f"Undo: {undo}" if undo else "Undo")
        self.undo.setEnabled(undo is not None)
        self.redo.setText(f"Redo: {redo}" if redo else "Redo")
        self.redo.setEnabled(redo is not None)

    def show_open(self, *, is_open: bool) -> None:
        """Offer what needs an open project, or not."""
        for action in (self.save, self.close, self.play, self.history, self.tour, *self.sections):
            action.setEnabled(is_open)
        if not is_open:
            self.show_history(None, None)
