"""The few questions that the studio asks in a window of their own. All are shown without blocking the loop."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.files.blobs import safe_name
from studio.files.creation import title_of
from studio.ui.parts.buttons import Kind, button
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import row
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, ROOM, TIGHT, WIDE

Answer = tuple[str, Kind, Callable[[], object] | None]
"""A button's words, its kind, and what it does; None only closes."""


class Question(QDialog):
    """A question with its answers as buttons, the last one for Enter."""

    def __init__(self, theme: Theme, parent: QWidget, title: str, text: str, answers: Sequence[Answer]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Troupe")
        self.setMinimumWidth(460)
        words = label(text, tone="muted", wrap=True)
        words.setMinimumWidth(412)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, ROOM)
        layout.setSpacing(TIGHT)
        layout.addWidget(label(title, "title"))
        layout.addWidget(words)
        layout.addSpacing(ROOM)
        layout.addLayout(self._answers(theme, answers))

    def _answers(self, theme: Theme, answers: Sequence[Answer]) -> QHBoxLayout:
        buttons: list[QPushButton] = [
            button(theme, text, partial(self._answer, act), kind=kind) for text, kind, act in answers
        ]
        buttons[-1].setDefault(True)
        buttons[-1].setFocus()
        return row([None, *buttons])

    def _answer(self, act: Callable[[], object] | None) -> None:
        self.close()
        if act is not None:
            act()


class NewProjectDialog(QDialog):
    """Asks for a new project's name and place; the avatar is chosen already."""

    def __init__(self, theme: Theme, parent: QWidget, glb: Path, home: Path, made: Callable[[Path, Path], object]):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("New project")
        self.setMinimumWidth(520)
        self._glb, self._made = glb, made
        self.name = LineField("Name", maximum=80)
        self.home = LineField("In the folder", maximum=1_000)
        self.path = label("", "caption", wrap=True)
        self.name.show_text(title_of(glb.stem))
        self.home.show_text(str(home))
        for field in (self.name, self.home):
            field.edited.connect(lambda _text: self._show_path())
        browse = button(theme, "Browse…", self._browse)
        self.make = button(theme, "Create project", self._create, kind="primary")
        self.make.setDefault(True)
        self._lay_out(browse, button(theme, "Cancel", self.close))
        self._show_path()

    def _lay_out(self, browse: QPushButton, cancel: QPushButton) -> None:
        place = row([self.home, browse])
        place.setAlignment(browse, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, ROOM)
        layout.setSpacing(ROOM)
        layout.addWidget(label("New project", "title"))
        layout.addWidget(label(f"From {self._glb.name}. Its clips are measured and get their roles.", tone="muted"))
        layout.addWidget(self.name)
        layout.addLayout(place)
        layout.addWidget(self.path)
        layout.addSpacing(HAIR)
        layout.addLayout(row([None, cancel, self.make]))

    @property
    def folder(self) -> Path:
        """Where the project will be made."""
        return Path(self.home.edit.text()).expanduser() / safe_name(self.name.edit.text().strip() or "Untitled")

    def _show_path(self) -> None:
        self.path.setText(f"Makes {self.folder}")
        self.make.setEnabled(bool(self.name.edit.text().strip()))

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for projects", self.home.edit.text())
        if chosen:
            self.home.show_text(chosen)
            self._show_path()

    def _create(self) -> None:
        folder = self.folder
        self.close()
        self._made(folder, self._glb)
