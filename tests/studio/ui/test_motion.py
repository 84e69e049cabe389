"""The timeline below the viewport: what its curves show, that a drag scrubs, that handles move what plays."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from shared.glb import Sampler, find_body, geometry, inspect, motion_curve, read_glb
from studio.ui.panels.acting import ActingPanel
from studio.ui.panels.motion import Timeline
from studio.ui.panels.motion_curves import joint_curves
from tests.studio.ui.conftest import AVATAR, StudioUnderTest

LEFT = Qt.MouseButton.LeftButton


def timeline_of(studio: StudioUnderTest) -> Timeline:
    """The timeline of the open project, on screen."""
    studio.window.workspace.show_section("acting")
    panel = studio.window.workspace.panels["acting"]
    assert isinstance(panel, ActingPanel)
    return panel.timeline


def drag(timeline: Timeline, start: float, end: float) -> None:
    """Drag from one moment of the clip to another."""
    plot, middle = timeline.plot, timeline.plot.height() // 2
    QTest.mousePress(plot.viewport(), LEFT, pos=QPoint(plot.pixel_of(start), middle))
    QTest.mouseMove(plot.viewport(), QPoint(plot.pixel_of(end), middle))
    QTest.mouseRelease(plot.viewport(), LEFT, pos=QPoint(plot.pixel_of(end), middle))


def test_the_curve_is_what_the_measures_say() -> None:
    glb = read_glb(AVATAR)
    facts = next(clip for clip in inspect(glb).clips if clip.name == "Wave")

    curve = motion_curve(Sampler(glb), find_body(glb, geometry(glb)), glb.clip_names.index("Wave"))

    inside = (curve.seconds >= facts.active_start) & (curve.seconds <= facts.active_end)
    assert curve.speeds.mean() == pytest.approx(facts.mean_speed, rel=1e-6)
    assert np.all(np.diff(curve.seconds) > 0)
    assert curve.speeds[inside].mean() > curve.speeds.mean() * 0.99
    assert curve.seconds[0] > 0
    assert curve.seconds[-1] < facts.seconds


def test_a_joints_curves_go_where_the_joint_goes() -> None:
    glb = read_glb(AVATAR)
    sampler, body = Sampler(glb), find_body(glb, geometry(glb))
    hand, seconds = int(body.ends[2]), sampler.clip("Wave").seconds

    shown = joint_curves(sampler, body, "Wave", seconds, hand)

    half = len(shown.seconds) // 2
    there = sampler.pose("Wave", float(shown.seconds[half])).world[hand, :3, 3]
    begin = sampler.pose("Wave", 0.0).world[hand, :3, 3]
    assert shown.values[:, half] * body.height == pytest.approx(there - begin, abs=1e-9)
    assert np.abs(shown.values).max() > 0.05


def test_the_line_follows_the_clip_and_a_drag_scrubs_it(open_studio: StudioUnderTest) -> None:
    timeline, actor = timeline_of(open_studio), open_studio.window.view.actor
    assert timeline.clip is None
    actor.audition("Wave")
    open_studio.until(lambda: timeline.plot.place, "the line to move")
    place = timeline.plot.place
    open_studio.until(lambda: timeline.plot.place != place, "the line to move on")

    drag(timeline, 0.9, actor.clip_seconds / 2)

    assert actor.paused
    assert actor.clip_place == pytest.approx(actor.clip_seconds / 2, rel=0.02)
    assert timeline.plot.place == pytest.approx(actor.clip_place)


def test_a_clip_that_has_stopped_stays_and_can_be_scrubbed(open_studio: StudioUnderTest) -> None:
    timeline, actor = timeline_of(open_studio), open_studio.window.view.actor
    actor.audition("Wave")
    actor.rest()
    assert (timeline.clip, timeline.plot.place) == ("Wave", None)

    drag(timeline, 1.0, 1.0)

    assert actor.playing == "Wave"
    assert actor.paused


def test_dragging_an_edge_is_one_step_that_can_be_undone(open_studio: StudioUnderTest) -> None:
    timeline = timeline_of(open_studio)
    open_studio.window.view.actor.audition("Wave")
    assert open_studio.desk.current is not None
    document, before = open_studio.desk.current.document, timeline.plot.window_shown

    drag(timeline, before.end, 1.8)
    after = document.draft.acting.clips["Wave"]

    assert after.active_end == pytest.approx(1.8, abs=0.03)
    assert after.active_start == before.start
    assert document.history.names == ("Move the window of Wave",)
    document.undo()
    assert timeline.plot.window_shown == before
    assert not timeline.measured.isEnabled()


def test_the_timeline_obeys_the_keyboard(open_studio: StudioUnderTest) -> None:
    timeline, actor = timeline_of(open_studio), open_studio.window.view.actor
    actor.audition("Wave")
    timeline.setFocus()

    QTest.keyClick(timeline, Qt.Key.Key_Home)
    start = actor.clip_place
    QTest.keyClick(timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    QTest.keyClick(timeline, Qt.Key.Key_BracketLeft)

    assert start == 0.0
    assert actor.clip_place == pytest.approx(11 / 30, abs=1e-6)
    assert timeline.plot.window_shown.start == pytest.approx(11 / 30, abs=1e-6)
    QTest.keyClick(timeline, Qt.Key.Key_Space)
    assert not actor.paused
