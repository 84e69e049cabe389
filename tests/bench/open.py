"""How long from a GLB to its first frame, next to trimesh's reading of the same file alone.

Ours reads, checks, prepares clips, pictures and triangles, uploads all of it and draws; trimesh reads triangles and
pictures, and knows neither skins nor clips. In turns, in one process, medians.
"""

import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import trimesh

from shared.glb import read_glb
from studio.render.gl import GL
from studio.render.offscreen import offscreen_context
from studio.render.posters import target_of
from studio.render.stage import Stage
from tests.bench.__main__ import Row
from tests.shared.glb.parity.reference import avatars

RUNS = 5
SIZE = (800, 600)


def run() -> list[Row]:
    """Measure every avatar there is."""
    with offscreen_context(), target_of(*SIZE):
        _warm_up()
        return [_row(file) for file in avatars() if file.suffix == ".glb"]


def _row(file: Path) -> Row:
    content = file.read_bytes()
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(RUNS):
        ours.append(_seconds(lambda: _show(content)))
        theirs.append(_seconds(lambda: trimesh.load(io.BytesIO(content), file_type="glb")))
    return {
        "what": f"{file.name}: to the first frame",
        "value": statistics.median(ours),
        "unit": "s",
        "peer": f"trimesh reads {statistics.median(theirs):.3f}",
    }


def _show(content: bytes) -> None:
    stage = Stage()
    stage.resize(*SIZE)
    stage.load(read_glb(content))
    stage.draw(0.0)
    GL.glFinish()
    stage.dispose()


def _warm_up() -> None:
    _show(avatars()[0].read_bytes())


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
