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
