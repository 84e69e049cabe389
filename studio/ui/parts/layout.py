"""Rows and columns with the theme's distances."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from studio.ui.parts.text import rule
from studio.ui.theme.tokens import ROOM, SNUG, TIGHT

Item = QWidget | QLayout | None
"""None is a stretch."""


def column(items: Iterable[Item], *, spacing: int = TIGHT, margin: int = 0) -> QVBoxLayout:
    """Items from above to below."""
    made = QVBoxLayout()
    _fill(made, items, spacing, margin)
    return made


def row(items: Iterable[Item], *, spacing: int = TIGHT, margin: int = 0) -> QHBoxLayout:
    """Items from the leading to the trailing side."""
    made = QHBoxLayout()
    _fill(made, items, spacing, margin)
    return made


def _fill(layout: QBoxLayout, items: Iterable[Item], spacing: int, margin: int) -> None:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def box(layout: QBoxLayout, name: str = "") -> QWidget:
    """A plain widget around a layout."""
    made = QWidget()
    made.setObjectName(name)
    made.setLayout(layout)
    if name:
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def card(items: Iterable[Item], *, spacing: int = SNUG, margin: int = ROOM, kind: str = "card") -> QFrame:
    """A raised box around items."""
    made = QFrame()
    made.setProperty("kind", kind)
    made.setLayout(column(items, spacing=spacing, margin=margin))
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """A vertical scroll area around `content`."""
    content.setObjectName("content")
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(content)
    return made


def rule_between(items: Iterable[QWidget | QLayout]) -> list[Item]:
    """Items with hair lines between them."""
    made: list[Item] = []
    for item in items:
        made += [item] if not made else [rule(), item]
    return made


def clear(layout: QBoxLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QBoxLayout):
            clear(inner)
