"""Buttons, and choices of one among few."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from studio.model.signals import Signal
from studio.ui.parts.links import link
from studio.ui.theme.theme import Theme

ICON_GAP = 4
Kind = Literal["plain", "primary", "quiet", "danger", "chip"]


def button(
    theme: Theme, text: str, clicked: Callable[[], object], *, kind: Kind = "plain", icon: str = "", tip: str = ""
) -> QPushButton:
    """A push button with words, perhaps with an icon before them."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setToolTip(tip)
    made.clicked.connect(lambda _checked=False: clicked())
    if icon:
        token = {"primary": "on_accent", "danger": "danger"}.get(kind, "text")

        def dress() -> None:
            made.setIcon(theme.icons.icon(icon, getattr(theme.palette, token), 16, gap=ICON_GAP))

        made.setIconSize(QSize(16 + ICON_GAP, 16))
        link(made, theme.changed, dress)
        dress()
    return made


class IconButton(QToolButton):
    """A button that is only an icon; its tooltip says what it does."""

    def __init__(
        self, theme: Theme, icon: str, tip: str, clicked: Callable[[], object], *, size: int = 18, tone: str = "muted"
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._tone = tone
        self._size = size
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setIconSize(QSize(size, size))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: clicked())
        link(self, theme.changed, self._dress)
        self._dress()

    def show_icon(self, icon: str, tip: str | None = None) -> None:
        """Be another icon from now on."""
        self._icon = icon
        if tip is not None:
            self.setToolTip(tip)
            self.setAccessibleName(tip)
        self._dress()

    def _dress(self) -> None:
        self.setIcon(self._theme.icons.icon(self._icon, getattr(self._theme.palette, self._tone), self._size))


class Segments(QFrame):
    """One choice among few, side by side."""

    def __init__(self, theme: Theme, choices: Sequence[tuple[str, str, str]]) -> None:
        """Choices are (key, text, icon); either of text and icon may be empty."""
        super().__init__()
        self.chosen = Signal[[str]]()
        self.setProperty("kind", "segments")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        for key, text, icon in choices:
            made = self._segment(theme, key, text, icon)
            layout.addWidget(made)

    def _segment(self, theme: Theme, key: str, text: str, icon: str) -> QToolButton:
        made = QToolButton()
        made.setText(text)
        made.setCheckable(True)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon:
            made.setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonTextBesideIcon if text else Qt.ToolButtonStyle.ToolButtonIconOnly
            )

            def dress() -> None:
                made.setIcon(theme.icons.icon(icon, theme.palette.muted, 16, gap=ICON_GAP if text else 0))

            made.setIconSize(QSize(16 + (ICON_GAP if text else 0), 16))

            link(made, theme.changed, dress)
            dress()
        made.clicked.connect(lambda _checked=False: self.chosen.emit(key))
        self._group.addButton(made)
        self._buttons[key] = made
        return made

    def show_choice(self, key: str) -> None:
        """Mark `key` as the chosen one, without telling."""
        self._buttons[key].setChecked(True)

    def button_of(self, key: str) -> QToolButton:
        """The button of a choice."""
        return self._buttons[key]


class Combo(QComboBox):
    """A combo box whose arrow is the theme's; the wheel scrolls the panel, not the choice."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the scroll area around."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box by the style sheet, then the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        pixmap = self._theme.icons.pixmap("down", self._theme.palette.muted, 14, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 22, (self.height() - 14) // 2, pixmap)
        painter.end()


class Check(QCheckBox):
    """A check box with the theme's tick."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box by the style sheet, then the tick."""
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            pixmap = self._theme.icons.pixmap("check", self._theme.palette.on_accent, 13, self.devicePixelRatioF())
            painter.drawPixmap(2, (self.height() - 13) // 2, pixmap)
            painter.end()
