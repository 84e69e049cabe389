"""The viewport's tools, its statistics, and avatars that come onto the stage while the window goes on."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from shared.contract.turn import TurnCue
from studio.files.desk import load_preferences
from studio.ui.viewport.figures import PAUSE_SECONDS, Rhythm
from tests.studio.ui.conftest import StudioUnderTest, differing_share


def press(studio: StudioUnderTest, key: Qt.Key) -> None:
    """Press a key in the viewport."""
    QTest.keyClick(studio.window.view.canvas, key)


def test_the_window_goes_on_while_an_avatar_comes_onto_the_stage(open_studio: StudioUnderTest) -> None:
    canvas, actor, avatar = open_studio.window.view.canvas, open_studio.window.view.actor, open_studio.desk.current
    assert avatar is not None
    assert avatar.avatar is not None
    ticks: list[bool] = []
    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(lambda: ticks.append(canvas.arriving))
    timer.start()

    canvas.show_avatar(avatar.avatar.glb, avatar.document.draft.acting)
    assert canvas.arriving
    assert actor.clips == ()
    open_studio.until(lambda: actor.clips, "the avatar to come back")

    timer.stop()
    assert sum(ticks) > 1
    assert not canvas.arriving
    assert not open_studio.window.view.arriving.isVisible()

    # In the place of itself: the one before stays, and a second one overtakes the first.
    before = actor.clips
    for _ in range(2):
        canvas.show_avatar(avatar.avatar.glb, avatar.document.draft.acting, keep=True)
    assert canvas.arriving
    assert actor.clips == before
    open_studio.until(lambda: not canvas.arriving, "the successor")
    assert actor.clips == before


def test_an_avatar_that_cannot_come_is_told_and_another_may(open_studio: StudioUnderTest) -> None:
    view, opened = open_studio.window.view, open_studio.desk.current
    assert opened is not None
    assert opened.avatar is not None
    told: list[BaseException] = []
    view.canvas.failed.connect(told.append)

    view.canvas.show_avatar("no avatar", opened.document.draft.acting)  # type: ignore[arg-type]  # a fault on purpose
    open_studio.until(lambda: told, "the failure")
    view.canvas.show_avatar(opened.avatar.glb, opened.document.draft.acting)

    open_studio.until(lambda: view.actor.clips, "the next avatar")
    assert open_studio.window.toasts.texts
    open_studio.window.toasts.clear()


def test_tools_have_keys_and_are_remembered(open_studio: StudioUnderTest) -> None:
    view, settings = open_studio.window.view, open_studio.desk.settings
    view.actor.toggle_pause()
    open_studio.until(lambda: view.canvas.finished, "the finest picture")
    plain = open_studio.picture()

    for key in (Qt.Key.Key_G, Qt.Key.Key_K, Qt.Key.Key_W):
        press(open_studio, key)
    open_studio.until(lambda: view.canvas.finished, "the overlays")

    assert differing_share(plain, open_studio.picture()) > 0.005
    assert all(view.tools.buttons[name].isChecked() for name in ("grid", "skeleton", "wireframe"))
    kept = load_preferences(settings.config_folder).viewport
    assert (kept.grid, kept.skeleton, kept.wireframe, kept.turntable) == (True, True, True, False)

    press(open_studio, Qt.Key.Key_B)
    assert load_preferences(settings.config_folder).viewport.framing == "bust"
    assert view.transport.framing.button_of("bust").isChecked()


def test_a_turntable_turns_statistics_count_and_r_looks_from_the_front_again(open_studio: StudioUnderTest) -> None:
    view, canvas = open_studio.window.view, open_studio.window.view.canvas
    assert not view.figures.isVisible()
    assert canvas._stage is not None
    camera = canvas._stage.camera

    press(open_studio, Qt.Key.Key_T)
    press(open_studio, Qt.Key.Key_I)
    open_studio.until(lambda: camera.view.yaw_radians > 0.05, "a turn")
    open_studio.until(lambda: view.figures.texts[2] != "", "numbers")
    press(open_studio, Qt.Key.Key_T)
    press(open_studio, Qt.Key.Key_R)

    assert camera.view.yaw_radians == 0
    readings = canvas.readings
    assert readings.triangles > 10_000
    assert readings.draw_calls > 2
    assert readings.gpu_bytes > 1 << 20
    assert view.figures.texts[2] == f"{readings.triangles:,}".replace(",", " ")


def test_edges_and_tones_are_as_chosen_and_the_avatar_stays(open_studio: StudioUnderTest) -> None:
    view = open_studio.window.view
    view.actor.toggle_pause()
    open_studio.until(lambda: view.canvas.finished, "the finest picture")
    before = open_studio.picture()

    for smoothing in ("multisample", "none", "edges"):
        view.tools.choose(view.tools.choices.model_copy(update={"smoothing": smoothing}))
        open_studio.until(lambda: view.canvas.finished, "the same in another way")
        assert differing_share(before, open_studio.picture()) < 0.05
    view.tools.choose(view.tools.choices.model_copy(update={"tone": "aces"}))
    open_studio.until(lambda: view.canvas.finished, "other tones")
    assert differing_share(before, open_studio.picture()) > 0.005
    assert open_studio.window.toasts.texts == []


def test_the_transport_names_what_is_really_seen(open_studio: StudioUnderTest) -> None:
    view = open_studio.window.view
    clip = next(clip for clip in view.actor.clips if clip.lower().startswith("wave"))
    cue = TurnCue(
        turn_id=UUID(int=1), seq=0, role="greet", intensity=0.9, clip=clip, offset=0, shown_offset=0,
        source="marker", confidence=1.0,
    )  # fmt: skip

    view.actor.perform(cue)
    open_studio.frames(2)

    assert (view.transport.name.text(), view.transport.role.text()) == (clip, "Gesture")
    view.actor.rest()
    open_studio.frames(2)
    assert "idle" in view.transport.name.text().lower()


def test_a_rhythm_is_told_until_nothing_moves() -> None:
    rhythm = Rhythm()

    for number in range(10):
        rhythm.beat(100.0 + number * 0.05)

    assert rhythm.frames_per_second(100.5) == pytest.approx(20)
    assert rhythm.frames_per_second(100.5 + PAUSE_SECONDS) == 0
    rhythm.beat(200.0)
    assert rhythm.frames_per_second(200.0) == 0
