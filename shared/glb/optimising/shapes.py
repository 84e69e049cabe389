"""Meshes: triangles in an order that packs well, vertices that are equal made one, and numbers as short as they may be.

Nothing of the node tree changes: positions stay in the mesh's own space, so that skins and clips fit as before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.glb.container import Json
from shared.glb.geometry import triangle_indices
from shared.glb.meshopt.packing import Packer
from shared.glb.optimising.filters import exponent_for, exponential, from_exponential, shares
from shared.glb.optimising.plan import Report, Tier
from shared.glb.optimising.reach import Reach
from shared.glb.optimising.working import Column, Kind, Working
from shared.glb.sampling import Sampler, joint_matrices

Rows = dict[str, Column]
_POSITION_STEP = 2**-14
"""Body heights: a tenth of a pixel where a body fills a screen."""
_TEXTURE_BITS: Mapping[Tier, int] = {"phone": 12, "desktop": 13}
_NORMAL_STEP = 2**-7
_BYTE, _UNSIGNED_BYTE, _UNSIGNED_SHORT, _UNSIGNED_INT, _FLOAT = 5120, 5121, 5123, 5125, 5126


@dataclass(frozen=True)
class _Steps:
    """How finely numbers are kept, in their own units."""

    position: float
    texture: float


def quantise_shapes(working: Working, packer: Packer, reach: Reach, tier: Tier, report: Report) -> None:
    """Rewrite every triangle mesh."""
    done: dict[str, Json] = {}
    scales = _mesh_scales(working, reach)
    meshes = working.items("meshes")
    for number, mesh in enumerate(meshes):
        report("Quantising meshes", number / len(meshes))
        for primitive in mesh["primitives"]:
            key = repr(
                (primitive["attributes"], primitive.get("indices"), primitive.get("targets"), primitive.get("mode"))
            )
            if key not in done:
                steps = _Steps(_POSITION_STEP / scales.get(number, 1.0), 2.0 ** -_TEXTURE_BITS[tier])
                done[key] = _rewritten(working, packer, steps, primitive)
            primitive.update(done[key])
    if meshes:
        working.document["extensionsUsed"] = sorted(
            {*(working.document.get("extensionsUsed") or []), "KHR_mesh_quantization"}
        )
        working.document["extensionsRequired"] = sorted(
            {*(working.document.get("extensionsRequired") or []), "KHR_mesh_quantization"}
        )


def _mesh_scales(working: Working, reach: Reach) -> dict[int, float]:
    """By mesh: body heights for one unit of its own space, where it is shown largest."""
    glb = working.source
    rest, scales = Sampler(glb).rest, dict[int, float]()
    for number, node in enumerate(working.items("nodes")):
        if node.get("mesh") is None or number not in glb.skeleton.in_scene:
            continue
        skin = node.get("skin")
        matrices = rest.world[number : number + 1] if skin is None else joint_matrices(glb, skin, rest)
        size = float(np.linalg.norm(matrices[:, :3, :3], axis=1).max()) / reach.height
        scales[node["mesh"]] = max(scales.get(node["mesh"], 0.0), size, 1e-9)
    return scales


def _rewritten(working: Working, packer: Packer, steps: _Steps, primitive: Json) -> Json:
    """The fields of a primitive that change; none for points and lines."""
    corners = triangle_indices(working.glb(), primitive)
    if corners is None or len(corners) == 0:
        return {}
    quantised = _quantised(working, packer, steps, primitive)
    names = list(quantised)
    corners, first = _welded(quantised, corners)
    corners, places = packer.reordered(corners, len(first))
    used = np.flatnonzero(places != 0xFFFFFFFF)
    order = np.empty(len(used), np.intp)
    order[places[used]] = first[used]
    numbers = {name: working.add(_taken(quantised[name], order)) for name in names}
    kind = (_UNSIGNED_SHORT, np.uint16) if len(order) < 65_535 else (_UNSIGNED_INT, np.uint32)
    rows = corners.astype(kind[1])[:, None]
    indices = working.add(Column(rows, "SCALAR", "corner", component=kind[0]))
    targets = [
        {name: numbers[f"{place} {name}"] for name in target}
        for place, target in enumerate(primitive.get("targets") or [])
    ]
    attributes = {name: numbers[name] for name in primitive["attributes"]}
    return {"attributes": attributes, "indices": indices, "mode": 4, **({"targets": targets} if targets else {})}


def _quantised(working: Working, packer: Packer, steps: _Steps, primitive: Json) -> Rows:
    """All columns of a primitive, those of morph targets by their place and name."""
    columns = working.columns
    vertices = len(columns[primitive["attributes"]["POSITION"]].values)
    rows: Rows = {}
    for name, number in primitive["attributes"].items():
        rows[name] = _attribute(name, _cut(columns[number], vertices), steps, packer)
    for place, target in enumerate(primitive.get("targets") or []):
        for name, number in target.items():
            step = steps.position if name == "POSITION" else _NORMAL_STEP
            rows[f"{place} {name}"] = _rounded(
                _cut(columns[number], vertices), step, "offset", bounded=name == "POSITION"
            )
    return rows


def _cut(column: Column, vertices: int) -> Column:
    return Column(
        column.values[:vertices], column.type, "vertex", component=column.component, normalized=column.normalized
    )


def _attribute(name: str, column: Column, steps: _Steps, packer: Packer) -> Column:
    kind = name.rstrip("0123456789")
    if kind == "POSITION":
        return _rounded(column, steps.position, bounded=True)
    if kind == "TEXCOORD_":
        return _rounded(column, steps.texture)
    if kind in ("NORMAL", "TANGENT"):
        return _directions(column, packer)
    if kind == "COLOR_":
        content = np.round(np.clip(column.values, 0, 1) * 255).astype(np.uint8)
        return _bytes(column.type, content, normalized=True)
    if kind == "WEIGHTS_" and name == "WEIGHTS_0":
        return _bytes(column.type, shares(column.values.astype(np.float64)), normalized=True)
    if kind == "JOINTS_" and column.values.max(initial=0) < 256:
        return _bytes(column.type, column.values.astype(np.uint8), normalized=False)
    return column


def _rounded(column: Column, step: float, kind: Kind = "vertex", *, bounded: bool = False) -> Column:
    words = exponential(column.values.astype(np.float64), exponent_for(step))
    return Column(from_exponential(words), column.type, kind, words, "EXPONENTIAL", _FLOAT, bounded=bounded)


def _directions(column: Column, packer: Packer) -> Column:
    """Unit vectors in a byte each; a tangent's side stays."""
    padded = np.zeros((len(column.values), 4), np.float32)
    padded[:, : column.values.shape[1]] = column.values
    length = np.linalg.norm(padded[:, :3], axis=1, keepdims=True)
    padded[:, :3] = np.where(length > 0, padded[:, :3] / np.where(length > 0, length, 1), [0, 0, 1])
    stored = packer.octahedral(padded, 8)
    return Column(column.values, column.type, "vertex", stored, "OCTAHEDRAL", _BYTE, normalized=True)


