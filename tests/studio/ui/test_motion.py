"""The motion curve under the clips: what it shows, and that a drag on it scrubs."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from shared.glb import Sampler, find_body, geometry, inspect, motion_curve, read_glb
from studio.ui.panels.avatar import AvatarPanel
from studio.ui.panels.motion import MotionView
from tests.studio.ui.conftest import AVATAR, StudioUnderTest


def motion_of(studio: StudioUnderTest) -> MotionView:
    """The curve of the open project."""
    panel = studio.window.workspace.panels["avatar"]
    assert isinstance(panel, AvatarPanel)
    return panel.motion


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


def test_the_line_follows_the_clip_and_a_drag_scrubs_it(open_studio: StudioUnderTest) -> None:
    motion, actor = motion_of(open_studio), open_studio.window.view.actor
    assert motion.clip is None
    actor.audition("Wave")
    open_studio.until(lambda: motion.plot.place, "the line to move")
    place = motion.plot.place
    open_studio.until(lambda: motion.plot.place != place, "the line to move on")

    quarter = QPoint(26 + (motion.plot.width() - 26) // 4, 30)
    QTest.mousePress(motion.plot.viewport(), Qt.MouseButton.LeftButton, pos=quarter)
    QTest.mouseRelease(motion.plot.viewport(), Qt.MouseButton.LeftButton, pos=quarter)

    assert actor.paused
    assert actor.clip_place == pytest.approx(actor.clip_seconds / 4, rel=0.05)
    assert motion.plot.place == pytest.approx(actor.clip_place)


def test_a_clip_that_has_stopped_stays_and_can_be_scrubbed(open_studio: StudioUnderTest) -> None:
    motion, actor = motion_of(open_studio), open_studio.window.view.actor
    actor.audition("Wave")
    actor.rest()
    assert (motion.clip, motion.plot.place) == ("Wave", None)

    QTest.mousePress(motion.plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 30))

    assert actor.playing == "Wave"
    assert actor.paused
