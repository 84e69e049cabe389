"""Smaller motion: bones that move together share key times, turns are stored in 16 bits, rest is not stored.

For characters of many bones. All of it is plain glTF 2.0: normalised shorts are allowed for rotations, and a bone
without a channel stands as its node does. Runs after `kit.export`, which laid all keys in the last buffer view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.glb import accessor, read_glb, write_glb
from kit.slim import essential

Array = NDArray[Any]
SHORT, FLOAT = 5122, 5126
AT_REST = 2e-4  # quaternion components and metres: nearer than this to the node's own pose is rest
METRES_PER_TURN = 0.5  # a metre counts as this much of a quaternion's component when keys are chosen


@dataclass(frozen=True)
class Group:
    """Bones whose names hold one of `words`; their keys may be off by `tolerance` (of a quaternion's component)."""

    words: tuple[str, ...]
    tolerance: float


class _Run:
    """The accessors and bytes of all keys, equal ones stored once."""

    def __init__(self, view: int, accessors: list[dict[str, Any]]) -> None:
        """Append to these accessors, all of this buffer view."""
        self.view, self.accessors, self.content = view, accessors, bytearray()
        self._known: dict[tuple[bytes, str, int], int] = {}

    def add(self, values: Array, kind: str, component: int) -> int:
        """Return the number of an accessor that holds these values."""
        raw = values.tobytes()
        if (raw, kind, component) in self._known:
            return self._known[raw, kind, component]
        self.content += b"\0" * (-len(self.content) % 4)
        spec: dict[str, Any] = {"bufferView": self.view, "componentType": component, "count": len(values), "type": kind}
        if self.content:
            spec["byteOffset"] = len(self.content)
        if component == SHORT:
            spec["normalized"] = True
        if kind == "SCALAR":
            spec |= {"min": [float(values.min())], "max": [float(values.max())]}
        self.content += raw
        self.accessors.append(spec)
        self._known[raw, kind, component] = len(self.accessors) - 1
        return len(self.accessors) - 1


def thin(path: Path, groups: Sequence[Group]) -> None:
    """Rewrite the clips of a slimmed GLB; every animated bone must belong to a group, the first that fits."""
    document, binary = read_glb(path)
    clips = document["animations"]
    first = min(s[end] for clip in clips for s in clip["samplers"] for end in ("input", "output"))
    taken = [_channels(document, binary, clip) for clip in clips]
    view = document["accessors"][first]["bufferView"]
    run = _Run(view, document["accessors"][:first])
    document["animations"] = [
        {**clip, **_thinned(document, channels, groups, run)} for clip, channels in zip(clips, taken, strict=True)
    ]
    document["accessors"] = run.accessors
    start = document["bufferViews"][view]["byteOffset"]
    document["bufferViews"][view]["byteLength"] = len(run.content)
    whole = binary[:start] + bytes(run.content)
    document["buffers"] = [{"byteLength": len(whole) + -len(whole) % 4}]
    write_glb(path, document, whole)


def _channels(document: dict[str, Any], binary: bytes, clip: dict[str, Any]) -> list[tuple[int, str, Array, Array]]:
    """Return node, path, times and values of every channel that does not only repeat its node's own pose."""
    found = []
    for channel in clip["channels"]:
        sampler, target = clip["samplers"][channel["sampler"]], channel["target"]
        times = accessor(document, binary, sampler["input"])[:, 0]
        values = accessor(document, binary, sampler["output"])
        rest = document["nodes"][target["node"]].get(
            target["path"], (0, 0, 0, 1) if values.shape[1] == 4 else (0, 0, 0)
        )
        if np.abs(values - np.array(rest)).max() > AT_REST:
            found.append((target["node"], target["path"], times, values))
    return found


def _thinned(document: dict[str, Any], channels: Sequence[Any], groups: Sequence[Group], run: _Run) -> dict[str, Any]:
    """Return channels and samplers with common key times in each group."""
    samplers, named = [], []
    for group in groups:
        mine = [c for c in channels if _group_of(document["nodes"][c[0]]["name"], groups) is group]
        if not mine:
            continue
        times, columns = _common(mine)
        scaled = [
            v * (METRES_PER_TURN if path == "translation" else 1.0)
            for (_, path, *_), v in zip(mine, columns, strict=True)
        ]
        kept = essential(times, np.hstack(scaled), group.tolerance)
        moments = run.add(times[kept].astype("<f4"), "SCALAR", FLOAT)
        for (node, path, *_), values in zip(mine, columns, strict=True):
            samplers.append({"input": moments, "output": _stored(values[kept], path, run)})
            named.append({"sampler": len(samplers) - 1, "target": {"node": node, "path": path}})
    return {"channels": named, "samplers": samplers}


def _group_of(name: str, groups: Sequence[Group]) -> Group:
    """Return the first group that names the bone."""
    return next(group for group in groups if any(word in name for word in group.words))


def _common(channels: Sequence[Any]) -> tuple[Array, list[Array]]:
    """Return the union of the channels' times and each channel's values there, turns normalised."""
    times = np.unique(np.concatenate([c[2] for c in channels]))
    columns = []
    for _, path, own, values in channels:
        spread = np.column_stack([np.interp(times, own, column) for column in values.T])
        columns.append(spread / np.linalg.norm(spread, axis=1)[:, None] if path == "rotation" else spread)
    return times, columns


def _stored(values: Array, path: str, run: _Run) -> int:
    """Store turns in shorts, places in floats; return the accessor's number."""
    if path == "rotation":
        return run.add(np.rint(values * 32767).astype("<i2"), "VEC4", SHORT)
    return run.add(values.astype("<f4"), "VEC3", FLOAT)
