"""Which file or folder: the questions before a project is made, opened, or given another avatar."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from studio.ui.desk import Desk
from studio.ui.dialogs import Answer, NewProjectDialog, Question
from studio.ui.theme.theme import Theme

HOME = Path.home() / "Troupe"
"""Where new projects are proposed."""


class Choosing:
    """Asks, and hands what was chosen to whoever acts on it."""

    def __init__(self, theme: Theme, window: QWidget, desk: Desk) -> None:
        self._theme, self._window, self._desk = theme, window, desk

    def avatar(self, chosen: Callable[[Path], object]) -> None:
        """Ask for a GLB."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Avatar", self._desk.preferences.last_folder, "Avatars (*.glb *.gltf)"
        )
        if name:
            chosen(Path(name))

    def folder(self, chosen: Callable[[Path], object]) -> None:
        """Ask for a project's folder."""
        name = QFileDialog.getExistingDirectory(self._window, "Project folder", self._desk.preferences.last_folder)
        if name:
            chosen(Path(name))

    def new_project(self, glb: Path, made: Callable[[Path, Path], object]) -> None:
        """Ask for the new project's name and place."""
        self._desk.prefer(self._desk.preferences.model_copy(update={"last_folder": str(glb.parent)}))
        NewProjectDialog(self._theme, self._window, glb, HOME, made).open()

    def what_to_do_with(self, glb: Path, replace: Callable[[Path], object], begin: Callable[[Path], object]) -> None:
        """Ask what an avatar is for that was dropped while a project is open."""
        answers: tuple[Answer, ...] = (
            ("Cancel", "plain", None),
            ("New project", "plain", lambda: begin(glb)),
            ("Replace the avatar", "primary", lambda: replace(glb)),
        )
        text = "Replacing keeps the roles and settings of every clip that is found again, also under another name."
        Question(self._theme, self._window, f"What is {glb.name} for?", text, answers).open()
