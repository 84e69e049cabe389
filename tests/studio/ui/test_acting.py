"""The Acting panel: roles, clips and their settings, emotions, transitions and health, in a real window."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from shared.contract.acting import ClipSettings
from studio.ui.panels.acting import CLIPS_PAGE, HEALTH_PAGE, ActingPanel
from studio.ui.panels.acting_role_cards import RoleCard
from studio.ui.parts.clip_list import CLIP_MIME
from studio.ui.parts.drag_scroll import DragScroll
from studio.ui.workspace import LEAST_PANEL
from tests.studio.ui.acting import acting_of, clips_in, document_of, panel_of
from tests.studio.ui.conftest import StudioUnderTest

LEFT = Qt.MouseButton.LeftButton


def drop(panel: ActingPanel, carried: QMimeData, role: str, below: RoleCard | None = None) -> None:
    """Let something go over a role, at its head or below one of its cards."""
    row = next(row for name, row in panel.roles.rows.items() if name == role)
    place = QPointF(9, 2) if below is None else QPointF(below.geometry().bottomLeft() + QPoint(9, 1))
    action, keys = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    row.dropEvent(QDropEvent(place, action, carried, LEFT, keys))


def test_no_page_is_wider_than_its_place_and_no_word_is_cut(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio)
    panel.stage.open_clip("Idle_WeightShift")
    workspace = acting_studio.window.workspace
    workspace.splitter.setSizes([10_000, LEAST_PANEL])
    clip, rest = panel.clips.page.area, (panel.emotions.area, panel.transitions.area, panel.health.area)

    for place, area in enumerate((panel.roles.area, clip, *rest)):
        panel.show_page(place)
        acting_studio.frames(1)

        content = area.widget()
        assert content is not None
        assert content.width() <= area.viewport().width(), f"page {place} is cut off at the right"
        shown = [found for found in panel.findChildren(QLabel) if found.isVisible() and not found.wordWrap()]
        short = [one for one in shown if one.width() < one.fontMetrics().horizontalAdvance(one.text())]
        assert [one.text() for one in short] == []


def test_pages_are_turned_by_keys(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio)
    acting_studio.window.activateWindow()
    panel.tabs.setFocus()

    for _ in range(4):
        QTest.keyClick(panel.tabs, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    last = panel.tabs.currentIndex()
    QTest.keyClick(panel.tabs, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)

    assert last == HEALTH_PAGE
    assert panel.tabs.currentIndex() == 0


def test_a_drag_along_the_edge_scrolls_the_board(acting_studio: StudioUnderTest) -> None:
    board = panel_of(acting_studio).roles
    acting_studio.frames(1)
    bar, height = board.area.verticalScrollBar(), board.area.viewport().height()
    scrolling = board.area.findChild(DragScroll)
    assert isinstance(scrolling, DragScroll)

    scrolling.scroll_at(height // 2)
    still = bar.value()
    scrolling.scroll_at(height - 3)
    down = bar.value()
    scrolling.scroll_at(3)

    assert (still, bar.value()) == (0, 0)
    assert down > 0


def test_a_card_dragged_to_another_role_leaves_the_one_it_was_in(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio)
    acting_studio.frames(1)
    talking = panel.roles.rows["talking"].cards
    before = clips_in(acting_studio, "talking")

    drop(panel, talking[0].carried(), "present")

    assert clips_in(acting_studio, "talking") == before[1:]
    assert clips_in(acting_studio, "present")[0] == before[0]
    assert document_of(acting_studio).history.names == (f"Move {before[0]} to Present",)


def test_a_card_dragged_below_the_last_becomes_the_last(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio)
    acting_studio.frames(1)
    row, before = panel.roles.rows["talking"], clips_in(acting_studio, "talking")

    drop(panel, row.cards[0].carried(), "talking", below=row.cards[-1])

    assert clips_in(acting_studio, "talking") == [*before[1:], before[0]]
    assert [card.clip for card in row.cards] == clips_in(acting_studio, "talking")


def test_cards_obey_the_keyboard(acting_studio: StudioUnderTest) -> None:
    row = panel_of(acting_studio).roles.rows["talking"]
    first, second, third = clips_in(acting_studio, "talking")

    QTest.keyClick(row.cards[0], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert clips_in(acting_studio, "talking") == [second, first, third]
    QTest.keyClick(row.cards[1], Qt.Key.Key_Delete)
    assert clips_in(acting_studio, "talking") == [second, third]
    QTest.keyClick(row.cards[0], Qt.Key.Key_Space)
    assert acting_studio.window.view.actor.playing == second
    QTest.keyClick(row.cards[0], Qt.Key.Key_Return)

    assert panel_of(acting_studio, CLIPS_PAGE).clips.open_clip == second


def test_a_weight_is_one_step_and_changes_the_shares(acting_studio: StudioUnderTest) -> None:
    card = panel_of(acting_studio).roles.rows["talking"].cards[0]

    for step in (15, 25, 40):
        card.weight.setValue(step)
    document_of(acting_studio).settle()

    assert acting_of(acting_studio).roles["talking"][0].weight == 4.0
    assert "67 times" in card.weight.toolTip()
    assert len(document_of(acting_studio).history.names) == 1


def test_a_mood_keeps_a_loop_for_an_emotion(acting_studio: StudioUnderTest) -> None:
    board = panel_of(acting_studio).roles
    card = board.rows["idle"].cards[0]
    action = next(one for one in card.mood.menu().actions() if one.text() == "Sad")

    action.trigger()

    assert acting_of(acting_studio).roles["idle"][0].emotion == "sad"
    assert card.mood.text() == "sad"
    assert not board.rows["greet"].cards[0].mood.isVisibleTo(board)


def test_every_clip_gets_a_picture_that_is_kept(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio, CLIPS_PAGE)
    gallery, document = panel.stage.gallery, document_of(acting_studio)
    names = [clip.name for clip in document.facts.clips]

    acting_studio.until(lambda: all(gallery.picture(name) for name in names), "pictures of all clips")
    acting_studio.until(lambda: gallery.face("happy"), "pictures of faces")

    assert acting_studio.desk.current is not None
    kept = list((acting_studio.desk.current.project.cache / "pictures").rglob("*.png"))
    assert len(kept) >= len(names)
    wave, idle = gallery.picture("Wave"), gallery.picture("Idle")
    assert wave is not None
    assert idle is not None
    assert wave.toImage() != idle.toImage()


def test_resting_on_a_card_plays_it_and_leaving_gives_the_stage_back(acting_studio: StudioUnderTest) -> None:
    panel, actor = panel_of(acting_studio, CLIPS_PAGE), acting_studio.window.view.actor
    shelf = panel.clips.shelf
    acting_studio.frames(1)
    actor.audition("Nod_Yes")
    actor.seek(0.5)
    place = next(n for n, row in enumerate(shelf.rows.rows) if row.name == "Celebrate")
    shelf.scrollTo(shelf.rows.index(place))
    card = shelf.visualRect(shelf.rows.index(place))

    # From one place to another: a pointer that is there already does not move.
    for there in (card.topLeft() + QPoint(20, 20), card.center()):
        QTest.mouseMove(shelf.viewport(), there)
        acting_studio.frames(1)
    acting_studio.until(lambda: actor.playing == "Celebrate", "the preview")
    assert panel.timeline.clip == "Celebrate"
    QTest.mouseMove(acting_studio.window.workspace.rail, QPoint(3, 3))
    acting_studio.until(lambda: actor.playing == "Nod_Yes", "what was there before")

    assert actor.paused
    assert actor.clip_place == pytest.approx(0.5)


def test_the_shelf_is_searched_and_filtered(acting_studio: StudioUnderTest) -> None:
    clips = panel_of(acting_studio, CLIPS_PAGE).clips

    QTest.keyClicks(clips.search, "wave")
    found = [row.name for row in clips.shelf.rows.rows]
    clips.search.clear()
    clips.filter.setCurrentIndex(clips.filter.findData("posture"))
    clips.filter.activated.emit(clips.filter.currentIndex())
    loops = {row.name for row in clips.shelf.rows.rows}

    assert found == ["Wave"]
    assert loops == {
        clip for role in ("idle", "listening", "thinking", "talking") for clip in clips_in(acting_studio, role)
    }


def test_settings_reach_the_map_and_the_stage_and_can_be_reset(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio)
    panel.stage.open_clip("Wave")
    page = panel.clips.page
    before = acting_of(acting_studio).clips["Wave"]
    straight = acting_studio.window.view.actor
    straight.seek(0.8)
    pose = straight.pose()

    page.form.checks["mirror"].click()
    page.form.moves.button_of("upper").click()
    page.form.speed.slider.setValue(150)
    page.form.fade_in.setValue(0.7)
    page.form.rest.setValue(20)
    after = acting_of(acting_studio).clips["Wave"]
    mirrored = straight.pose()

    changed = {"mirror": True, "mask": "upper", "speed": 1.5, "fade_in_seconds": 0.7, "cooldown_seconds": 20.0}
    assert after == ClipSettings.model_validate({**before.model_dump(), **changed})
    assert pose is not None
    assert mirrored is not None
    assert abs(pose.world - mirrored.world).max() > 0.1
    page.reset.click()
    assert acting_of(acting_studio).clips["Wave"] == before
    assert not page.reset.isEnabled()
    acting_studio.window.undo()
    assert acting_of(acting_studio).clips["Wave"] == after


def test_seconds_below_zero_leave_it_to_the_studio(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio)
    panel.stage.open_clip("Wave")
    field = panel.clips.page.form.fade_out

    field.setValue(0.0)
    given = acting_of(acting_studio).clips["Wave"].fade_out_seconds
    field.setValue(-0.05)

    assert given == 0.0
    assert acting_of(acting_studio).clips["Wave"].fade_out_seconds is None
    assert field.text() == "auto, 0.4 s"


def test_escape_and_page_keys_lead_through_the_clips(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio)
    clips, names = panel.clips, [row.name for row in panel.clips.shelf.rows.rows]
    panel.stage.open_clip(names[0])

    QTest.keyClick(clips.page, Qt.Key.Key_PageDown)
    assert clips.open_clip == names[1]
    QTest.keyClick(clips.page, Qt.Key.Key_PageUp)
    QTest.keyClick(clips.page, Qt.Key.Key_Escape)

    assert clips.open_clip is None
    assert clips.shelf.current == names[0]


def test_a_clip_from_the_shelf_lands_where_it_was_dropped(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio)
    acting_studio.frames(1)
    carried = QMimeData()
    carried.setData(CLIP_MIME, b"Wave")
    before, row = clips_in(acting_studio, "talking"), panel.roles.rows["talking"]

    drop(panel, carried, "talking", below=row.cards[0])

    assert clips_in(acting_studio, "talking") == [before[0], "Wave", *before[1:]]
    assert "Wave" in clips_in(acting_studio, "greet")
