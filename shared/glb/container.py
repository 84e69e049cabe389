"""The container: bytes to the JSON document and its buffers. Knows nothing of what the document says."""

import base64
import binascii
import json
import struct
from typing import Any
from urllib.parse import unquote_to_bytes

from shared.errors import BadGlb
from shared.glb.limits import MAX_FILE_BYTES, MAX_JSON_BYTES, broken, too_large, truncated

Json = dict[str, Any]

MESHOPT = ("EXT_meshopt_compression", "KHR_meshopt_compression")

_HEADER = struct.Struct("<4sII")
_CHUNK = struct.Struct("<II")
_JSON_CHUNK = 0x4E4F534A
_BINARY_CHUNK = 0x004E4942

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"BLENDER", "a Blender file: open it in Blender and choose File > Export > glTF 2.0 (.glb)"),
    (
        b"\x28\xb5\x2f\xfd",
        "a compressed file, perhaps a Blender file: choose File > Export > glTF 2.0 (.glb) in Blender",
    ),
    (b"PK\x03\x04", "a ZIP archive: unpack it and choose the .glb inside"),
    (b"\x1f\x8b", "a gzip archive: unpack it and choose the .glb inside"),
    (b"Kaydara FBX", "an FBX file: import it in Blender and export it as .glb"),
    (b"version https://git-lfs", "a Git LFS pointer, not the model itself: fetch it with `git lfs pull`"),
)


def split_container(content: bytes) -> tuple[Json, memoryview | None]:
    """Take a .glb or .gltf apart into its JSON document and its binary chunk, if it has one.

    Raises: BadGlb: empty, truncated, too large, not a GLB, or with JSON that cannot be read.
    Source: glTF 2.0, GLB File Format Specification.
    """
    if not content:
        raise BadGlb("This file is empty: export the model again as .glb.")
    if len(content) > MAX_FILE_BYTES:
        raise too_large(f"the file has {len(content) >> 20} MiB, and {MAX_FILE_BYTES >> 20} are allowed")
    if content[:4] == b"glTF":
        return _split_glb(content)
    if content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _parse_json(content), None
    raise _not_a_glb(content)


def load_buffers(document: Json, binary: memoryview | None) -> tuple[memoryview, ...]:
    """The bytes of every buffer of the document, each at least as long as it says; none for a placeholder.

    Raises: BadGlb: a buffer lies in another file, is shorter than declared, or is no base64.
    """
    buffers: list[memoryview] = []
    total = 0
    for number, buffer in enumerate(document.get("buffers") or []):
        if is_placeholder(buffer):
            buffers.append(memoryview(b""))
            continue
        content = _buffer_bytes(buffer, number, binary)
        declared = buffer["byteLength"]
        if declared > len(content):
            raise truncated(f"buffer {number} should have {declared} bytes and has {len(content)}")
        total += declared
        if total > MAX_FILE_BYTES:
            raise too_large("its buffers together are larger than any avatar")
        buffers.append(content[:declared])
    return tuple(buffers)


def is_placeholder(buffer: Json) -> bool:
    """Whether a buffer only stands for what its views unpack to, and has no bytes."""
    extensions = buffer.get("extensions")
    entries = [extensions.get(name) for name in MESHOPT] if isinstance(extensions, dict) else []
    return any(isinstance(entry, dict) and entry.get("fallback") is True for entry in entries)


def decode_data_uri(uri: str) -> bytes | None:
    """The bytes of a `data:` URI; None when it is another kind of URI, or damaged."""
    head, comma, body = uri.partition(",")
    if not head.startswith("data:") or not comma:
        return None
    if not head.endswith(";base64"):
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(body, validate=False)
    except (binascii.Error, ValueError):
        return None


def _split_glb(content: bytes) -> tuple[Json, memoryview | None]:
    if len(content) < _HEADER.size + _CHUNK.size:
        raise truncated("it has no room for a header")
    _, version, length = _HEADER.unpack_from(content)
    if version != 2:
        raise BadGlb(f"This GLB has version {version}, and only version 2 is read: export it again as glTF 2.0.")
    if length > len(content):
        raise truncated(f"its header says {length} bytes and it has {len(content)}")
    chunks = _chunks(memoryview(content)[:length])
    if not chunks or chunks[0][0] != _JSON_CHUNK:
        raise broken("its first chunk is not JSON")
    binary = next((body for kind, body in chunks[1:] if kind == _BINARY_CHUNK), None)
    return _parse_json(bytes(chunks[0][1])), binary


def _chunks(content: memoryview) -> list[tuple[int, memoryview]]:
    chunks: list[tuple[int, memoryview]] = []
    place = _HEADER.size
    while place + _CHUNK.size <= len(content):
        length, kind = _CHUNK.unpack_from(content, place)
        place += _CHUNK.size
        if place + length > len(content):
            raise truncated(f"a chunk should have {length} bytes and {len(content) - place} are left")
        chunks.append((kind, content[place : place + length]))
        place += length + (-length % 4)
    return chunks


def _parse_json(content: bytes) -> Json:
    if len(content) > MAX_JSON_BYTES:
        raise too_large(f"its JSON has {len(content) >> 20} MiB, and {MAX_JSON_BYTES >> 20} are allowed")
    try:
        document = json.loads(content.rstrip(b"\x00").decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise broken("its JSON cannot be read") from error
    if not isinstance(document, dict):
        raise broken("its JSON is not an object")
    return document


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _buffer_bytes(buffer: Json, number: int, binary: memoryview | None) -> memoryview:
    uri = buffer.get("uri")
    if uri is None:
        if number == 0 and binary is not None:
            return binary
        raise truncated(f"the bytes of buffer {number} are not in the file")
    if not uri.startswith("data:"):
        raise BadGlb(f"This glTF keeps its geometry in another file ({uri[:60]!r}): export it as one .glb instead.")
    content = decode_data_uri(uri)
    if content is None:
        raise broken(f"buffer {number} is not valid base64")
    return memoryview(content)


def _not_a_glb(content: bytes) -> BadGlb:
    for magic, what in _FOREIGN:
        if content.startswith(magic):
            return BadGlb(f"This is not a GLB but {what}.")
    return BadGlb("This is not a GLB: choose a .glb file, exported from Blender with File > Export > glTF 2.0.")
