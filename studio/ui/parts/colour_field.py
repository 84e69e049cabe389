"""A colour to choose: samples, one of its own by number or by the system's dialog, perhaps none at all."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QWidget

from studio.model.signals import Signal
from studio.ui.parts.buttons import IconButton
from studio.ui.parts.fields import LineEdit
from studio.ui.parts.layout import column, row
from studio.ui.parts.links import link
from studio.ui.parts.text import label
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR, TIGHT

SIDE = 26
HEX_WIDTH = 82


class Swatch(QAbstractButton):
    """A round sample of a colour, with a ring when it is chosen; a crossed one stands for none."""

    def __init__(self, theme: Theme, colour: str, tip: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.colour = colour
        self.setCheckable(True)
        self.setFixedSize(QSize(SIDE, SIDE))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tip or colour)
        self.setAccessibleName(tip or f"Colour {colour}")
        link(self, theme.changed, self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint sample and ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.hasFocus():
            painter.setPen(self._theme.colour("text" if self.isChecked() else "accent"))
            painter.drawEllipse(QRectF(1, 1, 24, 24))
        painter.setPen(self._theme.colour("line_strong"))
        painter.setBrush(QColor(self.colour) if self.colour else self._theme.colour("sunken"))
        painter.drawEllipse(QRectF(4, 4, 18, 18))
        if not self.colour:
            painter.setPen(self._theme.colour("muted"))
            painter.drawLine(8, 18, 18, 8)
        painter.end()


class ColourField(QWidget):
    """`chosen` tells `#rrggbb`, or an empty text for none where `none` says what that means."""

    def __init__(self, theme: Theme, name: str, samples: Sequence[str], none: str = "") -> None:
        super().__init__()
        self.chosen = Signal[[str]]()
        self._colour = samples[0]
        self.swatches = [Swatch(theme, colour) for colour in samples]
        if none:
            self.swatches.insert(0, Swatch(theme, "", none))
        for swatch in self.swatches:
            swatch.clicked.connect(lambda _checked=False, swatch=swatch: self._take(swatch.colour))
        self.hex = LineEdit()
        self.hex.setMaxLength(7)
        self.hex.setFixedWidth(HEX_WIDTH)
        self.hex.setPlaceholderText("none" if none else "#rrggbb")
        self.hex.setAccessibleName(f"{name} as #rrggbb")
        self.hex.textEdited.connect(self._read)
        self.hex.editingFinished.connect(lambda: self.show_colour(self._colour))
        self.pick = IconButton(theme, "palette", f"Choose the {name.lower()}", self._pick, size=16)
        head = row([label(name, "strong"), None, self.hex, self.pick], spacing=HAIR)
        samples_line = row([*self.swatches, None], spacing=2)
        lines = column([head, samples_line], spacing=HAIR)
        lines.setContentsMargins(0, 0, 0, TIGHT)
        self.setLayout(lines)

    def show_colour(self, colour: str) -> None:
        """Show a colour without telling."""
        self._colour = colour.lower()
        for swatch in self.swatches:
            swatch.setChecked(swatch.colour == self._colour)
        if not self.hex.hasFocus() or not self.hex.isModified():
            self.hex.setText(self._colour)

    def _read(self, text: str) -> None:
        typed = text.strip() if text.startswith("#") else f"#{text.strip()}"
        if len(typed) == 7 and QColor.isValidColorName(typed):
            self.chosen.emit(typed.lower())

    def _take(self, colour: str) -> None:
        self.hex.setModified(False)
        self.chosen.emit(colour)
        self.show_colour(self._colour)

    def _pick(self) -> None:
        dialog = QColorDialog(QColor(self._colour or "#ffffff"), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda colour: self._take(colour.name()))
        dialog.open()
