"""The tools at the viewport's edge: what is shown beside the avatar, each with a key."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout

from studio.model.preferences import ViewportChoices
from studio.model.signals import Signal
from studio.ui.parts.buttons import IconButton
from studio.ui.parts.links import link
from studio.ui.parts.text import rule
from studio.ui.theme.theme import Theme
from studio.ui.theme.tokens import HAIR

ICON = 18


@dataclass(frozen=True)
class Tool:
    """A switch: the field of the choices that it turns, and how it looks."""

    field: str
    icon: str
    tip: str
    key: Qt.Key


TOOLS: tuple[Tool | None, ...] = (
    Tool("turntable", "rotate-3d", "Turntable", Qt.Key.Key_T),
    None,
    Tool("grid", "grid-3x3", "Grid on the floor", Qt.Key.Key_G),
    Tool("skeleton", "bone", "Skeleton", Qt.Key.Key_K),
    Tool("wireframe", "box", "Wireframe", Qt.Key.Key_W),
    None,
    Tool("statistics", "gauge", "Statistics", Qt.Key.Key_I),
)
"""None parts groups."""
TOOL_KEYS = frozenset(int(tool.key) for tool in TOOLS if tool is not None)
CHOICES: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "smoothing", "Edges",
        (
            ("auto", "By itself", "Multisampling with a graphics card, smoothed pictures without one"),
            ("multisample", "Multisampling", "Four samples a pixel: slow without a graphics card"),
            ("edges", "Smoothed pictures", "Edges are found in the finished picture; finer once the avatar stands"),
            ("none", "As they fall", "Every pixel as it falls: the fastest"),
        ),
    ),
    (
        "tone", "Tones",
        (
            ("neutral", "Neutral, as visitors see it", "Keeps the hues of a brand"),
            ("aces", "Filmic (ACES)", "To compare with other viewers: visitors never see it"),
        ),
    ),
)  # fmt: skip
"""Fields of the choices, their headings, and what may be chosen: value, words, and what it means."""


class Tools(QFrame):
    """Shows the choices, and asks for others."""

    def __init__(self, theme: Theme, choices: ViewportChoices, reset: Callable[[], None]) -> None:
        super().__init__()
        self.chosen = Signal[[ViewportChoices]]()
        self.choices = choices
        self.setObjectName("viewport-tools")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(HAIR, HAIR, HAIR, HAIR)
        self._layout.setSpacing(2)
        self._add(IconButton(theme, "focus", "Look from the front again (R)", reset, size=ICON))
        self._layout.addWidget(rule())
        self.buttons: dict[str, IconButton] = {}
        for tool in TOOLS:
            self._layout.addWidget(rule()) if tool is None else self._add_tool(tool)
        self.picture = IconButton(theme, "sparkles", "Edges and tones", self._open_choices, size=ICON)
        self._add(self.picture)
        self._show()
        link(self, theme.changed, self._show)

    def turn(self, field: str) -> None:
        """Switch one of them on or off."""
        self.choose(self.choices.model_copy(update={field: not getattr(self.choices, field)}))

    def turn_by_key(self, key: int) -> bool:
        """Switch what a key stands for. Returns: whether it stands for anything."""
        field = next((tool.field for tool in TOOLS if tool is not None and tool.key == key), None)
        if field is None:
            return False
        self.turn(field)
        return True

    def choose(self, choices: ViewportChoices) -> None:
        """Make other choices."""
        if choices != self.choices:
            self.choices = choices
            self._show()
            self.chosen.emit(choices)

    def _add(self, made: IconButton) -> None:
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._layout.addWidget(made)

    def _add_tool(self, tool: Tool) -> None:
        tip = f"{tool.tip} ({Qt.Key(tool.key).name.removeprefix('Key_')})"
        made = IconButton(self._theme, tool.icon, tip, lambda: self.turn(tool.field), size=ICON)
        made.setCheckable(True)
        self.buttons[tool.field] = made
        self._add(made)

    def _show(self) -> None:
        for field, made in self.buttons.items():
            made.setChecked(getattr(self.choices, field))

    def _open_choices(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for field, heading, values in CHOICES:
            menu.addAction(QAction(heading, menu, enabled=False))
            group = QActionGroup(menu)
            for value, text, tip in values:
                action = QAction(text, menu, checkable=True, checked=value == getattr(self.choices, field))
                action.setToolTip(tip)
                action.triggered.connect(lambda _checked=False, field=field, value=value: self._take(field, value))
                group.addAction(action)
                menu.addAction(action)
            menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.picture.mapToGlobal(QPoint(-menu.sizeHint().width() - HAIR, 0)))

    def _take(self, field: str, value: str) -> None:
        self.choose(self.choices.model_copy(update={field: value}))
