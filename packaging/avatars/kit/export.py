"""The GLB of the scene, and what every exported clip must hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bpy

from kit.glb import accessor, read_glb
from kit.motion import Motion
from kit.slim import slim

FACE_TOLERANCE = 0.02  # of a morph weight, what leaving out keys may cost


class ClipLost(Exception):
    """The exporter dropped a clip or a channel without a word."""

    def __init__(self, clip: str, what: str) -> None:
        """Name the clip and what is missing in it."""
        super().__init__(f"The exported clip {clip} has no {what}.")


def export(path: Path, copyright_line: str, motions: Sequence[Motion]) -> None:
    """Write the scene with its muted NLA tracks, slimmed, and check the clips against the motions.

    Raises: ClipLost: a clip, its bones or its face is not in the file.
    """
    bpy.ops.export_scene.gltf(
        filepath=str(path),
        export_format="GLB",
        export_copyright=copyright_line,
        export_yup=True,
        export_apply=False,
        export_texcoords=False,
        export_tangents=False,
        export_morph=True,
        export_morph_normal=False,
        export_skins=True,
        export_animations=True,
        export_animation_mode="NLA_TRACKS",
        export_force_sampling=True,
        export_optimize_animation_size=True,
        export_reset_pose_bones=True,
        export_def_bones=False,
    )
    slim(path)
    check_clips(path, motions)


def check_clips(path: Path, motions: Sequence[Motion]) -> None:
    """Compare the channels of every clip of a GLB with the motion it came from.

    Raises: ClipLost: a clip, its bones or its face is not in the file.
    """
    document, binary = read_glb(path)
    nodes = [node.get("name", "") for node in document["nodes"]]
    clips = {clip["name"]: clip for clip in document.get("animations", [])}
    for motion in motions:
        if motion.name not in clips:
            raise ClipLost(motion.name, "animation at all")
        channels = clips[motion.name]["channels"]
        targets = {(nodes[channel["target"]["node"]], channel["target"]["path"]): channel for channel in channels}
        for bone in motion.turns:
            if (bone, "rotation") not in targets:
                raise ClipLost(motion.name, f"rotation of {bone}")
        weights = [channel["sampler"] for (_, path), channel in targets.items() if path == "weights"]
        outputs = [clips[motion.name]["samplers"][sampler]["output"] for sampler in weights]
        highest = max((float(accessor(document, binary, output).max()) for output in outputs), default=0.0)
        wanted = max((float(course.max()) for course in motion.face.values()), default=0.0)
        if abs(highest - wanted) > FACE_TOLERANCE:
            raise ClipLost(motion.name, f"face: its strongest morph is {highest:.2f}, not {wanted:.2f}")
