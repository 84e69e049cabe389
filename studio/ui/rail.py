"""The rail along the left edge: the sections in the order of the work, each with its standing at a glance."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from studio.model.checklist import SECTIONS, Section, SectionState, Standing
from studio.model.signals import Signal
from studio.ui.parts.links import link
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import CAPTION, HAIR, RADIUS_LARGE, SNUG

TITLES: dict[Section, str] = {
    "avatar": "Avatar",
    "acting": "Acting",
    "personality": "Personality",
    "knowledge": "Knowledge",
    "rehearsal": "Rehearsal",
    "look": "Look",
    "publish": "Publish",
}
STANDING_TOKENS: dict[Standing, str] = {"empty": "faint", "fine": "fine", "warning": "warning"}
WIDTH = 92


class RailButton(QAbstractButton):
    """One section: icon, name, and a dot for its standing."""

    def __init__(self, theme: Theme, section: Section) -> None:
        super().__init__()
        self._theme = theme
        self._section: Section = section
        self._standing: Standing = "empty"
        self.setCheckable(True)
        self.setText(TITLES[section])
        self.setAccessibleName(TITLES[section])
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(WIDTH - 2 * HAIR, 64)
        link(self, theme.changed, self.update)

    def show_state(self, state: SectionState) -> None:
        """Show a standing; its sentence is the tooltip."""
        self._standing = state.standing
        number = SECTIONS.index(self._section) + 1
        self.setToolTip(f"{TITLES[self._section]} (Ctrl+{number})\n{state.sentence}")
        self.update()

    @property
    def standing(self) -> Standing:
        """The standing that is shown."""
        return self._standing

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(WIDTH - 2 * HAIR, 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon, name and dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        chosen = self.isChecked()
        colour = self._theme.palette.accent_text if chosen else self._theme.palette.muted
        icon = self._theme.icons.pixmap(self._section, colour, 22, self.devicePixelRatioF())
        painter.drawPixmap(QPointF((self.width() - 22) / 2, 11), icon)
        font = painter.font()
        font.setPixelSize(CAPTION)
        font.setWeight(font.Weight.DemiBold if chosen else font.Weight.Medium)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text" if chosen else "muted"))
        painter.drawText(QRectF(0, 36, self.width(), 20), Qt.AlignmentFlag.AlignCenter, self.text())
        self._paint_dot(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self.isChecked():
            painter.setBrush(self._theme.colour("accent_soft"))
            painter.drawRoundedRect(ground, RADIUS_LARGE, RADIUS_LARGE)
        elif self.underMouse():
            painter.setBrush(self._theme.colour("hover"))
            painter.drawRoundedRect(ground, RADIUS_LARGE, RADIUS_LARGE)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.colour("accent"))
            painter.drawRoundedRect(ground, RADIUS_LARGE, RADIUS_LARGE)

    def _paint_dot(self, painter: QPainter) -> None:
        if self._standing == "empty":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.colour("faint"))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(STANDING_TOKENS[self._standing]))
        painter.drawEllipse(QPointF(self.width() / 2 + 15, 13), 3.5, 3.5)


class Rail(QWidget):
    """All sections; tells `chosen` when one is asked for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chosen = Signal[[Section]]()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.buttons: dict[Section, RailButton] = {}
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(HAIR, SNUG, HAIR, SNUG)
        layout.setSpacing(HAIR)
        for section in SECTIONS:
            made = RailButton(theme, section)
            made.clicked.connect(lambda _checked=False, section=section: self.chosen.emit(section))
            group.addButton(made)
            layout.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
            self.buttons[section] = made
        layout.addStretch(1)

    def show_section(self, section: Section) -> None:
        """Mark `section` as the one on screen."""
        self.buttons[section].setChecked(True)

    def show_states(self, states: dict[Section, SectionState]) -> None:
        """Show every section's standing."""
        for section, state in states.items():
            self.buttons[section].show_state(state)
