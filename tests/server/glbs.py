"""Small GLBs for the server's tests, made here: one triangle, and one with a fault that inspection finds."""

import struct
from typing import Any

from pygltflib import GLTF2  # type: ignore[import-untyped]  # ships no types

from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft


def triangle_glb() -> bytes:
    """A triangle without clips: valid glTF, and readable."""
    positions = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    document: dict[str, Any] = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"name": "Body", "mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]}
        ],
        "bufferViews": [{"buffer": 0, "byteLength": len(positions)}],
        "buffers": [{"byteLength": len(positions)}],
    }
    return pack_glb(document, positions)


def clip_glb(clip: str, generator: str = "") -> bytes:
    """A triangle that one clip moves."""
    positions = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    times, moves = struct.pack("<2f", 0, 1), struct.pack("<6f", 0, 0, 0, 0, 1, 0)
    views = [(0, len(positions)), (36, len(times)), (44, len(moves))]
    document: dict[str, Any] = {
        "asset": {"version": "2.0", "generator": generator},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"name": "Body", "mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "animations": [
            {
                "name": clip,
                "samplers": [{"input": 1, "output": 2}],
                "channels": [{"sampler": 0, "target": {"node": 0, "path": "translation"}}],
            }
        ],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]},
            {"bufferView": 1, "componentType": 5126, "count": 2, "type": "SCALAR", "min": [0], "max": [1]},
            {"bufferView": 2, "componentType": 5126, "count": 2, "type": "VEC3"},
        ],
        "bufferViews": [{"buffer": 0, "byteOffset": start, "byteLength": length} for start, length in views],
        "buffers": [{"byteLength": 68}],
    }
    return pack_glb(document, positions + times + moves)


def pack_glb(document: dict[str, Any], binary: bytes) -> bytes:
    """Packs a glTF document and its buffer into a GLB."""
    file = GLTF2.from_dict({"scene": 0, **document})
    file.set_binary_blob(binary)
    return b"".join(file.save_to_bytes())


def draft_with(digest: str, size: int, **changes: object) -> dict[str, object]:
    """A draft whose avatar is the blob `digest`, as JSON."""
    avatar = AvatarRef(glb=BlobRef(name="robot.glb", sha256=digest, bytes=size, media_type="model/gltf-binary"))
    found: dict[str, object] = ChatbotDraft(name="Pip", avatar=avatar).model_dump(mode="json")
    return found | changes
