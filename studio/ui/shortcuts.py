"""The keys, listed for those who look them up."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from studio.ui.parts.buttons import button
from studio.ui.parts.layout import row
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import ROOM, TIGHT, WIDE

KEYS = (
    ("Ctrl+K", "Find any command by its name"),
    ("Ctrl+N", "New project from a GLB"),
    ("Ctrl+O", "Open a project"),
    ("Ctrl+S", "Save"),
    ("Ctrl+Z", "Undo, in every panel"),
    ("Ctrl+Shift+Z", "Redo"),
    ("Ctrl+1 … Ctrl+7", "Avatar, Acting, Personality, Knowledge, Rehearsal, Look & placement, Publish"),
    ("Ctrl+PgUp · PgDn", "From page to page of a panel"),
    ("Enter · F2 · Delete", "On a document: read it, rename it, remove it"),
    ("Space", "Play the chosen clip; in the viewport, play or pause"),
    ("Ctrl+Space", "Play or pause from anywhere"),
    ("Alt+Up · Down · Del", "On a clip in a role: reorder it, take it out"),
    ("← · → · Home · End", "In the timeline: frame by frame, with Shift ten; to the ends"),
    ("[ · ]", "In the timeline: what plays begins, or ends, here"),
    ("F · H · B · R", "In the viewport: frame the full figure, half, bust; look from the front again"),
    ("T · G · K · W · I", "In the viewport: turntable, grid, skeleton, wireframe, statistics"),
    ("Enter · Up", "In the rehearsal: ask; bring the last question back"),
    ("Esc", "In the rehearsal: stop the answer"),
    ("Left · Right · Enter", "On the cue timeline: from cue to cue; act the chosen one again"),
    ("Ctrl+Shift+L", "Light or dark"),
    ("Shift+F1", "Take the tour"),
)


def show_shortcuts(theme: Theme, parent: QWidget) -> None:
    """Open the list."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("Keyboard shortcuts")
    grid = QGridLayout()
    grid.setHorizontalSpacing(WIDE)
    grid.setVerticalSpacing(TIGHT)
    for line, (keys, meaning) in enumerate(KEYS):
        grid.addWidget(label(keys, "mono"), line, 0)
        grid.addWidget(label(meaning, tone="muted"), line, 1)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(WIDE, WIDE, WIDE, ROOM)
    layout.setSpacing(ROOM)
    layout.addWidget(label("Keyboard shortcuts", "title"))
    layout.addLayout(grid)
    layout.addLayout(row([None, button(theme, "Close", dialog.close)]))
    dialog.open()
