"""The pages of the Acting panel that measure and shape: emotions, transitions, health."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from studio.ui.panels.acting import EMOTIONS_PAGE, HEALTH_PAGE, TRANSITIONS_PAGE
from tests.studio.ui.acting import acting_of, clips_in, document_of, panel_of
from tests.studio.ui.conftest import StudioUnderTest

LEFT = Qt.MouseButton.LeftButton


def test_a_face_is_shaped_live_and_undone(acting_studio: StudioUnderTest) -> None:
    panel, actor = panel_of(acting_studio, EMOTIONS_PAGE), acting_studio.window.view.actor
    row = panel.emotions.rows["sad"]
    row.toggle()
    assert row.editor is not None
    assert row.opened
    editor, before = row.editor, dict(acting_of(acting_studio).emotions["sad"].morphs)
    added = editor.add.itemData(1)

    editor.add.setCurrentIndex(1)
    editor.add.activated.emit(1)
    editor.sliders[added].slider.setValue(90)
    shaped = actor.now
    acting_studio.until(lambda: actor.now > shaped + 1.0, "the face to have come")
    pose = actor.pose()

    assert acting_of(acting_studio).emotions["sad"].morphs == {**before, added: 0.9}
    assert pose is not None
    assert any(0.85 < value <= 0.91 for weights in pose.weights.values() for value in weights)
    acting_studio.window.undo()
    acting_studio.window.undo()
    assert acting_of(acting_studio).emotions["sad"].morphs == before
    assert list(editor.sliders) == list(before)


def test_transitions_are_measured_and_a_click_plays_one(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio, TRANSITIONS_PAGE)
    page, actor = panel.transitions, acting_studio.window.view.actor
    acting_studio.until(lambda: page.changes.rows, "the measures")
    jumps = [row.jump for row in page.changes.rows]
    listening = clips_in(acting_studio, "listening")[0]

    place = page.map.place_of(listening, "Wave").center().toPoint()
    QTest.mouseClick(page.map, LEFT, pos=place)
    acting_studio.until(lambda: actor.seen == ("Wave", "gesture"), "the wave after listening")

    assert jumps == sorted(jumps, reverse=True)
    assert set(page.changes.postures) >= {listening}
    assert page.changes.between("Wave", listening) is not None
    assert page.changes.between("Wave", "Shrug") is None


def test_transitions_follow_the_settings(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio, TRANSITIONS_PAGE)
    page = panel.transitions
    acting_studio.until(lambda: page.changes.rows, "the measures")
    idle = clips_in(acting_studio, "idle")[0]
    before = page.changes.between(idle, "Wave")

    panel.stage.open_clip("Wave")
    panel.timeline.set_window(1.2, 2.0)
    panel.show_page(TRANSITIONS_PAGE)
    acting_studio.until(lambda: page.changes.between(idle, "Wave") != before, "new measures")

    after = page.changes.between(idle, "Wave")
    assert before is not None
    assert after is not None
    assert after.jump > before.jump


def test_health_finds_what_is_wrong_and_mends_it_in_one_step(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio, HEALTH_PAGE)
    examiner = panel.stage.examiner
    acting_studio.until(lambda: examiner.known, "the examination")
    mendable = [one for one in examiner.ailments if one.fix is not None]
    before = acting_of(acting_studio)
    assert mendable
    assert panel.tabs.mark(HEALTH_PAGE) == str(len(examiner.ailments))

    panel.health.fix_all.click()
    acting_studio.until(lambda: not any(one.fix for one in examiner.ailments), "all to be mended")

    assert acting_of(acting_studio) != before
    assert len(document_of(acting_studio).history.names) == 1
    acting_studio.window.undo()
    assert acting_of(acting_studio) == before
    acting_studio.until(lambda: examiner.ailments, "the ailments to be back")


def test_one_fix_leaves_the_others(acting_studio: StudioUnderTest) -> None:
    panel = panel_of(acting_studio, HEALTH_PAGE)
    examiner = panel.stage.examiner
    acting_studio.until(lambda: examiner.known, "the examination")
    first = next(one for one in examiner.ailments if one.fix is not None)
    assert first.fix is not None
    title, number = first.fix.title, len(examiner.ailments)

    fix = next(found for found in panel.health.findChildren(QPushButton) if found.text() == title)
    fix.click()
    acting_studio.until(lambda: len(examiner.ailments) < number, "one ailment less")

    assert set(acting_of(acting_studio).clips[first.clip].model_dump().items()) >= set(first.fix.settings.items())
    assert len(examiner.ailments) == number - 1
