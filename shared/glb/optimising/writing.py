"""The file itself: columns into streams, streams packed, document and bytes into a GLB."""

import json
import struct
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.glb.container import Json
from shared.glb.meshopt.kinds import Filter, Mode
from shared.glb.meshopt.packing import Packer
from shared.glb.optimising.plan import Report
from shared.glb.optimising.tidying import share_samplers
from shared.glb.optimising.working import Column, Kind, Working

MESHOPT = "EXT_meshopt_compression"
_LARGEST_STRIDE = 256


_COMPONENTS = {"|i1": 5120, "|u1": 5121, "<i2": 5122, "<u2": 5123, "<u4": 5125, "<f4": 5126}


@dataclass(eq=False)
class _Stream:
    """Columns of one layout, one after the other: a buffer view of the file."""

    number: int
    mode: Mode
    filter: Filter
    stride: int
    is_vertex: bool
    rows: list[NDArray[Any]] = field(default_factory=list)
    length: int = 0


class _Writer:
    def __init__(self, working: Working) -> None:
        self._working = working
        self.streams: dict[tuple[Kind, Filter, int, int], _Stream] = {}
        self.accessors: list[Json] = []
        self._numbers: dict[int, int] = {}
        self._same: dict[str, int] = {}
        self._places: dict[tuple[int, bytes], int] = {}

    def number(self, column: int) -> int:
        """The accessor of a column, made when it is first asked for."""
        if column not in self._numbers:
            entry = self._accessor(self._working.columns[column])
            self._numbers[column] = self._same.setdefault(repr(entry), len(self.accessors))
            if self._numbers[column] == len(self.accessors):
                self.accessors.append(entry)
        return self._numbers[column]

    def _accessor(self, column: Column) -> Json:
        entry: Json = {"componentType": _component(column), "count": len(column.values), "type": column.type}
        if column.normalized and column.stored is not None:
            entry["normalized"] = True
        if column.bounded and len(column.values):
            entry["min"], entry["max"] = _short(column.values.min(axis=0)), _short(column.values.max(axis=0))
        if column.kind == "offset" and not column.values.any():
            return entry
        view, offset = self._laid(column)
        return {"bufferView": view, **({"byteOffset": offset} if offset else {}), **entry}

    def _laid(self, column: Column) -> tuple[int, int]:
        """The stream of a column, and its place there; equal rows are laid once."""
        rows = _bytes_of(column)
        stream = self._stream(column, rows.shape[1])
        content = rows.tobytes()
        found = self._places.get((stream.number, content))
        if found is None and column.kind == "time":
            found = next((at for (_, other), at in self._places.items() if other.startswith(content)), None)
        if found is None:
            found = self._places[stream.number, content] = stream.length
            stream.rows.append(rows)
            stream.length += rows.size
        return stream.number, found

    def _stream(self, column: Column, stride: int) -> _Stream:
        corner_size = column.values.dtype.itemsize if column.kind == "corner" else 0
        key = (column.kind, column.filter, stride, corner_size)
        if key not in self.streams:
            mode: Mode = "TRIANGLES" if column.kind == "corner" else "ATTRIBUTES"
            is_vertex = column.kind in ("vertex", "offset")
            self.streams[key] = _Stream(len(self.streams), mode, column.filter, stride, is_vertex)
        return self.streams[key]


def written(working: Working, packer: Packer, report: Report) -> bytes:
    """The packed file."""
    writer = _Writer(working)
    _lay_times_first(working, writer)
    for number, put in list(working.references()):
        put(writer.number(number))
    for animation in working.items("animations"):
        share_samplers(animation)
    document = {name: value for name, value in working.document.items() if value != []}
    document["accessors"] = writer.accessors
    binary, views, unpacked = _packed(list(writer.streams.values()), packer, report)
    binary = _with_pictures(working, document, binary, views)
    document["bufferViews"] = views
    document["buffers"] = [{"byteLength": len(binary)}] if binary else []
    if unpacked:
        document["buffers"].append({"byteLength": unpacked, "extensions": {MESHOPT: {"fallback": True}}})
        for name in ("extensionsUsed", "extensionsRequired"):
            document[name] = sorted({*(document.get(name) or []), MESHOPT})
    return _container({name: value for name, value in document.items() if value != []}, binary)


