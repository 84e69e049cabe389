"""Packs arrays with meshopt, and puts meshes into the order in which they pack best."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.glb.meshopt.kinds import Mode
from shared.glb.meshopt.sandbox import Sandbox

Uints = NDArray[np.uint32]

_LEVEL = 3
"""The encoder's effort, of 0 to 3."""


class Packer:
    """Packs the arrays of one file.

    Args:
        version: of the vertex stream: 0 is what EXT_meshopt_compression allows, 1 what KHR_meshopt_compression does.
    """

    def __init__(self, version: int) -> None:
        self._sandbox, self._version = Sandbox("encoder"), version
        self._sandbox.call("meshopt_encodeIndexVersion", 1)

    def pack(self, rows: NDArray[Any], mode: Mode) -> bytes:
        """Pack an array: (N, stride) bytes for ATTRIBUTES, else (N,) corners or indices."""
        return self._vertices(rows) if mode == "ATTRIBUTES" else self._indices(rows, mode)

    def octahedral(self, vectors: NDArray[np.float32], bits: int) -> NDArray[np.int8]:
        """Unit vectors with a fourth number, (N, 4), as the OCTAHEDRAL filter wants them: (N, 4)."""
        sandbox = self._sandbox
        with sandbox.scratch():
            target = sandbox.room(len(vectors) * 4)
            source = sandbox.put(vectors.astype("<f4"))
            sandbox.call("meshopt_encodeFilterOct", target, len(vectors), 4, bits, source)
            return np.frombuffer(sandbox.take(target, len(vectors) * 4), np.int8).reshape(-1, 4)

    def reordered(self, corners: Uints, vertices: int) -> tuple[Uints, Uints]:
        """Corners in an order that packs well, and for each vertex its new place (0xFFFFFFFF: not used)."""
        sandbox = self._sandbox
        with sandbox.scratch():
            indices, places = sandbox.put(corners.astype("<u4")), sandbox.room(vertices * 4)
            sandbox.call("meshopt_optimizeVertexCacheStrip", indices, indices, len(corners), vertices)
            sandbox.call("meshopt_optimizeVertexFetchRemap", places, indices, len(corners), vertices)
            ordered = np.frombuffer(sandbox.take(indices, len(corners) * 4), "<u4")
            remap = np.frombuffer(sandbox.take(places, vertices * 4), "<u4")
        return remap[ordered], remap

    def _vertices(self, rows: NDArray[Any]) -> bytes:
        sandbox, (count, stride) = self._sandbox, rows.shape
        with sandbox.scratch():
            room = int(sandbox.call("meshopt_encodeVertexBufferBound", count, stride))
            target, source = sandbox.room(room), sandbox.put(rows)
            call = "meshopt_encodeVertexBufferLevel"
            size = int(sandbox.call(call, target, room, source, count, stride, _LEVEL, self._version))
            return sandbox.take(target, size)

    def _indices(self, indices: NDArray[Any], mode: Mode) -> bytes:
        sandbox, kind = self._sandbox, "Buffer" if mode == "TRIANGLES" else "Sequence"
        with sandbox.scratch():
            most = int(indices.max(initial=0)) + 1
            room = int(sandbox.call(f"meshopt_encodeIndex{kind}Bound", len(indices), most))
            target, source = sandbox.room(room), sandbox.put(indices.astype("<u4"))
            size = int(sandbox.call(f"meshopt_encodeIndex{kind}", target, room, source, len(indices)))
            return sandbox.take(target, size)
