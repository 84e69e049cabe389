"""Smaller animations: keys that a straight line between their neighbours gives back are left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.glb import accessor, read_glb, write_glb

Array = NDArray[np.float32]
TOLERANCES = {"translation": 0.0003, "scale": 0.0005, "weights": 0.004}
OFF_METRES = 0.0005  # how far a place on the body may be off when a rotation's keys are left out
END_METRES = 0.1  # what hangs on a bone without children
REST = {"translation": (0.0, 0.0, 0.0), "scale": (1.0, 1.0, 1.0)}


class _Pack:
    """A new binary chunk that grows, with equal arrays stored once."""

    def __init__(self) -> None:
        """Start empty."""
        self.binary = b""
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []
        self._known: dict[tuple[bytes, str], int] = {}
        self.run = bytearray()

    def add_view(self, view: dict[str, Any], content: bytes) -> int:
        """Store the bytes of a buffer view and return its number."""
        self.binary += b"\0" * (-len(self.binary) % 4)
        place = {"byteOffset": len(self.binary), "byteLength": len(content)}
        kept = {name: value for name, value in view.items() if name not in ("byteOffset", "byteLength")}
        self.views.append({**kept, **place})
        self.binary += content
        return len(self.views) - 1

    def add_keys(self, values: Array, kind: str) -> int:
        """Store keys of an animation in the common run and return the accessor's number.

        Turns become normalised shorts: 3e-5 of a quaternion's component at half the size.
        """
        short = kind == "VEC4"
        content = (np.rint(values * 32767).astype("<i2") if short else values.astype("<f4")).tobytes()
        found = self._known.get((content, kind))
        if found is not None:
            return found
        spec: dict[str, Any] = {
            "bufferView": -1,
            "componentType": 5122 if short else 5126,
            "count": values.size // _width(kind),
            "type": kind,
        }
        if self.run:
            spec["byteOffset"] = len(self.run)
        if short:
            spec["normalized"] = True
        if kind == "SCALAR":
            spec |= {"min": [float(values.min())], "max": [float(values.max())]}
        self.run += content
        self.accessors.append(spec)
        return self._known.setdefault((content, kind), len(self.accessors) - 1)


def _width(kind: str) -> int:
    """Return the numbers in one element."""
    return {"SCALAR": 1, "VEC3": 3, "VEC4": 4}[kind]


def slim(path: Path) -> None:
    """Rewrite a GLB with reduced animation keys, packed in one buffer view, without channels that say nothing.

    Skin weights become bytes: a quarter of the size of a smooth body, and exact for parts of one bone.
    """
    document, binary = _byte_weights(*read_glb(path))
    _root_meshes(document)
    animations = document.get("animations", [])
    animated = {s[end] for clip in animations for s in clip["samplers"] for end in ("input", "output")}
    pack = _Pack()
    moved = _keep_static(document, binary, animated, pack)
    document["animations"] = [_slim_clip(document, binary, clip, _levers(document), pack) for clip in animations]
    run = pack.add_view({"buffer": 0}, bytes(pack.run))
    for spec in pack.accessors:
        if spec.get("bufferView") == -1:
            spec["bufferView"] = run
    _renumber(document, moved)
    document["accessors"], document["bufferViews"] = pack.accessors, pack.views
    document["buffers"] = [{"byteLength": len(pack.binary) + -len(pack.binary) % 4}]
    write_glb(path, document, pack.binary)


def _byte_weights(document: dict[str, Any], binary: bytes) -> tuple[dict[str, Any], bytes]:
    """Replace the skin weights of every primitive by normalised bytes that sum to 255."""
    for primitive in (primitive for mesh in document["meshes"] for primitive in mesh["primitives"]):
        number = primitive["attributes"].get("WEIGHTS_0")
        spec = document["accessors"][number] if number is not None else {"componentType": 5121}
        if spec["componentType"] != 5126:
            continue
        weights = accessor(document, binary, number)
        rounded = np.round(weights / weights.sum(axis=1, keepdims=True) * 255).astype(np.int64)
        strongest = rounded.argmax(axis=1)
        rounded[np.arange(len(rounded)), strongest] += 255 - rounded.sum(axis=1)
        binary += b"\0" * (-len(binary) % 4)
        view = {"buffer": 0, "byteOffset": len(binary), "byteLength": rounded.size, "target": 34962}
        document["bufferViews"].append(view)
        binary += rounded.astype(np.uint8).tobytes()
        spec |= {"bufferView": len(document["bufferViews"]) - 1, "componentType": 5121, "normalized": True}
    return document, binary


def _root_meshes(document: dict[str, Any]) -> None:
    """Move skinned meshes to the root of the scene: their skin alone places them."""
    skinned = [number for number, node in enumerate(document["nodes"]) if "skin" in node]
    for node in document["nodes"]:
        if "children" in node:
            node["children"] = [child for child in node["children"] if child not in skinned]
    roots = document["scenes"][0]["nodes"]
    roots += [number for number in skinned if number not in roots]


def _keep_static(document: dict[str, Any], binary: bytes, animated: set[int], pack: _Pack) -> dict[int, int]:
    """Copy every accessor that no animation owns, and return its new number by its old one."""
    views: dict[int, int] = {}

    def copied(spec: dict[str, Any]) -> dict[str, Any]:
        old = spec["bufferView"]
        if old not in views:
            view = document["bufferViews"][old]
            start = view.get("byteOffset", 0)
            views[old] = pack.add_view(view, binary[start : start + view["byteLength"]])
        return {**spec, "bufferView": views[old]}

    moved: dict[int, int] = {}
    for number, spec in enumerate(document["accessors"]):
        if number in animated:
            continue
        kept = copied(spec) if "bufferView" in spec else dict(spec)
        if "sparse" in spec:
            sparse = spec["sparse"]
            kept["sparse"] = {**sparse, **{end: copied(sparse[end]) for end in ("indices", "values")}}
        moved[number] = len(pack.accessors)
        pack.accessors.append(kept)
    return moved


def _renumber(document: dict[str, Any], moved: dict[int, int]) -> None:
    """Point meshes and skins at the new accessors."""
    for mesh in document["meshes"]:
        for primitive in mesh["primitives"]:
            primitive["indices"] = moved[primitive["indices"]]
            for table in (primitive["attributes"], *primitive.get("targets", [])):
                table.update({name: moved[number] for name, number in table.items()})
    for skin in document.get("skins", []):
        skin["inverseBindMatrices"] = moved[skin["inverseBindMatrices"]]


def _slim_clip(
    document: dict[str, Any], binary: bytes, clip: dict[str, Any], levers: list[float], pack: _Pack
) -> dict[str, Any]:
    """Return a clip with reduced samplers; courses that can share their key times do."""
    found = []
    for channel in clip["channels"]:
        sampler, target = clip["samplers"][channel["sampler"]], channel["target"]
        times = accessor(document, binary, sampler["input"])[:, 0]
        values = accessor(document, binary, sampler["output"]).reshape(len(times), -1)
        if not _says_nothing(document["nodes"][target["node"]], target["path"], values):
            tolerance = _tolerance(target["path"], levers[target["node"]])
            found.append((essential(times, values, tolerance), channel, times, values, tolerance))
    channels, samplers, shared = [], [], list[list[int]]()
    whole = max(len(course[2]) for course in found)
    for own, channel, times, values, tolerance in sorted(found, key=lambda course: -len(course[0])):
        fitting = [
            keys
            for keys in shared
            if len(times) == whole and _worth_sharing(keys, own) and gap(times, values, keys) <= tolerance
        ]
        kept = min(fitting, key=len, default=own)
        shared += [own] if kept is own and len(times) == whole else []
        kind = "SCALAR" if channel["target"]["path"] == "weights" else {3: "VEC3", 4: "VEC4"}[values.shape[1]]
        ends = {"input": pack.add_keys(times[kept], "SCALAR"), "output": pack.add_keys(values[kept], kind)}
        samplers.append({**ends, "interpolation": "LINEAR"})
        channels.append({**channel, "sampler": len(samplers) - 1})
    return {**clip, "channels": channels, "samplers": samplers}


def _worth_sharing(keys: list[int], own: list[int]) -> bool:
    """Tell whether more keys cost less than key times of one's own: 16 bytes each against an accessor's JSON."""
    return 16 * (len(keys) - len(own)) < 110 + 4 * len(own)


def _levers(document: dict[str, Any]) -> list[float]:
    """Return for each node how far its furthest descendant is, in metres; an end counts as 0.1."""
    nodes = document["nodes"]

    def lever(number: int) -> float:
        ends = [
            float(np.linalg.norm(nodes[child].get("translation", (0, 0, 0)))) + lever(child)
            for child in nodes[number].get("children", [])
        ]
        return max(ends, default=END_METRES)

    return [lever(number) for number in range(len(nodes))]


def _tolerance(path: str, lever: float) -> float:
    """Return how far a course may be off; for rotations what moves the furthest descendant by the allowed distance."""
    return OFF_METRES / (2 * lever) if path == "rotation" else TOLERANCES[path]


def _says_nothing(node: dict[str, Any], path: str, values: Array) -> bool:
    """Tell whether a translation or scale only repeats the node's rest; rotations stay, so that clips crossfade."""
    if path not in REST:
        return False
    return bool(np.allclose(values, node.get(path, REST[path]), atol=2e-5))


def essential(times: Array, values: Array, tolerance: float) -> list[int]:
    """Return the keys to keep: between two of them a straight line is nowhere further off than the tolerance."""
    if np.abs(values - values[0]).max() < tolerance / 4:
        return [0, len(times) - 1] if len(times) > 1 else [0]
    keep, waiting = {0, len(times) - 1}, [(0, len(times) - 1)]
    while waiting:
        low, high = waiting.pop()
        if high - low < 2:
            continue
        share = ((times[low:high] - times[low]) / (times[high] - times[low]))[:, None]
        off = np.abs(values[low] * (1 - share) + values[high] * share - values[low:high]).max(axis=1)
        worst = low + int(off.argmax())
        if off.max() > tolerance:
            keep.add(worst)
            waiting += [(low, worst), (worst, high)]
    return sorted(keep)


def gap(times: Array, values: Array, keys: list[int]) -> float:
    """Return the largest difference between a course and straight lines between some of its keys."""
    lines = [np.interp(times, times[keys], values[keys, column]) for column in range(values.shape[1])]
    return float(np.abs(np.column_stack(lines) - values).max())
