"""The desk plays clips by their settings exactly as the page does: the widget's own stage is asked."""

from pathlib import Path

import numpy as np
import pytest

from shared.glb import read_glb
from shared.glb.transforms import Floats, normalise
from tests.shared.glb.building import GlbBuilder
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


def crooked_glb() -> bytes:
    """A body of every kind of curve whose two arms rest, hang and are sized differently."""
    make = GlbBuilder()
    random = np.random.default_rng(11)

    def turn(rows: int) -> Floats:
        return normalise(random.normal(size=(rows, 4)) + np.array([0, 0, 0, 2.5]))

    make.node(name="Rig", children=[1], rotation=[-0.7071068, 0, 0, 0.7071068], scale=[0.5, 0.5, 0.5])
    make.node(name="Hips", children=[2, 3, 5], translation=[0.1, -0.2, 2], rotation=turn(1)[0].tolist())
    make.node(name="Head", translation=[0, 0, 1.5])
    make.node(name="Arm.L", children=[4], translation=[1, 0, 1], rotation=turn(1)[0].tolist(), scale=[1, 2, 1])
    make.node(name="Hand.L", translation=[0, 1, 0], rotation=turn(1)[0].tolist())
    make.node(name="Arm.R", children=[6], translation=[-1, 0.2, 1.1], rotation=turn(1)[0].tolist(), scale=[2, 1, 1])
    make.node(name="Hand.R", translation=[0, 1, 0.3], rotation=turn(1)[0].tolist())
    make.node(name="Body", mesh=make.triangle(), skin=0)
    make.document["scenes"] = [{"nodes": [0, 7]}]
    part = make.document["meshes"][0]["primitives"][0]
    part["targets"] = [{"POSITION": make.floats(np.full((3, 3), 0.1), "VEC3")} for _ in range(3)]
    make.document["meshes"][0]["extras"] = {"targetNames": ["smileLeft", "smileRight", "open"]}
    make.document["skins"] = [{"joints": [1, 2, 3, 4, 5, 6]}]
    times = make.floats([0.0, 0.4, 0.7, 1.6], "SCALAR")
    for name in ("Idle", "Twist"):
        make.clip(
            name,
            (1, "translation", "CUBICSPLINE", times, make.floats(random.normal(size=(12, 3)), "VEC3")),
            (1, "rotation", "LINEAR", times, make.floats(turn(4), "VEC4")),
            (3, "rotation", "CUBICSPLINE", times, make.floats(turn(12), "VEC4")),
            (3, "scale", "LINEAR", times, make.floats(random.uniform(0.9, 1.2, (4, 3)), "VEC3")),
            (4, "translation", "STEP", times, make.floats(random.normal(size=(4, 3)), "VEC3")),
            (5, "rotation", "STEP", times, make.floats(turn(4), "VEC4")),
            (6, "scale", "CUBICSPLINE", times, make.floats(random.uniform(0.9, 1.2, (12, 3)), "VEC3")),
            (7, "weights", "CUBICSPLINE", times, make.floats(random.normal(size=36), "SCALAR")),
        )
    return make.glb()


@needs_stage
def test_every_kind_of_curve_on_a_crooked_body_agrees(tmp_path: Path) -> None:
    file = tmp_path / "crooked.glb"
    file.write_bytes(crooked_glb())
    glb = read_glb(file)
    scenes = scenes_of(glb, list(VARIANTS))

    poses = [pose for scene in scenes for pose in play_here(glb, scene)]
    place, weight = farthest(glb, poses, play_on_stage(file, scenes))

    assert place <= PROMISE
    assert weight <= PROMISE


def test_every_setting_is_tried() -> None:
    tried = {name for variant in VARIANTS.values() for name in variant}

    assert tried >= {
        "mirror", "lock_root", "additive", "mask", "trim", "loop", "speed", "fade_in_seconds", "fade_out_seconds"
    }  # fmt: skip
