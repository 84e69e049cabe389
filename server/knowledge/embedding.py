"""The embedding model of this server process: loaded once, at its first use, and run off the event loop."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from shared.knowledge.embedder import Embedder, Vectors
from shared.knowledge.minilm import MiniLm

_THREADS = 2
"""One embeds documents, and leaves the other to visitors' questions."""


class Embedding:
    """Embeds from coroutines."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="embedding")
        self._loading: asyncio.Future[Embedder] | None = None

    async def model(self) -> Embedder:
        """The model, loaded or built when it is first asked for.

        Raises: Unavailable: it can be neither.
        """
        if self._loading is None or (self._loading.done() and self._loading.exception()):
            loop = asyncio.get_running_loop()
            self._loading = loop.run_in_executor(self._threads, MiniLm, self._folder)
        # Shielded: whoever asks first may go away, and others wait for the same model.
        return await asyncio.shield(self._loading)

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed `texts`. Returns: (N, 384) float32, rows of length 1."""
        model = await self.model()
        return await asyncio.get_running_loop().run_in_executor(self._threads, model.embed, list(texts))

    def close(self) -> None:
        """Lets the threads go; what they still do ends with its text."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def halfvec_text(vector: Vectors) -> str:
    """A vector as PostgreSQL reads it."""
    return "[" + ",".join(f"{value:.6g}" for value in vector.tolist()) + "]"
