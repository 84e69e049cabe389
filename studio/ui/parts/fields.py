"""Fields to write in: a label above, a hint below, and telling apart typing from having finished.

Undo belongs to the project's history, which covers every panel, so the fields leave its keys alone.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from studio.model.signals import Signal
from studio.ui.parts.text import label
from studio.ui.theme.tokens import HAIR


def _is_history_key(event: QEvent) -> bool:
    if event.type() not in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress} or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class LineEdit(QLineEdit):
    """One line."""

    def event(self, event: QEvent) -> bool:
        """Let the window have the keys of undo and redo."""
        if _is_history_key(event):
            event.ignore()
            return False
        return super().event(event)


class GrowingEdit(QPlainTextEdit):
    """Several lines; it grows with its content, between two heights."""

    def __init__(self, lines: int, maximum_lines: int) -> None:
        super().__init__()
        self.left = Signal[[]]()
        self._lines = lines
        self._maximum_lines = maximum_lines
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        # What a line edit has inside its padding, so that words stand alike in both.
        self.setViewportMargins(2, 2, 2, 2)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Let the window have the keys of undo and redo."""
        if _is_history_key(event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def _fit(self) -> None:
        # QPlainTextEdit measures its document in lines, wrapped ones included.
        wanted = min(max(int(self.document().size().height()), self._lines), self._maximum_lines)
        full = self.document().size().height() > self._maximum_lines
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if full else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        height = wanted * self.fontMetrics().lineSpacing() + 18
        if height != self.height():
            self.setFixedHeight(height)


class LineField(QWidget):
    """A labelled line. `edited` tells each change by hand, `left` that writing has ended."""

    def __init__(self, name: str, hint: str = "", placeholder: str = "", maximum: int = 200) -> None:
        super().__init__()
        self.edited = Signal[[str]]()
        self.left = Signal[[]]()
        self.edit = LineEdit()
        self.edit.setPlaceholderText(placeholder)
        self.edit.setMaxLength(maximum)
        self.edit.setAccessibleName(name)
        self.edit.textEdited.connect(self.edited.emit)
        self.edit.editingFinished.connect(self.left.emit)
        _stack(self, name, self.edit, hint)

    def show_text(self, text: str) -> None:
        """Show what the model says, keeping the cursor where nothing changed."""
        if self.edit.text() != text:
            self.edit.setText(text)


class TextField(QWidget):
    """A labelled text of several lines."""

    def __init__(
        self, name: str, hint: str = "", placeholder: str = "", *, lines: int = 3, most_lines: int = 12, maximum: int
    ) -> None:
        super().__init__()
        self.edited = Signal[[str]]()
        self.left = Signal[[]]()
        self._maximum = maximum
        self._showing = False
        self.edit = GrowingEdit(lines, most_lines)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(name)
        self.edit.textChanged.connect(self._tell)
        self.edit.left.connect(self.left.emit)
        _stack(self, name, self.edit, hint)

    def show_text(self, text: str) -> None:
        """Show what the model says, keeping the cursor where nothing changed."""
        if self.edit.toPlainText() != text:
            self._showing = True
            self.edit.setPlainText(text)
            self._showing = False

    def _tell(self) -> None:
        if self._showing:
            return
        text = self.edit.toPlainText()
        if len(text) > self._maximum:
            cursor = self.edit.textCursor()
            cursor.deletePreviousChar()
            return
        self.edited.emit(text)


def _stack(field: QWidget, name: str, edit: QWidget, hint: str) -> None:
    layout = QVBoxLayout(field)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(HAIR + 1)
    if name:
        title = label(name, "strong")
        title.setBuddy(edit)
        layout.addWidget(title)
    layout.addWidget(edit)
    if hint:
        layout.addWidget(label(hint, "caption", wrap=True))
