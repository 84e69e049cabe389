"""The Look & placement panel: how the widget looks on a site, and where and when it shows itself."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QFrame, QHBoxLayout

from shared.contract.chatbot import ChatbotDraft, Look
from shared.contract.placement import Placement
from studio.ui.bench import Bench
from studio.ui.panels.panel import Panel
from studio.ui.parts.buttons import IconButton, Segments
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import SNUG, TIGHT

SWATCHES: Final = ("#4f46e5", "#0f766e", "#c2410c", "#be123c", "#1d4ed8", "#334155")
"""Colours on which white text passes WCAG AA."""
THEMES = (("auto", "Auto", ""), ("light", "Light", ""), ("dark", "Dark", ""))
FRAMINGS = (("full", "Full", ""), ("half", "Half", ""), ("bust", "Bust", ""))
SIDES = (("left", "Left", ""), ("right", "Right", ""))


class Swatch(QAbstractButton):
    """A round sample of a colour, with a ring when it is chosen."""

    def __init__(self, theme: Theme, colour: str) -> None:
        super().__init__()
        self._theme = theme
        self.colour = colour
        self.setCheckable(True)
        self.setFixedSize(QSize(26, 26))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(colour)
        self.setAccessibleName(f"Colour {colour}")
        link(self, theme.changed, self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint sample and ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.hasFocus():
            painter.setPen(self._theme.colour("text" if self.isChecked() else "accent"))
            painter.drawEllipse(QRectF(1, 1, 24, 24))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour))
        painter.drawEllipse(QRectF(4, 4, 18, 18))
        painter.end()


class LookCard(QFrame):
    """Shows and asks for the draft's look and side."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.setProperty("kind", "card")
        self.swatches = [Swatch(bench.theme, colour) for colour in SWATCHES]
        self.own = Swatch(bench.theme, SWATCHES[0])
        self.theme = Segments(bench.theme, THEMES)
        self.framing = Segments(bench.theme, FRAMINGS)
        self.side = Segments(bench.theme, SIDES)
        self.theme.chosen.connect(lambda key: self._change("Choose the widget's appearance", theme=key))
        self.framing.chosen.connect(lambda key: self._change("Choose the widget's framing", framing=key))
        self.side.chosen.connect(self._change_side)
        for swatch in (*self.swatches, self.own):
            swatch.clicked.connect(lambda _checked=False, swatch=swatch: self._take(swatch.colour))
        self._lay_out()

    def _lay_out(self) -> None:
        pick = IconButton(self._bench.theme, "plus", "Another colour", self._pick, size=15)
        colours = row([label("Colour"), None, *self.swatches, self.own, pick], spacing=2)
        lines: list[QHBoxLayout] = [
            colours,
            row([label("Appearance"), None, self.theme]),
            row([label("Shows"), None, self.framing]),
            row([label("Stands at the"), None, self.side]),
        ]
        self.setLayout(column(lines, spacing=TIGHT, margin=SNUG))

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the look."""
        accent = draft.look.accent.lower()
        for swatch in self.swatches:
            swatch.setChecked(swatch.colour == accent)
        self.own.colour = accent
        self.own.setVisible(accent not in SWATCHES)
        self.own.setChecked(True)
        self.own.update()
        self.theme.show_choice(draft.look.theme)
        self.framing.show_choice(draft.look.framing)
        self.side.show_choice(draft.placement.side)

    def _take(self, colour: str) -> None:
        self._change("Choose the widget's colour", accent=colour)
        self.show_draft(self._bench.draft)

    def _pick(self) -> None:
        dialog = QColorDialog(QColor(self._bench.draft.look.accent), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda colour: self._take(colour.name()))
        dialog.open()

    def _change(self, name: str, **fields: str) -> None:
        look = Look.model_validate({**self._bench.draft.look.model_dump(), **fields})
        self._bench.document.change(name, self._bench.draft.model_copy(update={"look": look}))

    def _change_side(self, side: str) -> None:
        placement = Placement.model_validate({**self._bench.draft.placement.model_dump(), "side": side})
        after = self._bench.draft.model_copy(update={"placement": placement})
        self._bench.document.change("Choose the widget's side", after)


class LookPanel(Panel):
    """Colours, texts, place and rules of the widget."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench, "Look & placement", "How your character looks on a site, where and when it shows."
        )
        self.card = LookCard(bench)
        self.body.addWidget(self.card)
        self.body.addStretch(1)
        self.follow_draft()

    def show_draft(self, draft: ChatbotDraft) -> None:
        """Show the look."""
        self.card.show_draft(draft)
