"""What the theme is made of is there: every icon that the studio names, and its typeface."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication

from studio.ui.theme.icons import LUCIDE, NAMES, Icons
from studio.ui.theme.theme import Theme

UI = Path(__file__).parents[3] / "studio" / "ui"
NAMED = re.compile(
    r"(?:icon=|show_icon\(|IconLabel\([\w.]+, |IconButton\([\w.]+, |EmptyState\([\w.]+, |pixmap\(|icons\.icon\()"
    r'"([a-z0-9-]+)"'
)


def named_icons() -> set[str]:
    """Every icon that the studio's sources name."""
    return {name for path in UI.rglob("*.py") for name in NAMED.findall(path.read_text(encoding="utf-8"))}


def test_every_icon_that_is_named_is_there() -> None:
    wanted = {NAMES.get(name, name) for name in named_icons() | set(NAMES)}

    assert len(wanted) > 20
    assert {name for name in wanted if not (LUCIDE / f"{name}.svg").is_file()} == set()


def test_no_icon_lies_about_that_nobody_draws() -> None:
    words = {
        node.value
        for path in UI.parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert sorted(path.stem for path in LUCIDE.glob("*.svg") if path.stem not in words) == []


@pytest.mark.parametrize("name", ["avatar", "play", "undo"])
def test_an_icon_is_drawn_in_the_colour_that_is_asked_for(qapp: QApplication, name: str) -> None:
    picture = Icons().pixmap(name, "#ff0000", 24).toImage()

    seen = [picture.pixelColor(x, y) for x in range(24) for y in range(24)]
    assert max(colour.alpha() for colour in seen) == 255
    assert all(colour.red() > 200 and colour.green() < 60 for colour in seen if colour.alpha() > 200)


def test_the_studio_is_written_in_its_own_typeface(qapp: QApplication) -> None:
    Theme(qapp, "dark")

    assert QFontInfo(qapp.font()).family() == "Inter"
    assert QColor(Theme(qapp, "light").palette.text).lightness() < 60
