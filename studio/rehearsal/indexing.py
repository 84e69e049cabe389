"""The project's knowledge on this desk: every document on its way into a library that can be searched."""

import asyncio
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from shared.contract.chatbot import ChatbotDraft, DocumentRef
from shared.errors import BadDocument, BadProject
from shared.knowledge.embedder import Embedder
from shared.knowledge.memory import MemoryLibrary, ShelvedPassage
from shared.knowledge.minilm import MiniLm
from studio.files.project import Project
from studio.model.signals import Signal
from studio.rehearsal.parts import Told
from studio.rehearsal.shelves import Shelf, shelf_of

Standing = Literal["waiting", "reading", "ready", "failed"]


@dataclass(frozen=True)
class DocumentStanding:
    """How far a document is: how many of its passages are indexed, or why it gave none."""

    state: Standing
    passages: int = 0
    problem: str = ""
    indexed: int = 0

    @property
    def fraction(self) -> float:
        """The share that is indexed, in [0, 1]."""
        return self.indexed / self.passages if self.passages else 0.0


class _ReadingStopped(Exception):
    """Nobody waits for this reading any more; it ends its thread."""


class SharedEmbedder:
    """The embedding model, loaded when it is first needed, once for all projects of this desk: it is large.

    Args:
        models_folder: where the model's graph is kept, and built the first time.
    """

    def __init__(self, models_folder: Path) -> None:
        self._models_folder = models_folder
        self._loading = asyncio.Lock()
        self._loaded: Embedder | None = None

    async def loaded(self) -> Embedder:
        """The model. Raises: Unavailable: it cannot be loaded."""
        async with self._loading:
            if self._loaded is None:
                self._loaded = await asyncio.to_thread(MiniLm, self._models_folder)
            return self._loaded


class KnowledgeIndex:
    """Keeps a library that agrees with the draft. Reading and embedding run in threads, one document at a time."""

    def __init__(self, project: Project, embedder: SharedEmbedder) -> None:
        self.changed = Signal[[]]()
        self._project = project
        self._embedder = embedder
        self._standings: dict[DocumentRef, DocumentStanding] = {}
        self._shelves: dict[DocumentRef, Shelf] = {}
        self._library: tuple[tuple[DocumentRef, ...], MemoryLibrary] | None = None
        self._building = asyncio.Lock()

    def standing_of(self, document: DocumentRef) -> DocumentStanding:
        """How far a document is."""
        return self._standings.get(document, DocumentStanding("waiting"))

    def passages_of(self, document: DocumentRef) -> Sequence[ShelvedPassage]:
        """The passages of a document that is ready; none before."""
        shelf = self._shelves.get(document)
        return shelf.passages if shelf else ()

    async def library_for(self, draft: ChatbotDraft) -> MemoryLibrary:
        """A library of the draft's documents; one that cannot be read is left out, and its standing says why.

        Raises: Unavailable: the embedding model cannot be loaded.
        """
        async with self._building:
            if self._library is not None and self._library[0] == draft.knowledge:
                return self._library[1]
            embedder = await self._embedder.loaded()
            for document in draft.knowledge:
                await self._shelve(document, embedder)
            shelves = [self._shelves[document] for document in draft.knowledge if document in self._shelves]
            addresses = {document.blob.name: document.address for document in draft.knowledge if document.address}
            library = await asyncio.to_thread(_library, shelves, embedder, addresses)
            if all(self.standing_of(document).state != "failed" for document in draft.knowledge):
                self._library = (draft.knowledge, library)
            return library

    async def _shelve(self, document: DocumentRef, embedder: Embedder) -> None:
        if document in self._shelves:
            return
        self._tell(document, DocumentStanding("reading"))
        stopping = threading.Event()
        told = self._teller(document, stopping)
        try:
            shelf = await asyncio.to_thread(shelf_of, self._project, document, embedder, told)
        except (BadDocument, BadProject) as error:
            self._tell(document, DocumentStanding("failed", problem=error.sentence))
        except asyncio.CancelledError:
            stopping.set()
            self._tell(document, DocumentStanding("waiting"))
            raise
        else:
            self._shelves[document] = shelf
            self._tell(document, DocumentStanding("ready", len(shelf.passages), indexed=len(shelf.passages)))

    def _teller(self, document: DocumentRef, stopping: threading.Event) -> Told:
        """For the thread that reads: passes its share on to the loop, and ends it when nobody waits."""
        loop = asyncio.get_running_loop()

        def show(done: int, passages: int) -> None:
            if not stopping.is_set():
                self._tell(document, DocumentStanding("reading", passages, indexed=done))

        def told(done: int, passages: int) -> None:
            if stopping.is_set():
                raise _ReadingStopped
            loop.call_soon_threadsafe(show, done, passages)

        return told

    def _tell(self, document: DocumentRef, standing: DocumentStanding) -> None:
        self._standings[document] = standing
        self.changed.emit()


def _library(shelves: Sequence[Shelf], embedder: Embedder, addresses: Mapping[str, str]) -> MemoryLibrary:
    passages = [passage for shelf in shelves for passage in shelf.passages]
    vectors = [shelf.vectors for shelf in shelves if len(shelf.passages)]
    joined = np.concatenate(vectors) if vectors else np.zeros((0, embedder.dimensions), np.float32)
    return MemoryLibrary(passages, embedder, joined, addresses)
