"""What the knowledge asks in windows of their own: a title, a text to write, addresses to fetch."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from studio.files.documents import LONGEST_WRITTEN
from studio.ui.parts.buttons import button
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import row
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import ROOM, TIGHT, WIDE

WRITING_SIZE = (720, 620)
ASKING_WIDTH = 520
FEWEST_LETTERS = 3


class _Dialog(QDialog):
    """A title, content, and one answer that Ctrl+Enter gives too."""

    def __init__(self, theme: Theme, parent: QWidget, title: str, hint: str, done: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.done_button: QPushButton = button(theme, done, self._finish, kind="primary", tip="Ctrl+Enter")
        self.done_button.setDefault(True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(WIDE, WIDE, WIDE, ROOM)
        self._layout.setSpacing(TIGHT)
        self._layout.addWidget(label(title, "title"))
        if hint:
            self._layout.addWidget(label(hint, tone="muted", wrap=True))
        self._foot = row([None, button(theme, "Cancel", self.close), self.done_button])
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._finish)

    def _finish(self) -> None:
        if self.done_button.isEnabled():
            self.close()
            self.finish()

    def finish(self) -> None:
        """Hand over what was asked for."""
        raise NotImplementedError


class AskTitle(_Dialog):
    """Asks what a document is called."""

    def __init__(self, theme: Theme, parent: QWidget, title: str, given: Callable[[str], object]) -> None:
        hint = "Visitors see it with each citation, and questions are matched with it."
        super().__init__(theme, parent, "Rename the document", hint, "Rename")
        self.setMinimumWidth(ASKING_WIDTH)
        self._given = given
        self.field = LineField("Title")
        self.field.show_text(title)
        self.field.edit.selectAll()
        self.field.edit.textChanged.connect(lambda text: self.done_button.setEnabled(bool(text.strip())))
        self._layout.addWidget(self.field)
        self._layout.addSpacing(TIGHT)
        self._layout.addLayout(self._foot)
        self.field.edit.setFocus()

    def finish(self) -> None:
        """Hand over the title."""
        self._given(self.field.edit.text().strip())


class WriteText(_Dialog):
    """A document's text, to be pasted, written and edited."""

    def __init__(
        self, theme: Theme, parent: QWidget, title: str, text: str, given: Callable[[str, str], object]
    ) -> None:
        hint = "Paste or write it. A line that begins with # is a heading: passages are cut there."
        super().__init__(theme, parent, "Edit the text" if title else "Write a text", hint, "Save" if title else "Add")
        self.resize(*WRITING_SIZE)
        self._given = given
        self.title_field = LineField("Title", placeholder="Opening hours")
        self.title_field.show_text(title)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Text")
        self.text.setPlaceholderText("## On weekdays\n\nWe are open from ten to six, on Thursdays until nine.")
        self.text.setTabChangesFocus(True)
        self.text.setPlainText(text)
        self._count = label("", "caption")
        self._foot.insertWidget(0, self._count)
        self.title_field.edit.textChanged.connect(lambda _text: self._check())
        self.text.textChanged.connect(self._check)
        self._layout.addSpacing(TIGHT)
        self._layout.addWidget(self.title_field)
        self._layout.addWidget(self.text, 1)
        self._layout.addLayout(self._foot)
        (self.text if title else self.title_field.edit).setFocus()
        self._check()

    def _check(self) -> None:
        text = self.text.toPlainText()
        letters = sum(1 for letter in text[:200] if letter.isalnum())
        fits = letters >= FEWEST_LETTERS and len(text) <= LONGEST_WRITTEN
        self.done_button.setEnabled(fits and bool(self.title_field.edit.text().strip()))
        most = f"; {LONGEST_WRITTEN:,} are the most" if len(text) > LONGEST_WRITTEN else ""
        self._count.setText(f"{len(text):,} characters{most}")

    def finish(self) -> None:
        """Hand over title and text."""
        self._given(self.title_field.edit.text().strip(), self.text.toPlainText())


class AskAddresses(_Dialog):
    """Asks for web addresses, one a line."""

    def __init__(self, theme: Theme, parent: QWidget, given: Callable[[list[str]], object]) -> None:
        hint = "One a line. Each page is fetched now and kept with the project; fetch it again when it has changed."
        super().__init__(theme, parent, "Add web pages", hint, "Fetch")
        self.setMinimumWidth(ASKING_WIDTH)
        self._given = given
        self.addresses = QPlainTextEdit()
        self.addresses.setAccessibleName("Web addresses")
        self.addresses.setPlaceholderText("https://www.example.org/visit\nhttps://www.example.org/prices")
        self.addresses.setTabChangesFocus(True)
        self.addresses.setFixedHeight(132)
        self.addresses.textChanged.connect(self._check)
        self._layout.addSpacing(TIGHT)
        self._layout.addWidget(self.addresses)
        self._layout.addLayout(self._foot)
        self.addresses.setFocus()
        self._check()

    def _typed(self) -> list[str]:
        return list(dict.fromkeys(line.strip() for line in self.addresses.toPlainText().splitlines() if line.strip()))

    def _check(self) -> None:
        self.done_button.setEnabled(bool(self._typed()))

    def finish(self) -> None:
        """Hand over the addresses."""
        self._given(self._typed())
