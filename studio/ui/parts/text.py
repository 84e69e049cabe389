"""Labels, and lines between things."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

Rank = Literal["display", "title", "strong", "body", "caption", "overline", "mono", "fact"]
Tone = Literal["plain", "muted", "faint", "danger", "fine", "warning"]


def label(text: str = "", rank: Rank = "body", tone: Tone = "plain", *, wrap: bool = False) -> QLabel:
    """A label; its text is text, never markup, whoever wrote it."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", rank)
    made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    return made


def overline(text: str) -> QLabel:
    """The small heading over a group."""
    return label(text, "overline")


def rule() -> QFrame:
    """A hair line between things."""
    made = QFrame()
    made.setProperty("kind", "rule")
    return made


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where it does not fit; the whole text is its tooltip."""

    def __init__(self, text: str = "", rank: Rank = "body", tone: Tone = "plain") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", rank)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = text
        self._fit()

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """Cut the text to the new width."""
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 24))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
