"""A GLB as its JSON, its bytes and its accessors: just enough to check and to slim what was exported."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

COMPONENTS = {5120: "i1", 5121: "u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


def read_glb(path: Path) -> tuple[dict[str, Any], bytes]:
    """Return the JSON and the binary chunk of a GLB."""
    whole = path.read_bytes()
    length = struct.unpack_from("<I", whole, 12)[0]
    document = json.loads(whole[20 : 20 + length])
    return document, whole[28 + length :]


def write_glb(path: Path, document: dict[str, Any], binary: bytes) -> None:
    """Write a GLB; equal documents give equal bytes."""
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 4)
    binary += b"\0" * (-len(binary) % 4)
    total = 28 + len(text) + len(binary)
    header = struct.pack("<4sIII4s", b"glTF", 2, total, len(text), b"JSON")
    path.write_bytes(header + text + struct.pack("<I4s", len(binary), b"BIN\0") + binary)


def accessor(document: dict[str, Any], binary: bytes, index: int) -> NDArray[Any]:
    """Return an accessor's values as (count, width), sparse values laid over the rest, normalised shorts as floats."""
    spec = document["accessors"][index]
    kind, width = np.dtype(COMPONENTS[spec["componentType"]]), WIDTHS[spec["type"]]
    values = np.zeros((spec["count"], width), kind)
    if "bufferView" in spec:
        values[:] = _view(document, binary, spec, kind, spec["count"] * width).reshape(-1, width)
    if "sparse" in spec:
        sparse = spec["sparse"]
        where = np.dtype(COMPONENTS[sparse["indices"]["componentType"]])
        rows = _view(document, binary, sparse["indices"], where, sparse["count"])
        values[rows] = _view(document, binary, sparse["values"], kind, sparse["count"] * width).reshape(-1, width)
    if spec.get("normalized") and spec["componentType"] == 5122:
        return np.maximum(values.astype(np.float32) / 32767, -1)
    return values


def _view(
    document: dict[str, Any], binary: bytes, spec: dict[str, Any], kind: np.dtype[Any], count: int
) -> NDArray[Any]:
    """Return packed values of a buffer view; Blender writes no strides."""
    view = document["bufferViews"][spec["bufferView"]]
    start = view.get("byteOffset", 0) + spec.get("byteOffset", 0)
    return np.frombuffer(binary, kind, count, start)
