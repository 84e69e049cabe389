"""Blender objects from parts: the armature, skinned meshes, shape keys and materials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np

from kit.reach import Skeleton
from kit.shapes import Floats, Part


@dataclass(frozen=True)
class Paint:
    """A material: linear RGB base colour, roughness, metalness, and linear RGB glow."""

    colour: tuple[float, float, float]
    roughness: float = 0.5
    metallic: float = 0.0
    glow: tuple[float, float, float] = (0.0, 0.0, 0.0)


def empty_stage(fps: int) -> None:
    """Start from a scene with nothing in it."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.context.scene.render.fps = fps


def hex_colour(text: str) -> tuple[float, float, float]:
    """Return linear RGB of an sRGB colour such as `#1f6f8b`."""
    values = np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return (float(linear[0]), float(linear[1]), float(linear[2]))


def build_rig(name: str, skeleton: Skeleton) -> Any:
    """Return the armature object of a skeleton."""
    rig = bpy.data.objects.new(name, bpy.data.armatures.new(name))
    bpy.context.scene.collection.objects.link(rig)
    bpy.context.view_layer.objects.active = rig
    bpy.ops.object.mode_set(mode="EDIT")
    for bone in skeleton.bones:
        made = rig.data.edit_bones.new(bone.name)
        made.head, made.tail = bone.head, bone.tail
        made.parent = rig.data.edit_bones[bone.parent] if bone.parent else None
    bpy.ops.object.mode_set(mode="OBJECT")
    for pose_bone in rig.pose.bones:
        pose_bone.rotation_mode = "QUATERNION"
    return rig


def build_mesh(name: str, parts: Sequence[Part], paints: Mapping[str, Paint], rig: Any) -> Any:
    """Return one skinned, smooth mesh object of all parts, one material slot per paint that they use."""
    used = [paint for paint in paints if any(part.material == paint for part in parts)]
    starts = np.cumsum([0, *[len(part.vertices) for part in parts]])
    mesh = bpy.data.meshes.new(name)
    faces = [[i + int(start) for i in face] for part, start in zip(parts, starts, strict=False) for face in part.faces]
    mesh.from_pydata(np.vstack([part.vertices for part in parts]).tolist(), [], faces)
    mesh.polygons.foreach_set("use_smooth", [True] * len(faces))
    mesh.polygons.foreach_set("material_index", [used.index(part.material) for part in parts for _ in part.faces])
    for paint in used:
        mesh.materials.append(_material(paint, paints[paint]))
    mesh.validate()
    body = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(body)
    _bind(body, parts, starts, rig)
    return body


def _bind(body: Any, parts: Sequence[Part], starts: Floats, rig: Any) -> None:
    """Give the mesh its vertex groups and its armature."""
    for part, start in zip(parts, starts, strict=False):
        for bone, weight in part.weights.items():
            group = body.vertex_groups.get(bone) or body.vertex_groups.new(name=bone)
            for i in np.flatnonzero(weight > 1e-4):
                group.add([int(start + i)], float(weight[i]), "REPLACE")
    body.parent = rig
    body.modifiers.new("Armature", "ARMATURE").object = rig


def _material(name: str, paint: Paint) -> Any:
    """Return the Blender material of a paint; the same name gives the same material."""
    if name in bpy.data.materials:
        return bpy.data.materials[name]
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    material.use_backface_culling = True
    inputs = material.node_tree.nodes["Principled BSDF"].inputs
    inputs["Base Color"].default_value = (*paint.colour, 1)
    inputs["Roughness"].default_value = paint.roughness
    inputs["Metallic"].default_value = paint.metallic
    inputs["Emission Color"].default_value = (*paint.glow, 1)
    inputs["Emission Strength"].default_value = 1.0 if any(paint.glow) else 0.0
    return material


def set_normals(body: Any, normals: Floats) -> None:
    """Give every vertex its own unit normal (N, 3): for flat features that are folded away at rest."""
    body.data.normals_split_custom_set_from_vertices(np.asarray(normals, np.float32).tolist())


def add_shape_keys(body: Any, shapes: Mapping[str, Floats]) -> None:
    """Add shape keys, each the (N, 3) vertices of the whole mesh, in the order given."""
    body.shape_key_add(name="Basis", from_mix=False)
    for name, vertices in shapes.items():
        key = body.shape_key_add(name=name, from_mix=False)
        key.value = 0.0
        key.data.foreach_set("co", np.asarray(vertices, np.float32).ravel())
