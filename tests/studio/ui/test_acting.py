"""The Acting panel: roles, clips and their settings, emotions, transitions and health, in a real window."""

import asyncio
import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from shared.contract.acting import ActingMap, ClipSettings
from studio.config import Settings
from studio.model.document import Document
from studio.ui.panels.acting import CLIPS_PAGE, EMOTIONS_PAGE, HEALTH_PAGE, TRANSITIONS_PAGE, ActingPanel
from studio.ui.panels.acting_role_cards import RoleCard
from studio.ui.parts.clip_list import CLIP_MIME
from tests.studio.ui.conftest import Loop, StudioUnderTest

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def one_studio(
    qapp: QApplication, fresh_project: Path, models_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StudioUnderTest]:
    """One window with one project for all of these: they undo what they do."""
    folder = tmp_path_factory.mktemp("acting")
    loop = Loop(qapp, already_running=False)
    asyncio.set_event_loop(loop)
    given = {"config_folder": folder / "config", "cache_folder": models_folder, "keyring": False}
    keys = {"OPENAI_API_KEY": None, "ANTHROPIC_API_KEY": None}
    made = StudioUnderTest(qapp, loop, Settings.model_validate({**given, **keys}))
    made.window.open_project(shutil.copytree(fresh_project, folder / "pip"))
    made.until(lambda: made.window.view.actor.clips, "the avatar on stage")
    yield made
    made.close()
    loop.close()
    asyncio.set_event_loop(None)
    gc.collect()


@pytest.fixture
def open_studio(one_studio: StudioUnderTest) -> Iterator[StudioUnderTest]:
    """The studio with the project as it was opened, and no step in its history."""
    yield one_studio
    document_of(one_studio).go_to(0)
    # A step that is undone is still there to be done again; the next test counts its own.
    document_of(one_studio).history._undone.clear()
    one_studio.window.view.actor.rest()
    panel_of(one_studio).clips.close_clip()


def panel_of(studio: StudioUnderTest, page: int = 0) -> ActingPanel:
    """The panel, on screen with one of its pages."""
    studio.window.workspace.show_section("acting")
    panel = studio.window.workspace.panels["acting"]
    assert isinstance(panel, ActingPanel)
    panel.show_page(page)
    return panel


def document_of(studio: StudioUnderTest) -> Document:
    """The open document."""
    assert studio.desk.current is not None
    return studio.desk.current.document


def acting_of(studio: StudioUnderTest) -> ActingMap:
    """The map as it stands."""
    return document_of(studio).draft.acting


def clips_in(studio: StudioUnderTest, role: str) -> list[str]:
    """The clips of a role, in order."""
    return [entry.clip for name, entries in acting_of(studio).roles.items() if name == role for entry in entries]


def drop(panel: ActingPanel, carried: QMimeData, role: str, below: RoleCard | None = None) -> None:
    """Let something go over a role, at its head or below one of its cards."""
    row = next(row for name, row in panel.roles.rows.items() if name == role)
    place = QPointF(9, 2) if below is None else QPointF(below.geometry().bottomLeft() + QPoint(9, 1))
    action, keys = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    row.dropEvent(QDropEvent(place, action, carried, LEFT, keys))


def test_a_card_dragged_to_another_role_leaves_the_one_it_was_in(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio)
    open_studio.frames(1)
    talking = panel.roles.rows["talking"].cards
    before = clips_in(open_studio, "talking")

    drop(panel, talking[0].carried(), "present")

    assert clips_in(open_studio, "talking") == before[1:]
    assert clips_in(open_studio, "present")[0] == before[0]
    assert document_of(open_studio).history.names == (f"Move {before[0]} to Present",)


def test_a_card_dragged_below_the_last_becomes_the_last(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio)
    open_studio.frames(1)
    row, before = panel.roles.rows["talking"], clips_in(open_studio, "talking")

    drop(panel, row.cards[0].carried(), "talking", below=row.cards[-1])

    assert clips_in(open_studio, "talking") == [*before[1:], before[0]]
    assert [card.clip for card in row.cards] == clips_in(open_studio, "talking")


