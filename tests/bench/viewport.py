"""How fast the viewport draws a moving, skinned, textured figure, next to three.js in headless Chromium beside it.

Both draw the same file, clip, size and light: here as the studio draws on this machine, there the widget's own stage
(multisampled, as every visitor's). Frames are drawn in turns of a few by each, each frame until it is done, always at
full size: what the machine does besides hits both alike.
"""

import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from shared.errors import Unavailable
from shared.glb import read_glb
from studio.render.live import LiveView, Sharpness, Smoothing
from studio.render.offscreen import offscreen_context
from studio.render.posters import target_of
from studio.render.stage import Backdrop, Stage
from tests.bench.__main__ import Row
from tests.studio.render.agreement.widget import WidgetStage, why_not, widget_stage
from tests.studio.render.figure import CLIP, RATE, figure_glb

SIZE = (800, 600)
TRIANGLES = (10_000, 30_000, 100_000)
TURNS, FRAMES = 6, 12
WARM = 4
"""Frames before it counts: programs are compiled when they are first used."""


def run() -> list[Row]:
    """Measure each size of figure.

    Raises: Unavailable: Chromium or the widget's packages are not there.
    """
    missing = why_not()
    if missing is not None:
        raise Unavailable(f"The comparison needs three.js in a browser: {missing}.")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, widget_stage(Path(folder)) as widget, offscreen_context():
        for triangles in TRIANGLES:
            rows += _rows(widget, triangles)
    return rows


def _rows(widget: WidgetStage, triangles: int) -> list[Row]:
    content = figure_glb(triangles)
    widget.open(content, CLIP, "full", SIZE)
    stage = Stage()
    stage.set_backdrop(Backdrop())
    stage.resize(*SIZE)
    stage.load(read_glb(content))
    edges, samples = (_drawing(stage, smoothing) for smoothing in ("edges", "multisample"))
    with target_of(*SIZE):
        ours, theirs, sampled = _in_turns(edges, lambda frames: widget.run(CLIP, frames, RATE), samples)
    stage.dispose()
    name = f"{triangles // 1000} k triangles at {SIZE[0]}x{SIZE[1]}, {os.cpu_count()} cores"
    frame, peer = statistics.median(ours), statistics.median(theirs)
    return [
        {"what": f"{name}: frame", "value": frame, "unit": "ms", "promise": "<= three", "peer": f"three.js {peer:.1f}"},
        {"what": f"{name}: frames", "value": 1000 / frame, "unit": "/s", "peer": f"three.js {1000 / peer:.1f}"},
        {"what": f"{name}: frame, multisampled", "value": statistics.median(sampled), "unit": "ms"},
    ]


def _drawing(stage: Stage, smoothing: Smoothing) -> Callable[[int], list[float]]:
    view = LiveView(stage, smoothing=smoothing)

    def draw(frames: int) -> list[float]:
        assert stage.player is not None
        taken: list[float] = []
        for number in range(frames):
            # At full size, however slow it is.
            view.sharpness = Sharpness()
            pose = stage.player.sampler.pose(CLIP, number / RATE)
            view.draw(pose)
            taken.append(view.frame_seconds * 1000)
        return taken

    return draw


def _in_turns(*drawings: Callable[[int], list[float]]) -> list[list[float]]:
    for draw in drawings:
        draw(WARM)
    taken: list[list[float]] = [[] for _ in drawings]
    for _ in range(TURNS):
        for row, draw in zip(taken, drawings, strict=True):
            row += draw(FRAMES)
    return taken
