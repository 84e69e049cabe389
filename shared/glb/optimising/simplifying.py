"""Fewer triangles where a model has more than its tier's budget: skins, morph targets and seams stay."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.glb.container import Json
from shared.glb.geometry import triangle_indices
from shared.glb.meshopt.sandbox import Sandbox
from shared.glb.optimising.plan import Report
from shared.glb.optimising.working import Column, Working

_MOST_ERROR = 0.01
"""Of a mesh's size, that its surface may move."""
_FELT = {"NORMAL": 0.5, "TEXCOORD_0": 0.5, "COLOR_0": 1.0, "WEIGHTS_0": 0.25}
"""What an eye notices beside the shape, and how much."""
_MOVED_SHARE = 0.02
"""Of the largest morph offset: vertices that a face moves by more are kept."""


def simplify(working: Working, most_triangles: int, report: Report) -> tuple[int, int]:
    """Reduce all meshes alike. Returns: the triangles before and after."""
    parts = [part for mesh in working.items("meshes") for part in mesh["primitives"]]
    shown = _copies(working)
    corners = {number: triangle_indices(working.glb(), part) for number, part in enumerate(parts)}
    before = _count(corners, shown)
    if not most_triangles or before <= most_triangles:
        return before, before
    simplifier = Sandbox("simplifier")
    for number, part in enumerate(parts):
        report("Reducing triangles", number / len(parts))
        own = corners[number]
        if own is not None and len(own):
            target = int(len(own) / 3 * most_triangles / before) * 3
            corners[number] = reduced = _reduced(working, simplifier, part, own, target)
            part["indices"] = working.add(Column(reduced[:, None], "SCALAR", "corner", component=5125))
            part["mode"] = 4
    return before, _count(corners, shown)


def _copies(working: Working) -> list[int]:
    """For each primitive: how many nodes show it."""
    meshes = [node["mesh"] for node in working.items("nodes") if node.get("mesh") is not None]
    return [meshes.count(n) for n, mesh in enumerate(working.items("meshes")) for _ in mesh["primitives"]]


def _count(corners: dict[int, NDArray[np.uint32] | None], shown: list[int]) -> int:
    return sum(len(one) // 3 * shown[number] for number, one in corners.items() if one is not None)


def _reduced(
    working: Working, simplifier: Sandbox, primitive: Json, corners: NDArray[np.uint32], target: int
) -> NDArray[np.uint32]:
    attributes = primitive["attributes"]
    places = working.columns[attributes["POSITION"]].values.astype("<f4")
    extra, weights = _felt(working, attributes, len(places))
    locked = _kept(working, primitive, places)
    with simplifier.scratch():
        error, result = simplifier.room(4), simplifier.room(len(corners) * 4)
        source, vertices = simplifier.put(corners.astype("<u4")), simplifier.put(places)
        felt, felt_weights, locks = simplifier.put(extra), simplifier.put(weights), simplifier.put(locked)
        count = simplifier.call(
            "meshopt_simplifyWithAttributes", result, source, len(corners), vertices, len(places), 12,
            felt, extra.shape[1] * 4, felt_weights, extra.shape[1], locks, target, _MOST_ERROR, 0, error,
        )  # fmt: skip
        return np.frombuffer(simplifier.take(result, int(count) * 4), "<u4").copy()


def _felt(working: Working, attributes: Json, vertices: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """What else an eye notices at a vertex (V, W), and how much each number counts (W,)."""
    rows, weights = [np.zeros((vertices, 1))], [0.0]
    for name, weight in _FELT.items():
        if name in attributes:
            values = working.columns[attributes[name]].values[:vertices]
            rows.append(values)
            weights += [weight] * values.shape[1]
    return np.concatenate(rows, axis=1).astype("<f4"), np.array(weights, "<f4")


def _kept(working: Working, primitive: Json, places: NDArray[Any]) -> NDArray[np.uint8]:
    """Which vertices stay: those that a morph target moves, of a mouth or an eyelid, and the outermost ones."""
    vertices = len(places)
    outermost = (places == places.min(axis=0)) | (places == places.max(axis=0))
    locked: NDArray[np.uint8] = outermost.any(axis=1).astype(np.uint8)
    for target in primitive.get("targets") or []:
        if "POSITION" in target:
            size = np.linalg.norm(working.columns[target["POSITION"]].values[:vertices], axis=1)
            locked |= (size > _MOVED_SHARE * float(size.max(initial=0.0))).astype(np.uint8)
    return locked
