"""Compressed files are read as if they were plain, and whatever is wrong with their bytes is one error."""

import json
from contextlib import suppress
from typing import Any

import DracoPy
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.errors import BadGlb
from shared.glb import geometry, inspect, read_glb
from shared.glb.meshopt.kinds import Mode
from shared.glb.meshopt.packing import Packer
from tests.shared.glb.building import GlbBuilder, pack

_MESHOPT = "EXT_meshopt_compression"
_SIDE = 12


def sheet() -> tuple[np.ndarray, np.ndarray]:
    """Positions (V, 3) and corners (T * 3,) of a bumpy square."""
    x, y = np.meshgrid(np.arange(_SIDE), np.arange(_SIDE))
    places = np.stack([x, y, (x * y) % 3], axis=-1).reshape(-1, 3).astype(np.float32)
    first = (y[:-1, :-1] * _SIDE + x[:-1, :-1]).ravel()
    squares = np.stack([first, first + 1, first + _SIDE, first + 1, first + _SIDE + 1, first + _SIDE], axis=1)
    return places, squares.ravel().astype(np.uint32)


def meshopt_glb(spoil: dict[str, Any] | None = None, change: int | None = None) -> bytes:
    """A sheet, packed with meshopt; with fields of the first packed view or one packed byte spoiled."""
    places, corners = sheet()
    packer, binary = Packer(0), b""
    views: list[dict[str, Any]] = []
    streams: list[tuple[np.ndarray, Mode, int, int]] = [
        (places.view(np.uint8).reshape(len(places), 12), "ATTRIBUTES", 12, 0),
        (corners, "TRIANGLES", 4, places.nbytes),
    ]
    for rows, mode, stride, at in streams:
        packed = packer.pack(rows, mode)
        entry: dict[str, Any] = {"buffer": 0, "byteOffset": len(binary), "byteLength": len(packed)}
        entry["byteStride"] = stride
        entry |= {"count": len(rows), "mode": mode}
        views.append({"buffer": 1, "byteOffset": at, "byteLength": rows.nbytes, "extensions": {_MESHOPT: entry}})
        binary += packed + b"\0" * (-len(packed) % 4)
    views[0]["extensions"][_MESHOPT].update(spoil or {})
    if change is not None:
        binary = binary[:change] + bytes([binary[change] ^ 0x55]) + binary[change + 1 :]
    document = _document(len(places), len(corners), _MESHOPT)
    document["bufferViews"] = views
    document["buffers"] = [
        {"byteLength": len(binary)},
        {"byteLength": places.nbytes + corners.nbytes, "extensions": {_MESHOPT: {"fallback": True}}},
    ]
    return pack(json.dumps(document).encode(), binary)


def draco_glb(packed: bytes | None = None, identifier: int = 0) -> bytes:
    """A sheet, packed with Draco."""
    places, corners = sheet()
    if packed is None:
        packed = DracoPy.encode(places, corners.reshape(-1, 3), preserve_order=True)
    document = _document(len(places), len(corners), "KHR_draco_mesh_compression")
    for accessor in document["accessors"]:
        del accessor["bufferView"]
    entry = {"bufferView": 0, "attributes": {"POSITION": identifier}}
    document["meshes"][0]["primitives"][0]["extensions"] = {"KHR_draco_mesh_compression": entry}
    document["bufferViews"] = [{"buffer": 0, "byteLength": len(packed)}]
    document["buffers"] = [{"byteLength": len(packed)}]
    return pack(json.dumps(document).encode(), packed + b"\0" * (-len(packed) % 4))


def _document(vertices: int, corners: int, extension: str) -> dict[str, Any]:
    return {
        "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0, "name": "Sheet"}],
        "extensionsUsed": [extension], "extensionsRequired": [extension],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1}]}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": vertices, "type": "VEC3"},
            {"bufferView": 1, "componentType": 5125, "count": corners, "type": "SCALAR"},
        ],
    }  # fmt: skip


