"""Triangles: every primitive that the scene shows, as arrays that a renderer can upload."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from shared.glb.accessors import AnyArray
from shared.glb.container import Json
from shared.glb.document import Glb

Floats32 = NDArray[np.float32]
Uints = NDArray[np.uint32]

_STRIP, _FAN, _TRIANGLES = 5, 6, 4


@dataclass(frozen=True, eq=False)
class Primitive:
    """One draw call. V vertices, T triangles, M morph targets; float32, units and axes of the file."""

    node: int
    skin: int | None
    """None: the node's world matrix moves it. Else the skin's joints do, and the node's matrix is ignored."""
    material: int | None
    positions: Floats32
    normals: Floats32
    indices: Uints
    """(T * 3,), counter-clockwise."""
    tangents: Floats32 | None = None
    """(V, 4) as given; absent, a renderer takes derivatives, as three.js does."""
    uv0: Floats32 | None = None
    uv1: Floats32 | None = None
    colours: Floats32 | None = None
    """(V, 4) linear."""
    joints: Uints | None = None
    """(V, 4) into the skin's joints."""
    weights: Floats32 | None = None
    """(V, 4), each row adding up to 1."""
    morph_positions: Floats32 | None = None
    """(M, V, 3) offsets."""
    morph_normals: Floats32 | None = None
    faceted: bool = False
    """The file has no normals: faces are flat in every pose, as three.js shows them."""


def geometry(glb: Glb) -> list[Primitive]:
    """The primitives of the default scene in node order; points and lines are left out."""
    primitives: list[Primitive] = []
    for number, node in enumerate(glb.items("nodes")):
        if node.get("mesh") is None or number not in glb.skeleton.in_scene:
            continue
        for entry in glb.items("meshes")[node["mesh"]]["primitives"]:
            primitive = _read_primitive(glb, number, node.get("skin"), entry)
            if primitive is not None:
                primitives.append(primitive)
    return primitives


def normalised_weights(weights: AnyArray) -> Floats32:
    """Joint weights (V, 4) whose rows add up to 1; a row of zeros follows its first joint.

    Source: three.js r187, SkinnedMesh.normalizeSkinWeights.
    """
    plain = weights.astype(np.float32)
    total = np.abs(plain).sum(axis=1, keepdims=True)
    first = np.array([1, 0, 0, 0], np.float32)
    return np.where(total > 0, plain / np.where(total > 0, total, 1), first).astype(np.float32)