def test_cards_obey_the_keyboard(open_studio: StudioUnderTest) -> None:
    row = panel_of(open_studio).roles.rows["talking"]
    first, second, third = clips_in(open_studio, "talking")

    QTest.keyClick(row.cards[0], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert clips_in(open_studio, "talking") == [second, first, third]
    QTest.keyClick(row.cards[1], Qt.Key.Key_Delete)
    assert clips_in(open_studio, "talking") == [second, third]
    QTest.keyClick(row.cards[0], Qt.Key.Key_Space)
    assert open_studio.window.view.actor.playing == second
    QTest.keyClick(row.cards[0], Qt.Key.Key_Return)

    assert panel_of(open_studio, CLIPS_PAGE).clips.open_clip == second


def test_a_weight_is_one_step_and_changes_the_shares(open_studio: StudioUnderTest) -> None:
    card = panel_of(open_studio).roles.rows["talking"].cards[0]

    for step in (15, 25, 40):
        card.weight.setValue(step)
    document_of(open_studio).settle()

    assert acting_of(open_studio).roles["talking"][0].weight == 4.0
    assert "67 times" in card.weight.toolTip()
    assert len(document_of(open_studio).history.names) == 1


def test_a_mood_keeps_a_loop_for_an_emotion(open_studio: StudioUnderTest) -> None:
    board = panel_of(open_studio).roles
    card = board.rows["idle"].cards[0]
    action = next(one for one in card.mood.menu().actions() if one.text() == "Sad")

    action.trigger()

    assert acting_of(open_studio).roles["idle"][0].emotion == "sad"
    assert card.mood.text() == "sad"
    assert not board.rows["greet"].cards[0].mood.isVisibleTo(board)


def test_every_clip_gets_a_picture_that_is_kept(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio, CLIPS_PAGE)
    gallery, document = panel.stage.gallery, document_of(open_studio)
    names = [clip.name for clip in document.facts.clips]

    open_studio.until(lambda: all(gallery.picture(name) for name in names), "pictures of all clips")
    open_studio.until(lambda: gallery.face("happy"), "pictures of faces")

    assert open_studio.desk.current is not None
    kept = list((open_studio.desk.current.project.cache / "pictures").rglob("*.png"))
    assert len(kept) >= len(names)
    wave, idle = gallery.picture("Wave"), gallery.picture("Idle")
    assert wave is not None
    assert idle is not None
    assert wave.toImage() != idle.toImage()


def test_resting_on_a_card_plays_it_and_leaving_gives_the_stage_back(open_studio: StudioUnderTest) -> None:
    panel, actor = panel_of(open_studio, CLIPS_PAGE), open_studio.window.view.actor
    shelf = panel.clips.shelf
    open_studio.frames(1)
    actor.audition("Nod_Yes")
    actor.seek(0.5)
    place = next(n for n, row in enumerate(shelf.rows.rows) if row.name == "Celebrate")
    shelf.scrollTo(shelf.rows.index(place))
    card = shelf.visualRect(shelf.rows.index(place))

    # From one place to another: a pointer that is there already does not move.
    for there in (card.topLeft() + QPoint(20, 20), card.center()):
        QTest.mouseMove(shelf.viewport(), there)
        open_studio.frames(1)
    open_studio.until(lambda: actor.playing == "Celebrate", "the preview")
    assert panel.timeline.clip == "Celebrate"
    QTest.mouseMove(open_studio.window.workspace.rail, QPoint(3, 3))
    open_studio.until(lambda: actor.playing == "Nod_Yes", "what was there before")

    assert actor.paused
    assert actor.clip_place == pytest.approx(0.5)


def test_the_shelf_is_searched_and_filtered(open_studio: StudioUnderTest) -> None:
    clips = panel_of(open_studio, CLIPS_PAGE).clips

    QTest.keyClicks(clips.search, "wave")
    found = [row.name for row in clips.shelf.rows.rows]
    clips.search.clear()
    clips.filter.setCurrentIndex(clips.filter.findData("posture"))
    clips.filter.activated.emit(clips.filter.currentIndex())
    loops = {row.name for row in clips.shelf.rows.rows}

    assert found == ["Wave"]
    assert loops == {
        clip for role in ("idle", "listening", "thinking", "talking") for clip in clips_in(open_studio, role)
    }


def test_settings_reach_the_map_and_the_stage_and_can_be_reset(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio)
    panel.stage.open_clip("Wave")
    page = panel.clips.page
    before = acting_of(open_studio).clips["Wave"]
    straight = open_studio.window.view.actor
    straight.seek(0.8)
    pose = straight.pose()

    page.form.checks["mirror"].click()
    page.form.moves.button_of("upper").click()
    page.form.speed.slider.setValue(150)
    page.form.fade_in.setValue(0.7)
    page.form.rest.setValue(20)
    after = acting_of(open_studio).clips["Wave"]
    mirrored = straight.pose()

    changed = {"mirror": True, "mask": "upper", "speed": 1.5, "fade_in_seconds": 0.7, "cooldown_seconds": 20.0}
    assert after == ClipSettings.model_validate({**before.model_dump(), **changed})
    assert pose is not None
    assert mirrored is not None
    assert abs(pose.world - mirrored.world).max() > 0.1
    page.reset.click()
    assert acting_of(open_studio).clips["Wave"] == before
    assert not page.reset.isEnabled()
    open_studio.window.undo()
    assert acting_of(open_studio).clips["Wave"] == after


def test_seconds_below_zero_leave_it_to_the_studio(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio)
    panel.stage.open_clip("Wave")
    field = panel.clips.page.form.fade_out

    field.setValue(0.0)
    given = acting_of(open_studio).clips["Wave"].fade_out_seconds
    field.setValue(-0.05)

    assert given == 0.0
    assert acting_of(open_studio).clips["Wave"].fade_out_seconds is None
    assert field.text() == "auto, 0.4 s"


def test_escape_and_page_keys_lead_through_the_clips(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio)
    clips, names = panel.clips, [row.name for row in panel.clips.shelf.rows.rows]
    panel.stage.open_clip(names[0])

    QTest.keyClick(clips.page, Qt.Key.Key_PageDown)
    assert clips.open_clip == names[1]
    QTest.keyClick(clips.page, Qt.Key.Key_PageUp)
    QTest.keyClick(clips.page, Qt.Key.Key_Escape)

    assert clips.open_clip is None
    assert clips.shelf.current == names[0]


def test_a_face_is_shaped_live_and_undone(open_studio: StudioUnderTest) -> None:
    panel, actor = panel_of(open_studio, EMOTIONS_PAGE), open_studio.window.view.actor
    row = panel.emotions.rows["sad"]
    row.toggle()
    assert row.editor is not None
    editor, before = row.editor, dict(acting_of(open_studio).emotions["sad"].morphs)
    added = editor.add.itemData(1)

    editor.add.setCurrentIndex(1)
    editor.add.activated.emit(1)
    editor.sliders[added].slider.setValue(90)
    shaped = actor.now
    open_studio.until(lambda: actor.now > shaped + 1.0, "the face to have come")
    pose = actor.pose()

    assert acting_of(open_studio).emotions["sad"].morphs == {**before, added: 0.9}
    assert pose is not None
    assert any(0.85 < value <= 0.91 for weights in pose.weights.values() for value in weights)
    open_studio.window.undo()
    open_studio.window.undo()
    assert acting_of(open_studio).emotions["sad"].morphs == before
    assert list(editor.sliders) == list(before)


def test_transitions_are_measured_and_a_click_plays_one(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio, TRANSITIONS_PAGE)
    page, actor = panel.transitions, open_studio.window.view.actor
    open_studio.until(lambda: page.changes.rows, "the measures")
    jumps = [row.jump for row in page.changes.rows]
    listening = clips_in(open_studio, "listening")[0]

    place = page.map.place_of(listening, "Wave").center().toPoint()
    QTest.mouseClick(page.map, LEFT, pos=place)
    open_studio.until(lambda: actor.seen == ("Wave", "gesture"), "the wave after listening")

    assert jumps == sorted(jumps, reverse=True)
    assert set(page.changes.postures) >= {listening}
    assert page.changes.between("Wave", listening) is not None
    assert page.changes.between("Wave", "Shrug") is None


def test_transitions_follow_the_settings(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio, TRANSITIONS_PAGE)
    page = panel.transitions
    open_studio.until(lambda: page.changes.rows, "the measures")
    idle = clips_in(open_studio, "idle")[0]
    before = page.changes.between(idle, "Wave")

    panel.stage.open_clip("Wave")
    panel.timeline.set_window(1.2, 2.0)
    panel.show_page(TRANSITIONS_PAGE)
    open_studio.until(lambda: page.changes.between(idle, "Wave") != before, "new measures")

    after = page.changes.between(idle, "Wave")
    assert before is not None
    assert after is not None
    assert after.jump > before.jump


def test_health_finds_what_is_wrong_and_mends_it_in_one_step(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio, HEALTH_PAGE)
    examiner = panel.stage.examiner
    open_studio.until(lambda: examiner.known, "the examination")
    mendable = [one for one in examiner.ailments if one.fix is not None]
    before = acting_of(open_studio)
    assert mendable
    assert panel.tabs.mark(HEALTH_PAGE) == str(len(examiner.ailments))

    panel.health.fix_all.click()
    open_studio.until(lambda: not any(one.fix for one in examiner.ailments), "all to be mended")

    assert acting_of(open_studio) != before
    assert len(document_of(open_studio).history.names) == 1
    open_studio.window.undo()
    assert acting_of(open_studio) == before
    open_studio.until(lambda: examiner.ailments, "the ailments to be back")


def test_one_fix_leaves_the_others(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio, HEALTH_PAGE)
    examiner = panel.stage.examiner
    open_studio.until(lambda: examiner.known, "the examination")
    first = next(one for one in examiner.ailments if one.fix is not None)
    assert first.fix is not None
    title, number = first.fix.title, len(examiner.ailments)

    fix = next(found for found in panel.health.findChildren(QPushButton) if found.text() == title)
    fix.click()
    open_studio.until(lambda: len(examiner.ailments) < number, "one ailment less")

    assert set(acting_of(open_studio).clips[first.clip].model_dump().items()) >= set(first.fix.settings.items())
    assert len(examiner.ailments) == number - 1


def test_a_clip_from_the_shelf_lands_where_it_was_dropped(open_studio: StudioUnderTest) -> None:
    panel = panel_of(open_studio)
    open_studio.frames(1)
    carried = QMimeData()
    carried.setData(CLIP_MIME, b"Wave")
    before, row = clips_in(open_studio, "talking"), panel.roles.rows["talking"]

    drop(panel, carried, "talking", below=row.cards[0])

    assert clips_in(open_studio, "talking") == [before[0], "Wave", *before[1:]]
    assert "Wave" in clips_in(open_studio, "greet")
