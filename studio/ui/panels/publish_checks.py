"""The checklist on screen: each item with its standing, one sentence, and the way to where it is mended."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.model.checklist import Section
from studio.model.readiness import Item, Key, State
from studio.model.signals import Signal
from studio.ui.parts.buttons import IconButton, button
from studio.ui.parts.layout import column, row
from studio.ui.parts.notices import IconLabel
from studio.ui.parts.text import label, rule
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, SNUG

ICONS: dict[State, tuple[str, str]] = {
    "fine": ("circle-check", "fine"),
    "note": ("note", "muted"),
    "warning": ("warning", "warning"),
    "blocking": ("error", "danger"),
}
_VERBS: dict[State, str] = {"warning": "Look", "blocking": "Mend"}
"""What calls for a hand has a word on its button; the rest an arrow."""
_BUTTON_WIDTH = 74


class CheckLine(QWidget):
    """One item."""

    def __init__(self, theme: Theme, item: Item) -> None:
        super().__init__()
        self.pressed = Signal[[]]()
        self._icon = IconLabel(theme, *ICONS[item.state], 17)
        self._words = label("", "caption", wrap=True)
        self.go = button(theme, "", self.pressed.emit, kind="quiet")
        self.go.setFixedWidth(_BUTTON_WIDTH)
        self.arrow = IconButton(theme, "right", item.title, self.pressed.emit, size=16)
        self._title = label(item.title, "strong")
        words = column([self._title, self._words], spacing=1)
        line = row([], spacing=SNUG)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.go, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.arrow, 0, Qt.AlignmentFlag.AlignVCenter)
        line.setContentsMargins(SNUG, HAIR + 3, HAIR, HAIR + 3)
        self.setLayout(line)
        self.show_item(item)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._words.text()

    def show_item(self, item: Item) -> None:
        """Show how it stands."""
        self._icon.show_icon(*ICONS[item.state])
        self._words.setText(item.sentence)
        verb, leads = _VERBS.get(item.state, ""), item.section != "publish" or item.key == "licence"
        self.go.setText(verb)
        self.go.setAccessibleName(f"{verb}: {item.title}")
        self.go.setVisible(leads and bool(verb))
        self.arrow.setVisible(leads and not verb)


class CheckCard(QFrame):
    """All items. `section_asked` says where somebody wants to go, `licence_asked` that it is the field right here."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.section_asked = Signal[[Section]]()
        self.licence_asked = Signal[[]]()
        self._theme = theme
        self.lines: dict[Key, CheckLine] = {}
        self._sections: dict[Key, Section] = {}
        self.setProperty("kind", "card")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, HAIR, 0, HAIR)
        self._rows.setSpacing(0)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show the checklist."""
        for item in items:
            if item.key not in self.lines:
                self._add(item)
            self.lines[item.key].show_item(item)
            self._sections[item.key] = item.section

    def _add(self, item: Item) -> None:
        if self.lines:
            self._rows.addWidget(rule())
        line = CheckLine(self._theme, item)
        line.pressed.connect(lambda: self._go(item.key))
        self.lines[item.key] = line
        self._rows.addWidget(line)

    def _go(self, key: Key) -> None:
        if key == "licence":
            self.licence_asked.emit()
        else:
            self.section_asked.emit(self._sections[key])
