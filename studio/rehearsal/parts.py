"""Embedding a document in parts that are kept one by one: a reading that is broken off goes on where it stopped."""

import io
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from shared.knowledge.embedder import Embedder, Vectors
from shared.knowledge.memory import ShelvedPassage, embed_passages
from studio.files.atomic import write_atomically

PART = 256
"""Passages of a part: a few seconds of work, which is what a broken-off reading loses at most."""
_STEP = 16
"""Passages between two tellings: a third of a second, so that the reading stops soon when it is told to."""

Told = Callable[[int, int], object]
"""Hears how many passages of how many are done. What it raises ends the reading; the parts made so far are kept."""


def embed_in_parts(passages: Sequence[ShelvedPassage], embedder: Embedder, folder: Path, told: Told) -> Vectors:
    """Embed passages, taking up the parts that lie in `folder` and keeping new ones there. Blocking.

    Args:
        folder: for these passages and this embedder alone; made when there is a part to keep.
    Returns: (N, D) float32, in the order given.
    """
    vectors = np.zeros((len(passages), embedder.dimensions), np.float32)
    for start in range(0, len(passages), PART):
        rows = vectors[start : start + PART]
        path = folder / f"{start:08}.npy"
        if not _take_up(path, rows):
            _embed(passages, start, rows, embedder, told)
            # A document of one part is kept as a whole at once.
            if len(passages) > PART:
                _keep(path, rows)
        told(start + len(rows), len(passages))
    return vectors


def forget_parts(folder: Path) -> None:
    """Take away the parts of a document that is now kept as a whole."""
    shutil.rmtree(folder, ignore_errors=True)


def _embed(passages: Sequence[ShelvedPassage], start: int, rows: Vectors, embedder: Embedder, told: Told) -> None:
    for step in range(0, len(rows), _STEP):
        told(start + step, len(passages))
        end = min(step + _STEP, len(rows))
        rows[step:end] = embed_passages(passages[start + step : start + end], embedder)


def _take_up(path: Path, rows: Vectors) -> bool:
    try:
        kept = np.load(io.BytesIO(path.read_bytes()), allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return False
    if not isinstance(kept, np.ndarray) or kept.dtype != np.float32 or kept.shape != rows.shape:
        return False
    rows[:] = kept
    return True


def _keep(path: Path, rows: Vectors) -> None:
    stream = io.BytesIO()
    np.save(stream, rows)
    try:
        write_atomically(path, stream.getvalue())
    except OSError:
        # A full disk costs time after an interruption, not the reading.
        return
