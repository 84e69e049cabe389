"""The desk plays clips by their settings exactly as the page does: the widget's own stage is asked."""

from pathlib import Path

import pytest

from shared.glb import read_glb
from tests.shared.glb.parity.reference import NODE_MODULES, avatars, farthest, why_not
from tests.studio.render.scenes import VARIANTS, play_here, play_on_stage, scenes_of

PROMISE = 1e-5
"""Model heights; and the same bound for axes and morph weights."""

_missing = why_not() or (None if (NODE_MODULES / "rolldown").exists() else "widget/node_modules has no rolldown")
needs_stage = pytest.mark.skipif(_missing is not None, reason=str(_missing))


@needs_stage
@pytest.mark.parametrize("file", avatars(), ids=lambda file: file.stem)
def test_every_clip_by_some_setting_stands_where_the_page_puts_it(file: Path) -> None:
    glb = read_glb(file)
    scenes = scenes_of(glb)

    poses = [pose for scene in scenes for pose in play_here(glb, scene)]
    place, weight = farthest(glb, poses, play_on_stage(file, scenes))

    assert len(poses) == 7 * len(set(glb.clip_names))
    assert place <= PROMISE
    assert weight <= PROMISE


def test_every_setting_is_tried() -> None:
    tried = {name for variant in VARIANTS.values() for name in variant}

    assert tried >= {
        "mirror", "lock_root", "additive", "mask", "trim", "loop", "speed", "fade_in_seconds", "fade_out_seconds"
    }  # fmt: skip
