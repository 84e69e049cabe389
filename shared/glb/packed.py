"""Packed files: buffer views and primitives that are compressed, turned into plain ones before anybody looks.

Afterwards the document says what it would say without the extensions; `extensionsUsed` still names them.
Source: glTF extensions EXT_meshopt_compression, KHR_meshopt_compression and KHR_draco_mesh_compression.
"""

import copy
from typing import Any, get_args

from shared.glb.accessors import WIDTHS
from shared.glb.container import MESHOPT, Json, is_placeholder
from shared.glb.draco import undraco
from shared.glb.limits import MAX_UNPACKED_BYTES, broken, too_large
from shared.glb.meshopt.kinds import Filter, Mode

DRACO = "KHR_draco_mesh_compression"

Buffers = tuple[memoryview, ...]


def unpack_document(document: Json, buffers: Buffers) -> tuple[Json, Buffers]:
    """A document without compression, and its buffers; the same two when nothing is compressed.

    Raises: BadGlb: packed bytes are damaged, or unfold to more than any avatar has.
    """
    if not _is_packed(document):
        return document, buffers
    plain = copy.deepcopy(document)
    plain["extensionsRequired"] = [
        name for name in plain.get("extensionsRequired") or [] if name not in (*MESHOPT, DRACO)
    ]
    for buffer in plain.get("buffers") or []:
        buffer["byteLength"] = 0 if is_placeholder(buffer) else buffer["byteLength"]
    room = _Room(plain, list(buffers))
    _unpack_views(plain, room)
    _unpack_primitives(plain, room)
    return plain, tuple(room.buffers)


class _Room:
    """Takes unpacked bytes as buffers of their own, and counts them."""

    def __init__(self, document: Json, buffers: list[memoryview]) -> None:
        self._document, self.buffers = document, buffers
        self._unpacked = 0

    def reserve(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > MAX_UNPACKED_BYTES:
            raise too_large(f"its packed parts unfold to more than {MAX_UNPACKED_BYTES >> 20} MiB")

    def add(self, content: bytes) -> int:
        self.buffers.append(memoryview(content))
        self._document["buffers"].append({"byteLength": len(content)})
        return len(self.buffers) - 1


def _is_packed(document: Json) -> bool:
    return (
        any(is_placeholder(buffer) for buffer in document.get("buffers") or [])
        or any(_meshopt_entry(view) for view in document.get("bufferViews") or [])
        or any(_draco_entry(part) for mesh in document.get("meshes") or [] for part in mesh["primitives"])
    )


def _unpack_views(document: Json, room: _Room) -> None:
    packed = [
        (number, view, entry)
        for number, view in enumerate(document.get("bufferViews") or [])
        for entry in (_meshopt_entry(view),)
        if entry is not None
    ]
    if not packed:
        return
    # Imported here: a fifth of a second that only packed files should pay.
    from shared.glb.meshopt.unpacking import Unpackable, Unpacker

    unpacker = Unpacker()
    for number, view, entry in packed:
        where = f"packed buffer view {number}"
        count, stride = _whole(entry, "count", where), _whole(entry, "byteStride", where)
        if count * stride != view["byteLength"]:
            raise broken(f"{where} unfolds to another size than it says")
        room.reserve(count * stride)
        source = _slice(room.buffers, entry, where)
        try:
            content = unpacker.unpack(source, count, stride, _mode(entry, where), _filter(entry, where))
        except Unpackable as error:
            raise broken(f"{where} cannot be unpacked") from error
        view["extensions"] = {}
        view.update(buffer=room.add(content), byteOffset=0)


def _meshopt_entry(view: Json) -> Json | None:
    extensions = view.get("extensions") or {}
    return next((extensions[name] for name in MESHOPT if isinstance(extensions.get(name), dict)), None)


def _whole(entry: Json, name: str, where: str, default: int | None = None) -> int:
    value = entry.get(name, default)
    if type(value) is not int or not 0 <= value < 1 << 32:
        raise broken(f"the {name} of {where} is not a count")
    return value


def _mode(entry: Json, where: str) -> Mode:
    value: Any = entry.get("mode")
    if value not in get_args(Mode):
        raise broken(f"{where} is packed in a way that nobody knows")
    mode: Mode = value
    return mode


def _filter(entry: Json, where: str) -> Filter:
    value: Any = entry.get("filter") or "NONE"
    if value not in get_args(Filter):
        raise broken(f"{where} is filtered in a way that nobody knows")
    filter_: Filter = value
    return filter_


def _slice(buffers: list[memoryview], entry: Json, where: str) -> memoryview:
    number, start = _whole(entry, "buffer", where), _whole(entry, "byteOffset", where, 0)
    end = start + _whole(entry, "byteLength", where)
    if number >= len(buffers) or end > len(buffers[number]):
        raise broken(f"{where} reaches beyond its buffer")
    return buffers[number][start:end]


def _unpack_primitives(document: Json, room: _Room) -> None:
    for number, mesh in enumerate(document.get("meshes") or []):
        for primitive in mesh["primitives"]:
            entry = _draco_entry(primitive)
            if entry is not None:
                _unpack_primitive(document, room, primitive, entry, f"packed mesh {number}")
                del primitive["extensions"][DRACO]


def _draco_entry(primitive: Json) -> Json | None:
    entry = (primitive.get("extensions") or {}).get(DRACO)
    return entry if isinstance(entry, dict) else None


def _unpack_primitive(document: Json, room: _Room, primitive: Json, entry: Json, where: str) -> None:
    views = document.get("bufferViews") or []
    number = _whole(entry, "bufferView", where)
    if number >= len(views):
        raise broken(f"{where} has no bytes")
    view = views[number]
    source = _slice(room.buffers, {"byteOffset": 0, **view}, where)
    wanted = entry.get("attributes")
    if not isinstance(wanted, dict) or not set(wanted) <= set(primitive["attributes"]):
        raise broken(f"{where} does not say what it holds")
    mesh = undraco(bytes(source), {str(name): _whole(wanted, name, where) for name in wanted}, where)
    room.reserve(mesh.bytes)
    for name, rows in mesh.attributes.items():
        accessor = primitive["attributes"][name]
        if rows.ndim != 2 or rows.shape[1] != WIDTHS[document["accessors"][accessor]["type"]]:
            raise broken(f"{where} has a {name} of the wrong shape")
        _point(document, room, accessor, rows)
    if primitive.get("indices") is not None:
        _point(document, room, primitive["indices"], mesh.corners)


def _point(document: Json, room: _Room, number: int, rows: Any) -> None:
    """Let an accessor read these rows, in whatever component type they came."""
    accessor = document["accessors"][number]
    buffer = room.add(rows.tobytes())
    document["bufferViews"].append({"buffer": buffer, "byteLength": rows.nbytes})
    accessor.update(
        bufferView=len(document["bufferViews"]) - 1,
        byteOffset=0,
        count=len(rows),
        componentType=_COMPONENTS[rows.dtype.str],
    )
    accessor.pop("sparse", None)


_COMPONENTS = {"|i1": 5120, "|u1": 5121, "<i2": 5122, "<u2": 5123, "<u4": 5125, "<f4": 5126}
