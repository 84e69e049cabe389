"""GLBs made in tests: a builder of documents, and a small one that uses every kind of curve and accessor."""

import json
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.glb.accessors import WIDTHS

_COMPONENT = {"i1": 5120, "u1": 5121, "i2": 5122, "u2": 5123, "u4": 5125, "f4": 5126}


class GlbBuilder:
    """Gathers arrays into one buffer, and writes document and buffer as a GLB."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = {
            "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [], "meshes": [],
            "accessors": [], "bufferViews": [], "animations": [], "skins": [],
        }  # fmt: skip
        self._binary = bytearray()

    def view(self, array: NDArray[Any], **extra: Any) -> int:
        """A buffer view of an array's bytes."""
        self._binary += b"\0" * (-len(self._binary) % 4)
        content = np.ascontiguousarray(array).tobytes()
        views = self.document["bufferViews"]
        views.append({"buffer": 0, "byteOffset": len(self._binary), "byteLength": len(content), **extra})
        self._binary += content
        return len(views) - 1

    def accessor(self, array: NDArray[Any], kind: str, **extra: Any) -> int:
        """An accessor of an array with as many rows as elements."""
        component = _COMPONENT[array.dtype.str[1:]]
        entry = {"bufferView": self.view(array), "componentType": component, "type": kind}
        self.document["accessors"].append({**entry, "count": array.size // WIDTHS[kind], **extra})
        return len(self.document["accessors"]) - 1

    def floats(self, values: Any, kind: str) -> int:
        """An accessor of float32."""
        return self.accessor(np.asarray(values, np.float32), kind)

    def node(self, **fields: Any) -> int:
        """A node; the first is the root of the scene."""
        self.document["nodes"].append(fields)
        return len(self.document["nodes"]) - 1

    def triangle(self, **attributes: int) -> int:
        """A mesh of one triangle."""
        corners = self.floats([[0, 0, 0], [1, 0, 0], [0, 1, 0]], "VEC3")
        self.document["meshes"].append({"primitives": [{"attributes": {"POSITION": corners, **attributes}}]})
        return len(self.document["meshes"]) - 1

    def clip(self, name: str, *tracks: tuple[int, str, str, int, int]) -> None:
        """An animation of (node, path, interpolation, input, output) tracks."""
        samplers = [{"interpolation": kind, "input": times, "output": values} for _, _, kind, times, values in tracks]
        channels = [
            {"sampler": number, "target": {"node": node, "path": path}}
            for number, (node, path, *_) in enumerate(tracks)
        ]
        self.document["animations"].append({"name": name, "samplers": samplers, "channels": channels})

    def glb(self) -> bytes:
        """The file."""
        document = {name: value for name, value in self.document.items() if value != []}
        binary = bytes(self._binary) + b"\0" * (-len(self._binary) % 4)
        if binary:
            document["buffers"] = [{"byteLength": len(binary)}]
        return pack(json.dumps(document).encode(), binary)


def pack(document: bytes, binary: bytes = b"") -> bytes:
    """A GLB container around a JSON text and a binary chunk."""
    document += b" " * (-len(document) % 4)
    chunks = struct.pack("<I4s", len(document), b"JSON") + document
    if binary:
        chunks += struct.pack("<I4s", len(binary), b"BIN\0") + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def curious_glb() -> bytes:
    """One of everything: three kinds of curve on every path, sparse and normalised accessors, matrices, odd names."""
    make = GlbBuilder()
    make.document["scenes"][0]["name"] = "Arm"
    matrix = [0, 2, 0, 0, -1, 0, 0, 0, 0, 0, -3, 0, 0.5, 1, -0.25, 1]
    make.node(name="Arm.L", children=[1, 2, 5], matrix=matrix)
    make.node(name="Arm L", children=[3], translation=[0, 1, 0], scale=[1, -2, 0.5])
    make.node(name="Arm.L", children=[4], rotation=[0.5, 0.5, 0.5, 0.5])
    make.node(name="mixamorig:[Hand]/é", translation=[0.3, 0, 0])
    make.node(rotation=[0, 0.6, 0, 0.8])
    make.node(name="Face", mesh=make.triangle(), weights=[0.25, 0.5])
    _add_morphs(make)
    random = np.random.default_rng(7)
    times = make.floats([0.1, 0.4, 0.5, 1.3], "SCALAR")
    pair = make.floats([0.0, 1.0], "SCALAR")
    turns = random.normal(size=(12, 4)).astype(np.float32)
    turns /= np.linalg.norm(turns, axis=1, keepdims=True)
    small = make.accessor(np.round(turns[:4] * 32767).astype("<i2"), "VEC4", normalized=True)
    spline3, spline4 = random.normal(size=(12, 3)), random.normal(size=(12, 4))
    steps = make.floats(random.normal(size=(4, 3)), "VEC3")
    make.clip(
        "everything",
        (0, "translation", "CUBICSPLINE", times, make.floats(spline3, "VEC3")),
        (0, "rotation", "CUBICSPLINE", times, make.floats(spline4, "VEC4")),
        (1, "scale", "STEP", times, steps),
        (1, "rotation", "LINEAR", times, small),
        (2, "rotation", "STEP", times, make.floats(turns[4:8], "VEC4")),
        (3, "translation", "LINEAR", times, _sparse(make)),
        (4, "rotation", "LINEAR", pair, make.floats(turns[8:10], "VEC4")),
        (5, "weights", "CUBICSPLINE", pair, make.floats(random.normal(size=12), "SCALAR")),
    )
    make.clip(
        "some",
        (2, "rotation", "LINEAR", pair, make.floats(-turns[8:10], "VEC4")),
        (3, "scale", "LINEAR", pair, make.floats([[1, 1, 1], [2, 3, 4]], "VEC3")),
        (5, "weights", "LINEAR", pair, make.floats([0, 1, 1, 0], "SCALAR")),
    )
    make.clip("unsteady", (5, "weights", "STEP", times, make.floats(random.uniform(size=8), "SCALAR")))
    return make.glb()


def _add_morphs(make: GlbBuilder) -> None:
    part = make.document["meshes"][0]["primitives"][0]
    offsets = [make.floats(np.full((3, 3), size), "VEC3") for size in (0.1, 0.2)]
    part["targets"] = [{"POSITION": offset} for offset in offsets]
    make.document["meshes"][0]["extras"] = {"targetNames": ["open", "smile"]}


def _sparse(make: GlbBuilder) -> int:
    places = make.view(np.array([1, 3], np.uint16))
    values = make.view(np.array([[1, 2, 3], [-1, 0.5, 0]], np.float32))
    sparse = {
        "count": 2, "indices": {"bufferView": places, "componentType": 5123}, "values": {"bufferView": values},
    }  # fmt: skip
    make.document["accessors"].append({"componentType": 5126, "type": "VEC3", "count": 4, "sparse": sparse})
    return len(make.document["accessors"]) - 1
