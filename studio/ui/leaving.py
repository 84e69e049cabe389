"""Before a project is left: what becomes of changes that are not saved."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from studio.ui.desk import Desk
from studio.ui.dialogs import Answer, Question
from studio.ui.theme.theme import Theme


class UnsavedGuard:
    """Asks, when there is something to ask about, and then acts."""

    def __init__(self, theme: Theme, window: QWidget, desk: Desk, save: Callable[[], object]) -> None:
        self._theme, self._window, self._desk, self._save = theme, window, desk, save

    def then(self, act: Callable[[], object]) -> None:
        """Do `act`, after asking what becomes of unsaved changes."""
        current = self._desk.current
        if current is None or current.document.saved:
            act()
            return
        name = current.document.draft.name
        text = "What you changed since the last save is lost if you discard it."
        answers: tuple[Answer, ...] = (
            ("Discard", "danger", lambda: self._discard_then(act)),
            ("Cancel", "plain", None),
            ("Save", "primary", lambda: self._save_then(act)),
        )
        Question(self._theme, self._window, f"Save the changes to {name}?", text, answers).open()

    def _discard_then(self, act: Callable[[], object]) -> None:
        self._desk.close(discard=True)
        act()

    def _save_then(self, act: Callable[[], object]) -> None:
        self._save()
        if self._desk.current is None or self._desk.current.document.saved:
            act()
