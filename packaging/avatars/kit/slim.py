"""Smaller animations: keys that a straight line between their neighbours gives back are left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.glb import accessor, read_glb, write_glb

Array = NDArray[np.float32]
TOLERANCES = {"rotation": 0.0006, "translation": 0.0003, "scale": 0.0005, "weights": 0.004}
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
        """Store keys of an animation in the common run and return the accessor's number."""
        content = np.ascontiguousarray(values, "<f4").tobytes()
        found = self._known.get((content, kind))
        if found is not None:
            return found
        spec: dict[str, Any] = {
            "bufferView": -1,
            "componentType": 5126,
            "count": values.size // _width(kind),
            "type": kind,
        }
        if self.run:
            spec["byteOffset"] = len(self.run)
        if kind == "SCALAR":
            spec |= {"min": [float(values.min())], "max": [float(values.max())]}
        self.run += content
        self.accessors.append(spec)
        return self._known.setdefault((content, kind), len(self.accessors) - 1)


def _width(kind: str) -> int:
    """Return the numbers in one element."""
    return {"SCALAR": 1, "VEC3": 3, "VEC4": 4}[kind]


def slim(path: Path) -> None:
    """Rewrite a GLB with reduced animation keys, packed in one buffer view, without channels that say nothing."""
    document, binary = read_glb(path)
    animations = document.get("animations", [])
    animated = {s[end] for clip in animations for s in clip["samplers"] for end in ("input", "output")}
    pack = _Pack()
    moved = _keep_static(document, binary, animated, pack)
    document["animations"] = [_slim_clip(document, binary, clip, pack) for clip in animations]
    run = pack.add_view({"buffer": 0}, bytes(pack.run))
    for spec in pack.accessors:
        if spec.get("bufferView") == -1:
            spec["bufferView"] = run
    _renumber(document, moved)
    document["accessors"], document["bufferViews"] = pack.accessors, pack.views
    document["buffers"] = [{"byteLength": len(pack.binary) + -len(pack.binary) % 4}]
    write_glb(path, document, pack.binary)


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


def _slim_clip(document: dict[str, Any], binary: bytes, clip: dict[str, Any], pack: _Pack) -> dict[str, Any]:
    """Return a clip with reduced samplers."""
    channels, samplers = [], []
    for channel in clip["channels"]:
        sampler = clip["samplers"][channel["sampler"]]
        times = accessor(document, binary, sampler["input"])[:, 0]
        values = accessor(document, binary, sampler["output"]).reshape(len(times), -1)
        target = channel["target"]
        if _says_nothing(document["nodes"][target["node"]], target["path"], values):
            continue
        kept = essential(times, values, TOLERANCES[target["path"]])
        kind = {3: "VEC3", 4: "VEC4"}.get(values.shape[1], "") if target["path"] != "weights" else "SCALAR"
        ends = {"input": pack.add_keys(times[kept], "SCALAR"), "output": pack.add_keys(values[kept], kind)}
        samplers.append({**ends, "interpolation": "LINEAR"})
        channels.append({**channel, "sampler": len(samplers) - 1})
    return {**clip, "channels": channels, "samplers": samplers}


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