def _lay_times_first(working: Working, writer: _Writer) -> None:
    """Long lists of times before short ones."""
    inputs = {sampler["input"] for animation in working.items("animations") for sampler in animation["samplers"]}
    for number in sorted(inputs, key=lambda one: -len(working.columns[one].values)):
        writer.number(number)


def _component(column: Column) -> int:
    return column.component if column.stored is not None else _COMPONENTS[column.values.dtype.str]


def _bytes_of(column: Column) -> NDArray[np.uint8]:
    """(N, stride) bytes, the stride a multiple of four except for corners."""
    rows = np.ascontiguousarray(column.values if column.stored is None else column.stored)
    flat = rows.view(np.uint8).reshape(len(rows), -1)
    if column.kind == "corner":
        return flat
    if flat.shape[1] > _LARGEST_STRIDE:
        return flat.reshape(-1, 4)
    return np.pad(flat, ((0, 0), (0, -flat.shape[1] % 4))) if flat.shape[1] % 4 else flat


def _packed(streams: list[_Stream], packer: Packer, report: Report) -> tuple[bytes, list[Json], int]:
    """The packed streams, their buffer views, and how much they unfold to."""
    binary = bytearray()
    views: list[Json] = []
    unpacked = 0
    for number, stream in enumerate(streams):
        report("Packing", number / len(streams))
        rows = np.concatenate(stream.rows)
        content = _pack_stream(packer, stream, rows)
        entry: Json = {"buffer": 0, "byteOffset": len(binary), "byteLength": len(content), "byteStride": stream.stride}
        entry |= {"mode": stream.mode, "count": len(rows)}
        entry |= {} if stream.filter == "NONE" else {"filter": stream.filter}
        view = {"buffer": 1, "byteOffset": unpacked, "byteLength": rows.size, "extensions": {MESHOPT: entry}}
        views.append({**view, "byteStride": stream.stride} if stream.is_vertex else view)
        binary += content + b"\0" * (-len(content) % 4)
        unpacked += rows.size + -rows.size % 4
    return bytes(binary), views, unpacked


def _pack_stream(packer: Packer, stream: _Stream, rows: NDArray[np.uint8]) -> bytes:
    if stream.mode == "ATTRIBUTES":
        return packer.pack(rows, stream.mode)
    kind = np.uint16 if stream.stride == 2 else np.uint32
    return packer.pack(np.ascontiguousarray(rows).view(kind)[:, 0], stream.mode)


def _with_pictures(working: Working, document: Json, binary: bytes, views: list[Json]) -> bytes:
    for entry, content in zip(document.get("images") or [], working.images, strict=True):
        if not content:
            continue
        views.append({"buffer": 0, "byteOffset": len(binary), "byteLength": len(content)})
        entry.pop("uri", None)
        entry["bufferView"] = len(views) - 1
        entry.setdefault("mimeType", "image/png" if content.startswith(b"\x89PNG") else "image/jpeg")
        binary += content + b"\0" * (-len(content) % 4)
    return binary


def _short(row: NDArray[Any]) -> list[float]:
    """Numbers as short as float32 allows."""
    return [_shortest(float(np.float32(value)), str(np.float32(value))) for value in row]


def _shortest(value: float, text: str) -> float:
    return int(value) if value.is_integer() and abs(value) < 1e6 else float(text)


def _container(document: Json, binary: bytes) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text
    if binary:
        chunks += struct.pack("<I4s", len(binary), b"BIN\0") + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks
