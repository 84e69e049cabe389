"""The theme in force: follows the system, or what the designer chose, and dresses the application."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from studio.model.preferences import Appearance
from studio.model.signals import Signal
from studio.ui.theme.fonts import load_fonts
from studio.ui.theme.icons import Icons
from studio.ui.theme.sheet import style_sheet
from studio.ui.theme.tokens import BODY, DARK, FONT_FAMILIES, LIGHT, Palette


class Theme:
    """Tells with `changed` when widgets that paint themselves must do it again."""

    def __init__(self, app: QApplication, appearance: Appearance = "system") -> None:
        self.changed = Signal[[]]()
        self.icons = Icons()
        self._app = app
        self._appearance: Appearance = appearance
        self.palette: Palette = DARK
        app.setStyle("Fusion")
        load_fonts()
        font = QFont(list(FONT_FAMILIES))
        font.setPixelSize(BODY)
        app.setFont(font)
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: self._follow_system())
        self._dress()

    @property
    def appearance(self) -> Appearance:
        """What the designer chose."""
        return self._appearance

    def choose(self, appearance: Appearance) -> None:
        """Dress in `appearance` from now on."""
        self._appearance = appearance
        self._dress()

    def _follow_system(self) -> None:
        if self._appearance == "system":
            self._dress()

    def _dress(self) -> None:
        self.palette = self._palette_in_force()
        self._app.setPalette(_qt_palette(self.palette))
        self._app.setStyleSheet(style_sheet(self.palette))
        self.changed.emit()

    def _palette_in_force(self) -> Palette:
        if self._appearance == "system":
            dark = self._app.styleHints().colorScheme() != Qt.ColorScheme.Light
        else:
            dark = self._appearance == "dark"
        return DARK if dark else LIGHT

    def colour(self, token: str) -> QColor:
        """The colour of a token by its name, for painting."""
        return QColor(getattr(self.palette, token))


def _qt_palette(palette: Palette) -> QPalette:
    made = QPalette()
    colours = {
        QPalette.ColorRole.Window: palette.ground,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.sunken,
        QPalette.ColorRole.AlternateBase: palette.surface,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.faint,
        QPalette.ColorRole.Button: palette.raised,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.on_accent,
        QPalette.ColorRole.ToolTipBase: palette.raised,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.Link: palette.accent_text,
    }
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet looks at, and let the sheet look again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
