"""Look and placement in the window: every page fits, the picture follows, rules are built, tried and undone."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from shared.contract.placement import Hours
from studio.model.looks import with_language
from studio.ui.panels.look import RULES_PAGE, LookPanel
from studio.ui.panels.look_picture import places_of
from studio.ui.panels.placement_editors import LinesEditor
from studio.ui.panels.placement_hours import HoursEditor
from studio.ui.parts.clock_field import time_written
from studio.ui.workspace import LEAST_PANEL
from tests.studio.ui.conftest import StudioUnderTest

LOOKS = ((1280, 800, "dark"), (1920, 1080, "light"))


@pytest.fixture
def panel(open_studio: StudioUnderTest) -> LookPanel:
    """The panel on screen."""
    open_studio.window.workspace.show_section("look")
    found = open_studio.window.workspace.panels["look"]
    assert isinstance(found, LookPanel)
    return found


def test_every_page_fits_and_the_picture_follows(
    open_studio: StudioUnderTest, panel: LookPanel, tmp_path: Path
) -> None:
    document = panel.bench.document
    document.change("Add words", with_language(document.draft, "de"))
    for title in ("Only on pages", "Only on devices", "Only at certain hours"):
        next(action for action in panel.rules.menu.actions() if action.text() == title).trigger()

    open_studio.window.workspace.splitter.setSizes([10_000, LEAST_PANEL])
    for width, height, appearance in LOOKS:
        open_studio.theme.choose("dark" if appearance == "dark" else "light")
        open_studio.window.resize(width, height)
        for place in range(len(panel.pages)):
            panel.show_page(place)
            open_studio.run(asyncio.sleep(0.02))
            assert panel.grab().save(str(tmp_path / f"{width}-{appearance}-{place}.png"))
            content = panel.areas[place].widget()
            assert content is not None
            assert content.width() <= panel.areas[place].viewport().width()

    panel.show_page(0)
    panel.style_page.accent.hex.setFocus()
    panel.style_page.accent.hex.clear()
    QTest.keyClicks(panel.style_page.accent.hex, "ffd60a")
    panel.place_page.side.button_of("left").click()

    picture = panel.live.picture
    launcher = places_of(document.draft, picture.page, is_open=True, phone=False).launcher
    assert launcher is not None
    scale = picture.shown.width() / picture.page.width()
    left = picture.shown.left() + (launcher.left() + 8) * scale
    middle = picture.shown.top() + launcher.center().y() * scale
    spot = QColor(picture.grab().toImage().pixelColor(round(left), round(middle)))
    assert "dark letters" in panel.style_page.advice.sentence
    assert (spot.red() > 200, spot.blue() < 120) == (True, True)
    assert document.history.undo_name == "Choose the widget's side"


def test_rules_are_added_edited_tried_and_undone(open_studio: StudioUnderTest, panel: LookPanel) -> None:
    document, rules = panel.bench.document, panel.rules
    panel.show_page(RULES_PAGE)
    hours = next(action for action in rules.menu.actions() if action.text() == "Only at certain hours")

    hours.trigger()
    editor = rules.rows["hours"].editor
    assert isinstance(editor, HoursEditor)
    editor.spans[0].end.show_time("17:30")
    editor.spans[0].days["fri"].click()
    editor.zone.setText("europe/berlin")
    editor.zone.editingFinished.emit()

    span = Hours(days=("mon", "tue", "wed", "thu"), start="09:00", end="17:30")
    assert (document.draft.placement.hours, document.draft.placement.time_zone) == ((span,), "Europe/Berlin")
    assert rules.rows["hours"].sentence.text() == "Mon-Thu 09:00-17:30 Europe/Berlin"
    assert rules.simulator.verdict.sentence == (
        "On /pricing, phone, German, Tuesday 22:00: hidden, because it is outside Mon-Thu 09:00-17:30 Europe/Berlin."
    )
    rules.simulator.clock.show_time("11:00")
    assert rules.simulator.verdict.sentence.endswith(": shown.")
    assert rules.simulator.matrix.states["/pricing", "desktop"] == "shown"

    buttons = panel.findChildren(QAbstractButton)
    assert [found for found in buttons if not (found.text() or found.accessibleName() or found.toolTip())] == []

    rules.rows["hours"].remove.click()
    assert rules.rows == {}
    for _ in range(5):
        document.undo()
    assert document.draft.placement.hours == ()
    assert rules.empty.isVisibleTo(rules)


def test_patterns_are_typed_in_one_step_and_the_last_takes_the_rule_along(panel: LookPanel) -> None:
    document, rules = panel.bench.document, panel.rules
    panel.show_page(RULES_PAGE)
    next(action for action in rules.menu.actions() if action.text() == "Only on pages").trigger()
    editor = rules.rows["include_paths"].editor
    assert isinstance(editor, LinesEditor)

    editor.lines.edits[0].selectAll()
    QTest.keyClicks(editor.lines.edits[0], "/pricing*")

    assert document.draft.placement.include_paths == ("/pricing*",)
    assert document.history.names[-2:] == ("Add a rule: only on pages", "Change a rule: only on pages")
    assert rules.rows["include_paths"].sentence.text() == "Only on pages /pricing*"
    editor.lines.changed.emit("Remove", (), False)
    assert rules.rows == {}
    document.undo()
    assert document.draft.placement.include_paths == ("/pricing*",)


@pytest.mark.parametrize(
    ("written", "read"),
    [("9", "09:00"), ("930", "09:30"), ("9:30", "09:30"), ("17.15", "17:15"), ("25", ""), ("x", "")],
)
def test_times_are_read_as_people_write_them(written: str, read: str) -> None:
    assert time_written(written) == read
