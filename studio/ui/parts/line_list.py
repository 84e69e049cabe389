"""Short lines, one under the other, each to be edited in its place, moved or taken out; and a line for one more."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.model.signals import Signal
from studio.ui.parts.buttons import IconButton
from studio.ui.parts.fields import LineEdit
from studio.ui.parts.layout import clear, column, row
from studio.ui.parts.notices import IconLabel
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, TIGHT

KEYS = "Alt+Up and Alt+Down move it"


class _Line(LineEdit):
    """One line. Several lines that are pasted are told instead of being put together."""

    def __init__(self) -> None:
        super().__init__()
        self.lines_pasted = Signal[[tuple[str, ...]]]()
        self.pushed = Signal[[int]]()
        self.left = Signal[[]]()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take pasting, and the keys that move the line."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.matches(QKeySequence.StandardKey.Paste):
            pasted = tuple(line.strip() for line in QGuiApplication.clipboard().text().splitlines() if line.strip())
            if len(pasted) > 1:
                self.lines_pasted.emit(pasted)
                return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.pushed.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that it was left."""
        super().focusOutEvent(event)
        self.left.emit()


class LineList(QWidget):
    """Shows lines that the model holds. `changed` tells what was done ("Add"), all lines after it, and whether the
    change goes on as more is typed; `left` tells that typing has ended."""

    def __init__(self, theme: Theme, placeholder: str, *, icon: str = "", tone: str = "muted", most: int = 40) -> None:
        super().__init__()
        self.changed = Signal[[str, tuple[str, ...], bool]]()
        self.left = Signal[[]]()
        self.edits: list[_Line] = []
        self._theme, self._icon, self._tone, self._most = theme, icon, tone, most
        self._lines: tuple[str, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(HAIR)
        self.more = _Line()
        self.more.setPlaceholderText(placeholder)
        self.more.setAccessibleName(placeholder)
        self.more.setMaxLength(200)
        self.more.returnPressed.connect(self.add)
        self.more.left.connect(self.add)
        self.more.lines_pasted.connect(lambda lines: self._append(lines))
        self.plus = IconButton(theme, "plus", "Add (Enter)", self.add, size=16)
        self.setLayout(column([self._rows, row([self.more, self.plus], spacing=HAIR)], spacing=HAIR))

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show the model's lines; what is being typed stays as it is."""
        self._lines = tuple(lines)
        self.more.setVisible(len(lines) < self._most)
        self.plus.setVisible(len(lines) < self._most)
        if len(lines) != len(self.edits):
            self._build()
        for edit, line in zip(self.edits, lines, strict=True):
            if edit.text().strip() != line:
                edit.setText(line)
                edit.setCursorPosition(0)
            edit.setToolTip(f"{line}\n{KEYS}")

    def _build(self) -> None:
        # First: a line that goes loses the focus, and must not take another with it.
        self.edits = []
        clear(self._rows)
        for place in range(len(self._lines)):
            self._rows.addWidget(self._row(place))

    def _row(self, place: int) -> QFrame:
        edit = _Line()
        edit.setObjectName("bare")
        edit.setMaxLength(200)
        edit.setAccessibleName(f"Line {place + 1}")
        edit.textEdited.connect(lambda text: self._edit(place, text))
        edit.left.connect(lambda: self._leave(place))
        edit.returnPressed.connect(self.more.setFocus)
        edit.pushed.connect(lambda step: self._push(place, step))
        edit.lines_pasted.connect(lambda lines: self._append(lines))
        self.edits.append(edit)
        remove = IconButton(self._theme, "close", "Remove", lambda: self._remove(place), size=13)
        marks = [IconLabel(self._theme, self._icon, self._tone, 15)] if self._icon else []
        line = row([*marks, edit, remove], spacing=HAIR)
        line.setContentsMargins(TIGHT, 1, HAIR, 1)
        made = QFrame()
        made.setProperty("kind", "well")
        made.setLayout(line)
        return made

    def add(self) -> None:
        """Add what stands in the last line."""
        text = " ".join(self.more.text().split())
        if text:
            self._append((text,))

    def _append(self, added: Sequence[str]) -> None:
        fresh = [line[:200] for line in dict.fromkeys(added) if line not in self._lines]
        self.more.clear()
        if fresh:
            self.changed.emit("Add", (*self._lines, *fresh)[: self._most], False)

    def _edit(self, place: int, text: str) -> None:
        # A line that is empty for the moment stays until it is left.
        if text.strip() and place < len(self._lines):
            self.changed.emit("Edit", (*self._lines[:place], text.strip(), *self._lines[place + 1 :]), True)

    def _leave(self, place: int) -> None:
        if place < len(self.edits) and not self.edits[place].text().strip():
            self._remove(place)
        self.left.emit()

    def _remove(self, place: int) -> None:
        if place < len(self._lines):
            self.changed.emit("Remove", (*self._lines[:place], *self._lines[place + 1 :]), False)

    def _push(self, place: int, step: int) -> None:
        target = place + step
        if 0 <= target < len(self._lines):
            lines = list(self._lines)
            lines[place], lines[target] = lines[target], lines[place]
            self.changed.emit("Move", tuple(lines), False)
            self.edits[target].setFocus()
