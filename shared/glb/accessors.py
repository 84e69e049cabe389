"""Accessors: typed arrays out of the buffers. Every size is checked before an array is made."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.glb.container import Json
from shared.glb.limits import MAX_DECODED_BYTES, MAX_ZERO_NUMBERS, broken, too_large

AnyArray = NDArray[Any]

_COMPONENTS: dict[int, np.dtype[Any]] = {
    5120: np.dtype("i1"), 5121: np.dtype("u1"), 5122: np.dtype("<i2"), 5123: np.dtype("<u2"), 5125: np.dtype("<u4"),
    5126: np.dtype("<f4"),
}  # fmt: skip
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}
_LARGEST_STRIDE = 252


@dataclass(frozen=True, slots=True)
class Layout:
    """Where `count` elements of `width` numbers lie in a buffer; `buffer` is None for zeros without bytes."""

    count: int
    width: int
    component: np.dtype[Any]
    buffer: int | None
    offset: int
    stride: int


def check_accessors(document: Json) -> None:
    """See that every view lies in its buffer and every accessor in its view, and what they unfold to.

    Raises: BadGlb: out of range, or asking for more memory than any avatar needs.
    """
    for number, view in enumerate(document.get("bufferViews") or []):
        end = (view.get("byteOffset") or 0) + view["byteLength"]
        if end > document["buffers"][view["buffer"]]["byteLength"]:
            raise broken(f"buffer view {number} reaches beyond its buffer")
    unfolded = zeros = 0
    for number, accessor in enumerate(document.get("accessors") or []):
        layout = layout_of(document, number)
        numbers = layout.count * layout.width
        unfolded += numbers * 4
        zeros += numbers if layout.buffer is None or accessor.get("sparse") else 0
        if zeros > MAX_ZERO_NUMBERS or unfolded > MAX_DECODED_BYTES:
            raise too_large(f"accessor {number} and those before it unfold to {max(unfolded, zeros * 4) >> 20} MiB")


def layout_of(document: Json, number: int) -> Layout:
    """The checked layout of one accessor."""
    accessor = document["accessors"][number]
    component = _COMPONENTS[accessor["componentType"]]
    width = WIDTHS[accessor["type"]]
    count = accessor["count"]
    if accessor.get("bufferView") is None:
        return Layout(count, width, component, None, 0, 0)
    where = f"accessor {number}"
    return _in_view(document, accessor["bufferView"], accessor.get("byteOffset") or 0, count, width, component, where)


def read_accessor(document: Json, buffers: tuple[memoryview, ...], number: int) -> AnyArray:
    """The numbers of an accessor: (count,) for scalars, (count, width) else; matrices column by column.

    Normalised integers come as float32; a signed minimum comes a little below -1, as three.js reads it.

    Raises: BadGlb: a sparse index out of range.
    """
    accessor = document["accessors"][number]
    array = _view(buffers, layout_of(document, number))
    if accessor.get("sparse"):
        array = _with_sparse(document, buffers, number, array)
    if accessor.get("normalized") and array.dtype.kind in "iu":
        array = (array * (1.0 / np.iinfo(array.dtype).max)).astype(np.float32)
    return array[:, 0] if accessor["type"] == "SCALAR" else array


def _in_view(
    document: Json, view_number: int, offset: int, count: int, width: int, component: np.dtype[Any], where: str
) -> Layout:
    view = document["bufferViews"][view_number]
    size = component.itemsize * width
    stride = view.get("byteStride") or size
    if not size <= stride <= max(size, _LARGEST_STRIDE):
        raise broken(f"{where} has elements {stride} bytes apart that are {size} bytes large")
    if count and offset + stride * (count - 1) + size > view["byteLength"]:
        raise broken(f"{where} wants {count} elements and its buffer view has no room for them")
    return Layout(count, width, component, view["buffer"], (view.get("byteOffset") or 0) + offset, stride)


def _view(buffers: tuple[memoryview, ...], layout: Layout) -> AnyArray:
    shape = (layout.count, layout.width)
    if layout.buffer is None or layout.count == 0:
        return np.zeros(shape, layout.component)
    strides = (layout.stride, layout.component.itemsize)
    return np.ndarray(shape, layout.component, buffers[layout.buffer], layout.offset, strides)


def _with_sparse(document: Json, buffers: tuple[memoryview, ...], number: int, array: AnyArray) -> AnyArray:
    sparse = document["accessors"][number]["sparse"]
    where, count = f"the sparse part of accessor {number}", sparse["count"]
    places, values = sparse["indices"], sparse["values"]
    place_type = _COMPONENTS[places["componentType"]]
    place_layout = _in_view(document, places["bufferView"], places.get("byteOffset") or 0, count, 1, place_type, where)
    value_layout = _in_view(
        document, values["bufferView"], values.get("byteOffset") or 0, count, array.shape[1], array.dtype, where
    )
    rows = _view(buffers, place_layout)[:, 0]
    if count and int(rows.max()) >= len(array):
        raise broken(f"{where} replaces element {int(rows.max())} of {len(array)}")
    filled = array.copy()
    filled[rows] = _view(buffers, value_layout)
    return filled
