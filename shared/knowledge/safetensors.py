"""Reads a safetensors file: eight bytes of length, a JSON header, then the numbers."""

import json
import struct
from pathlib import Path
from typing import Any, TypedDict

import numpy as np
import numpy.typing as npt

from shared.errors import Unavailable

_NUMBER_TYPES: dict[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "I64": np.dtype("<i8")}

Tensors = dict[str, npt.NDArray[np.float32]]


class _Entry(TypedDict):
    dtype: str
    shape: list[int]
    data_offsets: tuple[int, int]


def read_safetensors(path: Path) -> Tensors:
    """Return every float32 tensor of the file by name.

    Raises: Unavailable: the file is missing or damaged.
    Source: safetensors, Format.
    """
    try:
        content = path.read_bytes()
        (header_bytes,) = struct.unpack_from("<Q", content)
        header = json.loads(content[8 : 8 + header_bytes])
        header.pop("__metadata__", None)
        tensors = {name: _tensor(entry, content, 8 + header_bytes) for name, entry in header.items()}
    except (OSError, struct.error, ValueError, KeyError, TypeError) as error:
        raise Unavailable(
            f"The model weights at {path} cannot be read ({error}): install the dependencies again."
        ) from error
    return {name: tensor for name, tensor in tensors.items() if tensor.dtype == np.float32}


def _tensor(entry: _Entry, content: bytes, base: int) -> npt.NDArray[Any]:
    start, end = entry["data_offsets"]
    flat = np.frombuffer(content[base + start : base + end], dtype=_NUMBER_TYPES[entry["dtype"]])
    shaped: npt.NDArray[Any] = flat.reshape(entry["shape"])
    return shaped