def _bytes(type_: str, content: NDArray[np.uint8], *, normalized: bool) -> Column:
    padded = np.zeros((len(content), 4), np.uint8)
    padded[:, : content.shape[1]] = content
    values: NDArray[Any] = content / np.float32(255) if normalized else content
    return Column(
        values.astype(np.float32 if normalized else np.uint8),
        type_,
        "vertex",
        padded,
        "NONE",
        _UNSIGNED_BYTE,
        normalized,
    )


def _welded(rows: Rows, corners: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Corners that share equal vertices, and for each such vertex a row that holds it."""
    parts = [np.ascontiguousarray(_stored(column)) for column in rows.values()]
    whole = np.concatenate([part.view(np.uint8).reshape(len(part), -1) for part in parts], axis=1)
    packed = np.ascontiguousarray(whole).view(np.dtype((np.void, whole.shape[1])))[:, 0]
    _, first, same = np.unique(packed, return_index=True, return_inverse=True)
    return same.ravel()[corners].astype(np.uint32), first


def _stored(column: Column) -> NDArray[Any]:
    return column.values if column.stored is None else column.stored


def _taken(column: Column, order: NDArray[np.intp]) -> Column:
    stored = None if column.stored is None else column.stored[order]
    return Column(
        column.values[order], column.type, column.kind, stored, column.filter, column.component, column.normalized,
        column.bounded,
    )  # fmt: skip
