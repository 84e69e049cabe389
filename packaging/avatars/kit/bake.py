"""From sampled motion to Blender: one action per clip with a slot for the rig and one for the face, in NLA tracks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import bpy
import numpy as np

from kit.motion import Motion
from kit.reach import Skeleton, inverse, multiply
from kit.shapes import Floats

LINEAR = 1  # Blender's number of linear interpolation: frames are sampled, nothing may swing between them


def bake(rig: Any, skeleton: Skeleton, motions: Sequence[Motion], face: Any = None) -> None:
    """Write every motion as an action and lay it on muted NLA tracks of its name."""
    for motion in motions:
        action = bpy.data.actions.new(motion.name)
        action.use_fake_user = True
        strip = action.layers.new("Motion").strips.new(type="KEYFRAME")
        slot = action.slots.new(id_type="OBJECT", name=rig.name)
        _key_bones(strip.channelbag(slot, ensure=True), rig, skeleton, motion)
        _lay_track(rig, action, slot, len(motion.hips) - 1)
        if motion.face and face is not None:
            slot = action.slots.new(id_type="KEY", name=face.name)
            _key_face(strip.channelbag(slot, ensure=True), motion)
            _lay_track(face.data.shape_keys, action, slot, len(motion.hips) - 1)
    for owner in (rig, face.data.shape_keys if face is not None else None):
        if owner is not None and owner.animation_data:
            owner.animation_data.action = None


def _key_bones(channels: Any, rig: Any, skeleton: Skeleton, motion: Motion) -> None:
    """Write the rotation of every bone and the place of the root."""
    for bone in skeleton.bones:
        rest = np.array(rig.data.bones[bone.name].matrix_local.to_quaternion())
        turned = multiply(multiply(inverse(rest), motion.turns[bone.name]), rest)
        _key(channels, f'pose.bones["{bone.name}"].rotation_quaternion', turned, bone.name)
    axes = np.array(rig.data.bones[skeleton.root].matrix_local.to_3x3())
    _key(channels, f'pose.bones["{skeleton.root}"].location', motion.hips @ axes, skeleton.root)


def _key_face(channels: Any, motion: Motion) -> None:
    """Write the weights of the morphs that the clip moves."""
    for name, weights in motion.face.items():
        _key(channels, f'key_blocks["{name}"].value', weights[:, None], "")


def _key(channels: Any, path: str, values: Floats, group: str) -> None:
    """Write (T, C) values as one curve per column, one linear key per frame."""
    for column in range(values.shape[1]):
        curve = channels.fcurves.new(path, index=column)
        if group:
            curve.group = channels.groups.get(group) or channels.groups.new(group)
        points = curve.keyframe_points
        points.add(len(values))
        points.foreach_set("co", np.column_stack([np.arange(len(values)), values[:, column]]).ravel())
        points.foreach_set("interpolation", [LINEAR] * len(values))
        curve.update()


def _lay_track(owner: Any, action: Any, slot: Any, frames: int) -> None:
    """Put an action on a muted track of its own name."""
    held = owner.animation_data or owner.animation_data_create()
    track = held.nla_tracks.new()
    track.name = action.name
    strip = track.strips.new(action.name, 0, action)
    strip.action_slot = slot
    strip.action_frame_end = strip.frame_end = frames  # a strip made before its slot is one frame long
    track.mute = True
