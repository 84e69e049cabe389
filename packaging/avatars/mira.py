"""Build Mira, the fox who guides visitors: python packaging/avatars/mira.py OUT.glb."""

import sys
from pathlib import Path

from kit.bake import bake
from kit.export import export
from kit.motion import FPS, perform
from kit.pack import pack
from kit.rig import build_rig, empty_stage
from kit.thin import Group, thin
from mira.acting import MANNER, clips
from mira.assemble import body_parts, build_body, face_parts
from mira.frame import skeleton
from mira.shade import shaded

COPYRIGHT = "Troupe authors, MIT"
GROUPS = (
    Group(("Tail",), 0.009),
    Group(("Ear",), 0.009),
    Group(("Scarf",), 0.009),
    Group(("LeftHandI", "LeftHandM", "LeftHandT"), 0.006),
    Group(("RightHandI", "RightHandM", "RightHandT"), 0.006),
    Group(("LeftShoulder", "LeftArm", "LeftForeArm", "LeftHand"), 0.0035),
    Group(("RightShoulder", "RightArm", "RightForeArm", "RightHand"), 0.0035),
    Group(("Leg", "Foot", "Hips"), 0.0025),
    Group(("",), 0.003),
)


def main(path: Path) -> None:
    """Build the whole character and write it to `path`."""
    empty_stage(FPS)
    bones = skeleton()
    rig = build_rig("Mira", bones)
    face_shaded, body_shaded = shaded([face_parts(), body_parts()])
    face = build_body("MiraFace", face_shaded, rig)
    build_body("MiraBody", body_shaded, rig)
    motions = [perform(bones, MANNER, clip) for clip in clips()]
    bake(rig, bones, motions, face)
    export(path, COPYRIGHT, motions)
    thin(path, GROUPS)
    pack(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