@pytest.mark.parametrize("content", [meshopt_glb(), draco_glb()], ids=["meshopt", "draco"])
def test_a_packed_sheet_is_the_sheet(content: bytes) -> None:
    places, corners = sheet()

    glb = read_glb(content)

    primitive = geometry(glb)[0]
    # Both may turn a triangle about itself; Draco rounds.
    here = primitive.positions[primitive.indices].reshape(-1, 9)
    turned = np.stack([np.roll(here, 3 * step, axis=1) for step in range(3)])
    wanted = places[corners].reshape(-1, 9)
    assert np.abs(turned - wanted).max(axis=2).min(axis=0).max() < 2e-3
    codes = {finding.code for finding in inspect(glb).findings}
    assert not codes & {"extension_required", "extension_ignored"}
    assert ("packed_for_desks" in codes) == ("KHR_draco_mesh_compression" in glb.json["extensionsUsed"])


def test_quantised_vertices_are_what_they_stand_for() -> None:
    builder = GlbBuilder()
    rows = np.array([[-32767, 0, 0, 0], [32767, 0, 0, 0], [0, 32767, 0, 0]], np.int16)
    view = builder.view(rows, byteStride=8)
    accessor = {"bufferView": view, "componentType": 5122, "normalized": True, "count": 3, "type": "VEC3"}
    builder.document["accessors"].append(accessor)
    builder.document["meshes"].append({"primitives": [{"attributes": {"POSITION": 0}}]})
    builder.node(mesh=0, scale=[2, 2, 2])
    builder.document["extensionsRequired"] = builder.document["extensionsUsed"] = ["KHR_mesh_quantization"]

    primitive = geometry(read_glb(builder.glb()))[0]

    assert np.allclose(primitive.positions, [[-1, 0, 0], [1, 0, 0], [0, 1, 0]])


@pytest.mark.parametrize(
    "spoil",
    [
        {"count": 1 << 30},
        {"count": -1},
        {"byteStride": 7},
        {"byteStride": 0},
        {"mode": "TRIANGLES"},
        {"mode": "MAGIC"},
        {"filter": "QUATERNION"},
        {"filter": 3},
        {"byteLength": 1 << 40},
        {"byteLength": 8},
        {"byteOffset": 1 << 20},
        {"buffer": 1},
        {"buffer": 9},
    ],
    ids=str,
)
def test_a_wrongly_described_stream_is_refused(spoil: dict[str, Any]) -> None:
    with pytest.raises(BadGlb):
        read_glb(meshopt_glb(spoil))


def test_a_stream_that_unfolds_without_end_is_refused() -> None:
    count = 1 << 24
    content = meshopt_glb()
    document = json.loads(content[20 : 20 + int.from_bytes(content[12:16], "little")])
    document["bufferViews"][0]["byteLength"] = count * 256
    document["bufferViews"][0]["extensions"][_MESHOPT].update(count=count, byteStride=256)

    with pytest.raises(BadGlb, match="unfold"):
        read_glb(pack(json.dumps(document).encode(), content[28 + int.from_bytes(content[12:16], "little") :]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 300), st.randoms(use_true_random=False))
def test_damaged_streams_never_do_more_than_fail(place: int, chance: Any) -> None:
    packed = bytearray(DracoPy.encode(*_faces(), preserve_order=True))
    packed[chance.randrange(len(packed))] ^= 1 << chance.randrange(8)

    for content in (meshopt_glb(change=place), draco_glb(bytes(packed))):
        with suppress(BadGlb):
            geometry(read_glb(content))


def test_a_draco_mesh_without_the_named_attribute_is_refused() -> None:
    with pytest.raises(BadGlb, match="cannot be unpacked"):
        read_glb(draco_glb(identifier=5))


def _faces() -> tuple[np.ndarray, np.ndarray]:
    places, corners = sheet()
    return places, corners.reshape(-1, 3)
