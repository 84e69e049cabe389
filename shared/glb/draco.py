"""Unpacks meshes that Draco packed. The only place that knows DracoPy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.glb.limits import MAX_UNPACKED_BYTES, broken

_READABLE = frozenset({"|i1", "|u1", "<i2", "<u2", "<u4", "<f4"})
_DENSEST = 4096
"""Vertices and corners for each packed byte; a connected mesh takes more than a bit for each."""


@dataclass(frozen=True, eq=False)
class UnpackedMesh:
    """One primitive."""

    corners: NDArray[np.uint32]
    attributes: Mapping[str, NDArray[Any]]
    """(V, width) by glTF's names."""

    @property
    def bytes(self) -> int:
        """What it weighs."""
        return self.corners.nbytes + sum(rows.nbytes for rows in self.attributes.values())


def undraco(packed: bytes, wanted: Mapping[str, int], where: str) -> UnpackedMesh:
    """Unpack one mesh.

    Args:
        wanted: glTF's attribute names, with Draco's unique ids.
        where: names the mesh in an error.
    Raises: BadGlb: the bytes are no Draco mesh, or lack an attribute.
    """
    # Imported here: a tenth of a second that only packed files should pay.
    import DracoPy

    if len(packed) > MAX_UNPACKED_BYTES:
        raise broken(f"{where} is larger than any mesh")
    try:
        mesh = DracoPy.decode(packed)
        corners = np.ascontiguousarray(mesh.faces, np.uint32).ravel()
        attributes = {name: _rows(mesh.get_attribute_by_unique_id(number)) for name, number in wanted.items()}
    except Exception as error:
        # DracoPy raises bare and undocumented classes for damaged bytes.
        raise broken(f"{where} cannot be unpacked") from error
    if len(corners) + len(next(iter(attributes.values()), ())) > len(packed) * _DENSEST:
        raise broken(f"{where} unfolds to more than it can hold")
    return UnpackedMesh(corners, attributes)


def _rows(attribute: Any) -> NDArray[Any]:
    rows = np.ascontiguousarray(attribute["data"])
    if rows.dtype.str not in _READABLE:
        raise TypeError(rows.dtype.str)
    return rows
