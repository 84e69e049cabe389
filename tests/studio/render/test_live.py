"""The stage in a window of a machine without a graphics card: coarser while it moves, smooth once it stands."""

import numpy as np
import pytest
from PIL import Image

from shared.glb import read_glb
from studio.render.gl import GL
from studio.render.live import FAST_SECONDS, OFFSETS, SCALES, SLOW_SECONDS, LiveView, Sharpness, Smoothing
from studio.render.posters import draw_into_picture, target_of
from studio.render.stage import Backdrop, Stage
from tests.studio.render.showing import board_glb

WINDOW = (300, 340)
LARGE = (240, 280)
"""Drawn twice as large and reduced: the same for all pictures here."""


def shown(stage: Stage, view: LiveView, seconds: float) -> Image.Image:
    """What the window would show now."""
    pose = stage.player.pose(seconds) if stage.player is not None else None
    return draw_into_picture(stage, LARGE, lambda: view.draw(pose))


def in_pixels(stage: Stage, view: LiveView) -> np.ndarray:
    """What the window would show, unreduced: too large to be drawn finer."""
    width, height = WINDOW
    with target_of(width, height):
        stage.resize(width, height)
        view.draw(stage.player.pose(0.0) if stage.player is not None else None)
        content = GL.glReadPixels(0, 0, width, height, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE)
    return np.frombuffer(content, np.uint8).reshape(height, width, 4)[..., :3].astype(np.float32)


def finest(stage: Stage) -> np.ndarray:
    """The same as the mean of many pictures of fractions of a pixel apart."""
    view = LiveView(stage)
    drawn = in_pixels(stage, view)
    while view.unfinished:
        drawn = in_pixels(stage, view)
    view.dispose()
    return drawn


@pytest.mark.usefixtures("context")
def test_what_stands_still_becomes_smooth_and_then_rests() -> None:
    stage = Stage()
    stage.set_backdrop(Backdrop())
    stage.load(read_glb(board_glb()))
    stage.resize(LARGE[0] * 2, LARGE[1] * 2)
    view = LiveView(stage)
    shown(stage, view, 0.0)
    frames = 0

    while view.unfinished:
        shown(stage, view, 0.0)
        frames += 1
        assert frames <= len(OFFSETS)

    assert frames == len(OFFSETS)
    assert not view.unfinished
    view.dispose()
    stage.dispose()


@pytest.mark.usefixtures("context")
def test_with_multisampling_there_is_nothing_to_refine() -> None:
    stage = Stage()
    stage.load(read_glb(board_glb()))
    view = LiveView(stage, smoothing="multisample")

    shown(stage, view, 0.0)

    assert not view.unfinished
    view.dispose()
    stage.dispose()


@pytest.mark.usefixtures("context")
def test_a_multisampled_avatar_that_stands_still_is_drawn_once() -> None:
    stage = Stage()
    stage.load(read_glb(board_glb()))
    view = LiveView(stage, smoothing="multisample")
    view.sharpness.take(SLOW_SECONDS * 2)
    with target_of(*WINDOW):
        stage.resize(*WINDOW)
        pose = stage.player.pose(0.0) if stage.player is not None else None
        view.draw(pose)
        while view.unfinished:
            view.draw(pose)
        drawn = stage.pictures_drawn
        view.draw(pose)
        content = GL.glReadPixels(0, 0, *WINDOW, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE)

    assert stage.pictures_drawn == drawn
    assert np.frombuffer(content, np.uint8).std() > 10
    view.dispose()
    stage.dispose()


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("scale", SCALES)
def test_a_smaller_picture_fills_the_window_all_the_same(scale: float) -> None:
    stage = Stage()
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


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("smoothing", ["edges", "multisample"])
def test_edges_in_motion_have_fewer_stairs(smoothing: Smoothing) -> None:
    stage = Stage()
    stage.set_backdrop(Backdrop((1, 1, 1), (1, 1, 1)))
    stage.load(read_glb(board_glb()))
    fine = finest(stage)
    plain, smooth = LiveView(stage, smoothing="none"), LiveView(stage, smoothing=smoothing)
    stage.camera.zoom(0)
    stairs = np.abs(in_pixels(stage, plain) - fine)

    stage.camera.zoom(0)
    gap = np.abs(in_pixels(stage, smooth) - fine)

    edge = stairs.max(axis=-1) > 24
    assert edge.mean() > 0.002
    assert gap[edge].mean() < 0.8 * stairs[edge].mean()
    assert gap.mean() < stairs.mean()
    plain.dispose()
    smooth.dispose()
    stage.dispose()


def test_slow_frames_are_drawn_smaller_and_fast_ones_larger_again() -> None:
    sharpness = Sharpness()
    scales = [sharpness.scale]

    for seconds in (SLOW_SECONDS * 1.5, (SLOW_SECONDS + FAST_SECONDS) / 2, FAST_SECONDS / 2):
        for _ in range(200):
            sharpness.take(seconds)
        scales.append(sharpness.scale)

    assert scales == [1.0, 0.5, 0.5, 1.0]
