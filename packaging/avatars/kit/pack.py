"""Smaller meshes: skin weights and point colours in bytes, which every glTF 2.0 reader takes without an extension."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kit.glb import COMPONENTS, accessor, read_glb, write_glb

Array = NDArray[Any]
UNSIGNED_BYTE = 5121


def pack(path: Path) -> None:
    """Rewrite a GLB whose float WEIGHTS_0 and COLOR_0 become normalised bytes."""
    document, binary = read_glb(path)
    contents = [_content(binary, view) for view in document["bufferViews"]]
    for mesh in document["meshes"]:
        for primitive in mesh["primitives"]:
            for name, in_bytes in (("WEIGHTS_0", weight_bytes), ("COLOR_0", colour_bytes)):
                number = primitive["attributes"].get(name)
                if number is not None and document["accessors"][number]["componentType"] != UNSIGNED_BYTE:
                    values = in_bytes(accessor(document, binary, number))
                    spec = document["accessors"][number]
                    contents[spec["bufferView"]] = values.tobytes()
                    spec |= {"componentType": UNSIGNED_BYTE, "normalized": True, "type": "VEC4"}
                    document["bufferViews"][spec["bufferView"]].pop("byteStride", None)
            _quiet_joints(document, contents, primitive["attributes"])
    write_glb(path, document, _laid(document, contents))


def _quiet_joints(document: dict[str, Any], contents: list[bytes], attributes: dict[str, int]) -> None:
    """Name joint 0 where a weight is none: validators ask for it."""
    if "JOINTS_0" not in attributes:
        return
    spec = document["accessors"][attributes["JOINTS_0"]]
    joints = np.frombuffer(contents[spec["bufferView"]], COMPONENTS[spec["componentType"]]).reshape(-1, 4)
    weights = contents[document["accessors"][attributes["WEIGHTS_0"]]["bufferView"]]
    quiet = np.where(np.frombuffer(weights, np.uint8).reshape(-1, 4) > 0, joints, 0)
    contents[spec["bufferView"]] = quiet.astype(joints.dtype).tobytes()


def weight_bytes(weights: Array) -> Array:
    """Return (N, 4) bytes that sum to exactly 255 in each row: the largest weight takes what rounding left."""
    shares = weights / weights.sum(axis=1, keepdims=True)
    rounded = np.rint(shares * 255).astype(int)
    largest = rounded.argmax(axis=1)
    rounded[np.arange(len(rounded)), largest] += 255 - rounded.sum(axis=1)
    return rounded.astype(np.uint8)


def colour_bytes(colours: Array) -> Array:
    """Return (N, 4) bytes of linear RGB or RGBA floats; without alpha it is opaque."""
    whole = np.full((len(colours), 4), 255, np.uint8)
    whole[:, : colours.shape[1]] = np.rint(np.clip(colours, 0, 1) * 255)
    return whole


def _content(binary: bytes, view: dict[str, Any]) -> bytes:
    """Return the bytes of a buffer view."""
    start = view.get("byteOffset", 0)
    return binary[start : start + view["byteLength"]]


def _laid(document: dict[str, Any], contents: list[bytes]) -> bytes:
    """Lay the views one after the other, each on four bytes, and note where they are."""
    laid = bytearray()
    for view, content in zip(document["bufferViews"], contents, strict=True):
        laid += b"\0" * (-len(laid) % 4)
        view["byteOffset"], view["byteLength"] = len(laid), len(content)
        laid += content
    laid += b"\0" * (-len(laid) % 4)
    document["buffers"] = [{"byteLength": len(laid)}]
    return bytes(laid)
