"""What differs between two drafts, on screen: each field with what it was and what it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from studio.model.differences import Difference, Kind
from studio.ui.parts.buttons import button
from studio.ui.parts.layout import clear, column, row, scrolled
from studio.ui.parts.marks import Pill
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, ROOM, SNUG, TIGHT, WIDE

_TONES: dict[Kind, str] = {"added": "fine", "removed": "danger", "changed": "accent_text"}
_MARK_WIDTH = 44
_SHOWN_CHARACTERS = 400
_SHOWN_ROWS = 120
"""Widgets cost: a new avatar changes hundreds of fields, which nobody reads one by one."""


def shortened(text: str) -> str:
    """As much of a text as a list has room for."""
    plain = text.strip()
    return plain if len(plain) <= _SHOWN_CHARACTERS else f"{plain[:_SHOWN_CHARACTERS].rstrip()}…"


def change_row(theme: Theme, change: Difference) -> QFrame:
    """One difference."""
    made = QFrame()
    made.setProperty("kind", "well")
    title = label(change.title, "strong", wrap=True)
    head = row([title])
    head.setStretch(0, 1)
    head.addWidget(Pill(theme, change.kind, _TONES[change.kind]), 0, Qt.AlignmentFlag.AlignTop)
    lines = column([head], spacing=HAIR, margin=SNUG)
    for name, text in _sides(change):
        words = label(shortened(text), tone="muted" if name == "before" else "plain", wrap=True)
        words.setAccessibleName(f"{change.title}, {name}")
        line = row([], spacing=TIGHT)
        if change.kind == "changed":
            mark = label(name, "caption")
            mark.setFixedWidth(_MARK_WIDTH)
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        lines.addLayout(line)
    made.setLayout(lines)
    return made


def _sides(change: Difference) -> list[tuple[str, str]]:
    """What there is to read beside the title."""
    if change.kind == "changed":
        return [("before", change.before or "nothing"), ("after", change.after or "nothing")]
    side = ("after", change.after) if change.kind == "added" else ("before", change.before)
    return [side] if side[1].strip() and side[1] not in change.title else []


class ChangeList(QWidget):
    """A list of differences; `nothing` is what it says when there are none."""

    def __init__(self, theme: Theme, nothing: str) -> None:
        super().__init__()
        self._theme, self._nothing = theme, nothing
        self._shown: Sequence[Difference] | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(TIGHT)

    def show_changes(self, changes: Sequence[Difference], nothing: str | None = None) -> None:
        """Show the differences."""
        said = self._nothing if nothing is None else nothing
        if changes == self._shown and said == self._nothing:
            return
        self._shown, self._nothing = changes, said
        clear(self._rows)
        for change in changes[:_SHOWN_ROWS]:
            self._rows.addWidget(change_row(self._theme, change))
        if len(changes) > _SHOWN_ROWS:
            self._rows.addWidget(label(f"And {len(changes) - _SHOWN_ROWS:,} more.", tone="muted"))
        if not changes:
            self._rows.addWidget(label(said, tone="muted", wrap=True))


class CompareDialog(QDialog):
    """Two releases, or a release and this desk, side by side."""

    def __init__(self, theme: Theme, parent: QWidget, title: str, changes: Sequence[Difference]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Compare")
        self.resize(620, 640)
        self.changes = ChangeList(theme, "Nothing differs: both say the same.")
        self.changes.show_changes(changes)
        inside = QWidget()
        inside.setLayout(column([self.changes, None]))
        count = "1 difference" if len(changes) == 1 else f"{len(changes):,} differences"
        close = button(theme, "Close", self.close, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, ROOM)
        layout.setSpacing(SNUG)
        layout.addLayout(column([label(title, "title", wrap=True), label(count, tone="muted")], spacing=2))
        layout.addWidget(scrolled(inside), 1)
        layout.addLayout(row([None, close]))
