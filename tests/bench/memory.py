"""What is left behind when avatar after avatar comes onto one stage: resident memory and objects on the card."""

import gc
import os
from pathlib import Path

from shared.glb import read_glb
from studio.render.offscreen import offscreen_context
from studio.render.posters import target_of
from studio.render.stage import Stage
from tests.bench.__main__ import Row
from tests.shared.glb.parity.reference import OWN_AVATARS
from tests.studio.render.living import live_objects

LOADS = 50
SETTLED = 20
"""Loads after which allocators and the driver have what they keep."""
SIZE = (800, 600)
MEGABYTE = 1 << 20


def run() -> list[Row]:
    """Load our avatars in turns, draw each, and compare the end with the beginning."""
    files = [OWN_AVATARS / "mira.glb", OWN_AVATARS / "pip.glb"]
    resident: list[float] = []
    objects: list[int] = []
    with offscreen_context(), target_of(*SIZE):
        stage = Stage()
        stage.resize(*SIZE)
        for number in range(LOADS):
            _show(stage, files[number % 2])
            resident.append(_resident_megabytes())
            objects.append(live_objects())
        stage.dispose()
    # Two avatars in turns: each is compared with itself.
    return [
        {"what": f"resident after {LOADS} loads", "value": resident[-1], "unit": "MB"},
        {"what": f"growth from load {SETTLED} to {LOADS}", "value": resident[-1] - resident[SETTLED - 1], "unit": "MB"},
        {
            "what": "objects on the card more than at first",
            "value": objects[-1] - objects[1],
            "unit": "",
            "promise": "0",
        },
    ]


def _show(stage: Stage, file: Path) -> None:
    stage.load(read_glb(file))
    for frame in range(3):
        stage.draw(frame / 30)
    gc.collect()


def _resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
