"""Build Pip, the demo robot: python packaging/avatars/pip.py OUT.glb, with Blender's bpy 5.0."""

from __future__ import annotations

import sys
from pathlib import Path

from kit.bake import bake
from kit.export import export
from kit.motion import FPS, perform
from kit.rig import Paint, add_shape_keys, build_mesh, build_rig, empty_stage, hex_colour, set_normals
from pip_robot.body import body_parts
from pip_robot.clips import CLIPS
from pip_robot.expressions import NEUTRAL, shape_keys
from pip_robot.face import draw, normals
from pip_robot.head import head_parts
from pip_robot.skeleton import MANNER, SKELETON

GLOW = hex_colour("#36e6d8")
PAINTS = {
    "shell": Paint(hex_colour("#f3efe6"), roughness=0.34),
    "joint": Paint(hex_colour("#1d3d55"), roughness=0.55),
    "coral": Paint(hex_colour("#ee5638"), roughness=0.42),
    "screen": Paint(hex_colour("#08131c"), roughness=0.34),
    "glow": Paint((0.0, 0.01, 0.01), roughness=1.0, glow=GLOW),
    "sparkle": Paint((0.02, 0.02, 0.02), roughness=1.0, glow=(1.0, 1.0, 1.0)),
    "mouth": Paint((0.0, 0.0, 0.0), roughness=1.0, glow=hex_colour("#0c2531")),
    "blush": Paint((0.02, 0.0, 0.0), roughness=1.0, glow=hex_colour("#ee7468")),
}


def build(path: Path) -> None:
    """Write Pip to a GLB."""
    empty_stage(FPS)
    rig = build_rig("Pip", SKELETON)
    build_mesh("PipBody", [*body_parts(), *head_parts()], PAINTS, rig)
    face = build_mesh("PipFace", draw(NEUTRAL), PAINTS, rig)
    set_normals(face, normals(NEUTRAL))
    add_shape_keys(face, shape_keys())
    motions = [perform(SKELETON, MANNER, clip) for clip in CLIPS]
    bake(rig, SKELETON, motions, face)
    export(path, "Troupe authors, MIT", motions)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
