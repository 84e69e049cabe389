"""The stage in a window of a machine without a graphics card: coarser while it moves, smooth once it stands."""

import numpy as np
import pytest
from PIL import Image

from shared.glb import read_glb
from studio.render.live import FAST_SECONDS, OFFSETS, SCALES, SLOW_SECONDS, LiveView, Sharpness
from studio.render.posters import draw_into_picture
from studio.render.stage import SOFTWARE, Backdrop, Quality, Stage
from tests.studio.render.showing import board_glb

LARGE = (600, 700)
"""Drawn twice as large and reduced: the same for all pictures here."""


def shown(stage: Stage, view: LiveView, seconds: float) -> Image.Image:
    """What the window would show now."""
    pose = stage.player.pose(seconds) if stage.player is not None else None
    return draw_into_picture(stage, LARGE, lambda: view.draw(pose))


def roughness(picture: Image.Image) -> float:
    """How much neighbouring pixels differ where they differ most."""
    steps = np.abs(np.diff(np.asarray(picture.convert("L"), np.float32), axis=1))
    return float(np.percentile(steps, 99.5))


@pytest.mark.usefixtures("context")
def test_what_stands_still_becomes_smooth_and_then_rests() -> None:
    stage = Stage(SOFTWARE)
    stage.set_backdrop(Backdrop())
    stage.load(read_glb(board_glb()))
    stage.resize(LARGE[0] * 2, LARGE[1] * 2)
    view = LiveView(stage)
    first = shown(stage, view, 0.0)
    frames = 0

    while view.unfinished:
        last = shown(stage, view, 0.0)
        frames += 1
        assert frames <= len(OFFSETS)

    assert frames == len(OFFSETS)
    assert roughness(last) < roughness(first)
    assert np.abs(np.asarray(last, np.float32) - np.asarray(first, np.float32)).mean() < 2
    view.dispose()
    stage.dispose()


@pytest.mark.usefixtures("context")
def test_with_a_graphics_card_there_is_nothing_to_refine() -> None:
    stage = Stage(Quality())
    stage.load(read_glb(board_glb()))
    view = LiveView(stage)

    shown(stage, view, 0.0)

    assert not view.unfinished
    view.dispose()
    stage.dispose()


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("scale", SCALES)
def test_a_smaller_picture_fills_the_window_all_the_same(scale: float) -> None:
    stage = Stage(SOFTWARE)
    stage.set_backdrop(Backdrop())
    stage.load(read_glb(board_glb()))
    view = LiveView(stage)
    whole = shown(stage, view, 0.0)
    for _ in range(200):
        if view.sharpness.scale > scale:
            view.sharpness.take(SLOW_SECONDS * 2)

    stage.camera.zoom(0)
    drawn = shown(stage, view, 0.0)

    assert np.abs(np.asarray(drawn, np.float32) - np.asarray(whole, np.float32)).mean() < 3
    view.dispose()
    stage.dispose()


def test_slow_frames_are_drawn_smaller_and_fast_ones_larger_again() -> None:
    sharpness = Sharpness()
    scales = [sharpness.scale]

    for seconds in (SLOW_SECONDS * 1.5, (SLOW_SECONDS + FAST_SECONDS) / 2, FAST_SECONDS / 2):
        for _ in range(200):
            sharpness.take(seconds)
        scales.append(sharpness.scale)

    assert scales == [1.0, 0.5, 0.5, 1.0]


@pytest.mark.usefixtures("context")
def test_the_shadow_of_a_still_avatar_catches_up() -> None:
    stage = Stage(SOFTWARE)
    stage.load(read_glb(board_glb()))
    assert stage.player is not None
    poses = [stage.player.sampler.pose("egg", seconds) for seconds in (0.0, 1.0)]
    draw_into_picture(stage, (160, 180), lambda: stage.draw_pose(poses[0]))

    draw_into_picture(stage, (160, 180), lambda: stage.draw_pose(poses[1]))
    drawn = draw_into_picture(stage, (160, 180), lambda: stage.draw_pose(poses[1]))
    fresh = Stage(SOFTWARE)
    fresh.load(read_glb(board_glb()))
    expected = draw_into_picture(fresh, (160, 180), lambda: fresh.draw_pose(poses[1]))

    assert np.array_equal(np.asarray(drawn), np.asarray(expected))
    stage.dispose()
    fresh.dispose()
