"""What turns text into vectors, and how well it serves a language."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product says how near their meanings are."""

    @property
    def name(self) -> str:
        """Stable name, kept beside stored vectors: vectors of two names are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def trust(self, language: str) -> float:
        """Say how far to trust the vectors against the words, for a language such as `en`: 0 never, 1 as much."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`; blocking, so call it in a thread.

        Returns: (N, D) float32, each row of length 1, in the order given.
        """
        ...
