"""The demo character and its tour: the first minute of somebody who has no GLB at hand."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame

import studio.ui.window as window_module
from studio.model.checklist import SECTIONS
from studio.ui.tour import Tour, beside
from tests.studio.ui.conftest import StudioUnderTest

WINDOW = QRect(0, 0, 1280, 800)
CARD = QRect(0, 0, 330, 180)


@pytest.fixture
def toured(studio: StudioUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tour:
    """The studio on its first visit to a demo character."""
    monkeypatch.setattr(window_module, "HOME", tmp_path)
    card = studio.window.start.findChild(QFrame, "demo-pip")
    assert isinstance(card, QFrame)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    studio.until(lambda: studio.window.findChild(Tour), "the tour")
    found = studio.window.findChild(Tour)
    assert isinstance(found, Tour)
    return found


def test_the_tour_visits_every_section_and_ends(studio: StudioUnderTest, toured: Tour) -> None:
    seen = []
    while not studio.desk.preferences.toured:
        seen.append(toured.stop.section)
        QTest.keyClick(toured, Qt.Key.Key_Right)

    assert [section for section in seen if section] == list(SECTIONS)
    assert studio.window.workspace.section == SECTIONS[-1]
    assert not toured.isVisible()


def test_what_is_lit_stays_bright_while_the_rest_is_shaded(studio: StudioUnderTest, toured: Tour) -> None:
    QTest.keyClick(toured, Qt.Key.Key_Right)
    QTest.keyClick(toured, Qt.Key.Key_Right)
    panel = studio.window.workspace.panels["avatar"]
    shaded = studio.window.grab().toImage()
    inside = panel.mapTo(studio.window, QPoint(200, 10))
    outside = studio.window.workspace.rail.mapTo(studio.window, QPoint(40, studio.window.workspace.rail.height() - 20))

    QTest.keyClick(toured, Qt.Key.Key_Escape)
    bright = studio.window.grab().toImage()

    assert studio.desk.preferences.toured
    assert lightness(shaded, inside) == lightness(bright, inside)
    assert lightness(shaded, outside) < lightness(bright, outside)


def test_an_opened_demo_is_a_project_that_can_be_rehearsed(studio: StudioUnderTest, toured: Tour) -> None:
    current = studio.desk.current

    assert current is not None
    assert current.avatar is not None
    assert len(current.document.draft.knowledge) == 3
    assert current.document.saved


@pytest.mark.parametrize(
    "light", [QRect(0, 0, 92, 800), QRect(820, 46, 460, 754), QRect(300, 0, 500, 90), QRect(0, 0, 1280, 800), QRect()]
)
def test_the_card_stands_in_the_window_and_beside_what_is_lit(light: QRect) -> None:
    place = CARD.translated(beside(light, CARD, WINDOW))

    assert WINDOW.contains(place)
    assert light == WINDOW or not place.intersects(light)


def lightness(picture: QImage, place: QPoint) -> int:
    """How light a pixel is."""
    return picture.pixelColor(place).lightness()
