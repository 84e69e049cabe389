"""Keeps the journal while somebody edits: a moment after each change, so that a crash loses a second at most."""

from PySide6.QtCore import QObject, QTimer

from studio.ui.desk import Desk, OpenProject

PAUSE_MILLISECONDS = 600


class Autosave(QObject):
    """Watches the open document."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MILLISECONDS)
        self._timer.timeout.connect(desk.keep_journal)
        desk.opened.connect(self._watch)

    def _watch(self, opened: OpenProject | None) -> None:
        self._timer.stop()
        if opened is not None:
            opened.document.draft_changed.connect(lambda _draft: self._timer.start())
            if not opened.document.saved:
                self._timer.start()
