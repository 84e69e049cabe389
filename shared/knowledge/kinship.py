"""Words that mean nearly the same, by the word table of the embedding model: a visitor says pictures, the page photos.

The table knows English only, and only common words that it holds whole; all others have no kin.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from shared.errors import Unavailable
from shared.knowledge.embedder import Vectors
from shared.knowledge.weights import load_tokenizer, packaged

_TABLE = "embeddings.word_embeddings.weight"
_FARTHEST_COSINE = 0.45
"""Below it, words share a subject rather than a meaning (bus and tram, night and hours)."""
_NEAREST_COSINE = 0.8
"""From here on, two words are as good as one (member and members, kids and children)."""
_LEAST_LETTERS = 3
_COMMONEST_ROWS = 18_000
"""The table goes from the commonest to the rarest: what comes after is names for the most part."""
_REMEMBERED_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class _WordTable:
    places: Mapping[str, int]
    words: tuple[str, ...]
    vectors: Vectors
    """(words, 384) float32, around their mean, rows of length 1."""


@lru_cache(maxsize=_REMEMBERED_WORDS)
def kin_of(word: str) -> Mapping[str, float]:
    """Return the words that mean nearly the same as `word` (lower case), each with how nearly: above 0, up to 1.

    The word itself is not among them.
    Raises: Unavailable: the packaged weights are missing or not the ones we know.
    """
    table = _word_table()
    place = table.places.get(word)
    if place is None:
        return MappingProxyType({})
    cosines = table.vectors @ table.vectors[place]
    near = np.flatnonzero(cosines > _FARTHEST_COSINE)
    worth = np.minimum(1.0, (cosines[near] - _FARTHEST_COSINE) / (_NEAREST_COSINE - _FARTHEST_COSINE))
    kin = {table.words[at]: float(how) for at, how in zip(near, worth, strict=True) if at != place}
    return MappingProxyType(kin)


def load_words() -> None:
    """Read the table ahead of the first question; blocking.

    Raises: Unavailable: the packaged weights are missing or not the ones we know.
    """
    _word_table()


@lru_cache(maxsize=1)
def _word_table() -> _WordTable:
    """Read the table's whole common words: 20 MB."""
    every = load_tokenizer().get_vocab()
    whole = {word: row for word, row in every.items() if word.isalpha() and len(word) >= _LEAST_LETTERS}
    common = {word: row for word, row in whole.items() if row < _COMMONEST_ROWS}
    rows = _rows()
    centred = rows[list(common.values())] - rows[list(whole.values())].mean(axis=0)
    vectors = (centred / np.linalg.norm(centred, axis=1, keepdims=True)).astype(np.float32)
    return _WordTable({word: place for place, word in enumerate(common)}, tuple(common), vectors)


def _rows() -> Vectors:
    """Map the table from the file without reading the other weights.

    Source: safetensors, Format.
    """
    path = packaged("model.safetensors")
    try:
        with path.open("rb") as file:
            (header_bytes,) = struct.unpack("<Q", file.read(8))
            entry = json.loads(file.read(header_bytes))[_TABLE]
        offset = 8 + header_bytes + entry["data_offsets"][0]
        rows: Vectors = np.memmap(path, np.dtype("<f4"), "r", offset, tuple(entry["shape"]))
    except (OSError, struct.error, ValueError, KeyError, TypeError) as error:
        raise Unavailable(
            f"The model weights at {path} cannot be read ({error}): install the dependencies again."
        ) from error
    return rows
