"""Unpacks what meshopt packed: one stream of vertices, triangles or indices.

Source: glTF extensions EXT_meshopt_compression and KHR_meshopt_compression.
"""

from collections.abc import Mapping

import numpy as np

from shared.glb.meshopt.kinds import Filter, Mode
from shared.glb.meshopt.sandbox import Sandbox, Stumbled

_DECODERS: Mapping[Mode, str] = {
    "ATTRIBUTES": "meshopt_decodeVertexBuffer",
    "TRIANGLES": "meshopt_decodeIndexBuffer",
    "INDICES": "meshopt_decodeIndexSequence",
}
_FILTERS: Mapping[Filter, str] = {
    "OCTAHEDRAL": "meshopt_decodeFilterOct",
    "QUATERNION": "meshopt_decodeFilterQuat",
    "EXPONENTIAL": "meshopt_decodeFilterExp",
    "COLOR": "meshopt_decodeFilterColor",
}
_STRIDES: Mapping[Filter, tuple[int, ...]] = {"OCTAHEDRAL": (4, 8), "QUATERNION": (8,), "COLOR": (4, 8)}
_LARGEST_STRIDE = 256


class Unpackable(Exception):
    """The packed bytes are damaged, or are described wrongly."""


class Unpacker:
    """Unpacks the streams of one file."""

    def __init__(self) -> None:
        self._sandbox = Sandbox("decoder")

    def unpack(self, packed: bytes | memoryview, count: int, stride: int, mode: Mode, filter_: Filter) -> bytes:
        """Unpack `count` elements of `stride` bytes.

        Raises: Unpackable: the bytes do not hold that.
        """
        if not _fits(count, stride, mode, filter_):
            raise Unpackable
        sandbox = self._sandbox
        try:
            with sandbox.scratch():
                # Filters work on four elements at a time.
                target = sandbox.room(((count + 3) & ~3) * stride)
                source = sandbox.put(np.frombuffer(packed, np.uint8))
                if sandbox.call(_DECODERS[mode], target, count, stride, source, len(packed)) != 0:
                    raise Unpackable
                if filter_ != "NONE":
                    sandbox.call(_FILTERS[filter_], target, (count + 3) & ~3, stride)
                return sandbox.take(target, count * stride)
        except Stumbled as error:
            raise Unpackable from error


def _fits(count: int, stride: int, mode: Mode, filter_: Filter) -> bool:
    if mode != "ATTRIBUTES":
        return filter_ == "NONE" and stride in (2, 4) and (mode == "INDICES" or count % 3 == 0)
    return 0 < stride <= _LARGEST_STRIDE and stride % 4 == 0 and stride in _STRIDES.get(filter_, (stride,))