def triangle_indices(glb: Glb, entry: Json) -> Uints | None:
    """The corners of a primitive's triangles (T * 3,), strips and fans unfolded; None for points and lines."""
    if "POSITION" not in entry["attributes"]:
        return None
    mode = _TRIANGLES if entry.get("mode") is None else entry["mode"]
    if entry.get("indices") is None:
        corners = np.arange(len(glb.accessor(entry["attributes"]["POSITION"])), dtype=np.uint32)
    else:
        corners = glb.accessor(entry["indices"]).astype(np.uint32)
    if mode == _TRIANGLES:
        return corners[: len(corners) // 3 * 3]
    if len(corners) < 3 or mode not in (_STRIP, _FAN):
        return None
    if mode == _FAN:
        return np.stack([np.full(len(corners) - 2, corners[0]), corners[1:-1], corners[2:]], axis=1).ravel()
    rows = np.stack([corners[:-2], corners[1:-1], corners[2:]], axis=1)
    rows[1::2] = rows[1::2, [1, 0, 2]]
    return rows.ravel()


def _read_primitive(glb: Glb, node: int, skin: int | None, entry: Json) -> Primitive | None:
    indices = triangle_indices(glb, entry)
    if indices is None or len(indices) == 0:
        return None
    attributes = entry["attributes"]
    vertices = len(glb.accessor(attributes["POSITION"]))
    skinned = skin is not None and "JOINTS_0" in attributes and "WEIGHTS_0" in attributes
    normals = _floats(glb, attributes, "NORMAL", vertices)
    primitive = Primitive(
        node=node,
        skin=skin if skinned else None,
        material=entry.get("material"),
        positions=_required(glb, attributes["POSITION"], vertices),
        normals=np.zeros((vertices, 3), np.float32) if normals is None else normals,
        indices=indices,
        tangents=_tangents(glb, attributes, vertices),
        uv0=_floats(glb, attributes, "TEXCOORD_0", vertices),
        uv1=_floats(glb, attributes, "TEXCOORD_1", vertices),
        colours=_colours(glb, attributes, vertices),
        joints=_joints(glb, skin, attributes, vertices) if skin is not None and skinned else None,
        weights=normalised_weights(glb.accessor(attributes["WEIGHTS_0"])[:vertices]) if skinned else None,
        morph_positions=_morphs(glb, entry, "POSITION", vertices),
        morph_normals=_morphs(glb, entry, "NORMAL", vertices),
    )
    return primitive if normals is not None else _faceted(primitive)


def _required(glb: Glb, number: int, vertices: int) -> Floats32:
    return np.ascontiguousarray(glb.accessor(number)[:vertices], np.float32)


def _floats(glb: Glb, attributes: Json, name: str, vertices: int) -> Floats32 | None:
    return _required(glb, attributes[name], vertices) if name in attributes else None


def _tangents(glb: Glb, attributes: Json, vertices: int) -> Floats32 | None:
    tangents = _floats(glb, attributes, "TANGENT", vertices)
    return tangents if tangents is not None and tangents.shape[1] == 4 else None


def _colours(glb: Glb, attributes: Json, vertices: int) -> Floats32 | None:
    colours = _floats(glb, attributes, "COLOR_0", vertices)
    if colours is None or colours.shape[1] == 4:
        return colours
    return np.concatenate([colours, np.ones((vertices, 1), np.float32)], axis=1)


def _joints(glb: Glb, skin: int, attributes: Json, vertices: int) -> Uints:
    # A joint of no weight may have any number, and some exporters leave rubbish there.
    last = len(glb.items("skins")[skin]["joints"]) - 1
    return np.minimum(glb.accessor(attributes["JOINTS_0"])[:vertices], last).astype(np.uint32)


def _morphs(glb: Glb, entry: Json, name: str, vertices: int) -> Floats32 | None:
    targets = entry.get("targets") or []
    if not any(name in target for target in targets):
        return None
    offsets = np.zeros((len(targets), vertices, 3), np.float32)
    for number, target in enumerate(targets):
        if name in target:
            offsets[number] = glb.accessor(target[name])[:vertices, :3]
    return offsets


def _faceted(primitive: Primitive) -> Primitive:
    """Without normals, faces are flat: every triangle gets corners of its own."""
    corners = primitive.indices
    positions = primitive.positions[corners]
    triangles = positions.reshape(-1, 3, 3)
    across = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    length = np.linalg.norm(across, axis=1, keepdims=True)
    flat = np.where(length > 0, across / np.where(length > 0, length, 1), [0, 0, 1]).astype(np.float32)
    morphs = primitive.morph_positions
    return replace(
        primitive,
        faceted=True,
        positions=positions,
        normals=np.repeat(flat, 3, axis=0),
        indices=np.arange(len(corners), dtype=np.uint32),
        morph_positions=None if morphs is None else np.ascontiguousarray(morphs[:, corners]),
        morph_normals=None,
        tangents=_spread(primitive.tangents, corners),
        uv0=_spread(primitive.uv0, corners),
        uv1=_spread(primitive.uv1, corners),
        colours=_spread(primitive.colours, corners),
        joints=None if primitive.joints is None else primitive.joints[corners],
        weights=_spread(primitive.weights, corners),
    )


def _spread(values: Floats32 | None, corners: Uints) -> Floats32 | None:
    return None if values is None else values[corners]
