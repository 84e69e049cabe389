"""A document's passages with their vectors, kept in `.troupe/index/` under the digest of what they were made from."""

import hashlib
import io
import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from shared.contract.chatbot import DocumentRef
from shared.knowledge.documents import parse_document
from shared.knowledge.embedder import Embedder, Vectors
from shared.knowledge.memory import ShelvedPassage, shelve
from studio.files.atomic import write_atomically
from studio.files.project import Project, read_blob
from studio.rehearsal.parts import Told, embed_in_parts, forget_parts

SHELF_VERSION = 1
"""Raise it when documents are read or split in another way: kept shelves are then made again."""

_PASSAGES = TypeAdapter(list[ShelvedPassage])


@dataclass(frozen=True)
class Shelf:
    """One document, split and embedded: passages, and vectors of shape (N, D) in the same order."""

    passages: list[ShelvedPassage]
    vectors: Vectors


def shelf_of(
    project: Project, document: DocumentRef, embedder: Embedder, told: Told = lambda _done, _all: None
) -> Shelf:
    """The shelf of a document: the kept one, or a new one, which is then kept. Blocking.

    Args:
        told: hears how far a new one is; the next call takes up what was made when it raises.
    Raises: BadDocument: it cannot be read. BadProject: its file is gone.
    """
    path = _path(project, document, embedder)
    kept = _kept(path, embedder.dimensions)
    if kept is not None:
        return kept
    content = read_blob(project.document_path(document.blob), document.blob)
    parsed = parse_document(document.blob.name, content, document.blob.media_type)
    passages = shelve(document.blob.name, parsed, document.title)
    parts = path.with_suffix(".parts")
    made = Shelf(passages, embed_in_parts(passages, embedder, parts, told))
    _keep(path, made)
    forget_parts(parts)
    return made


def _path(project: Project, document: DocumentRef, embedder: Embedder) -> Path:
    # The title stands in citations and the name says the kind, so both are part of what the shelf was made from.
    made_from = json.dumps([document.blob.sha256, document.blob.name, document.title, embedder.name, SHELF_VERSION])
    return project.cache / "index" / f"{hashlib.sha256(made_from.encode()).hexdigest()}.npz"


def _kept(path: Path, dimensions: int) -> Shelf | None:
    try:
        # Read whole first: numpy leaves a file open that turns out to be damaged.
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as arrays:
            passages = _PASSAGES.validate_json(arrays["passages"].tobytes())
            vectors = arrays["vectors"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError, ValidationError):
        return None
    fits = vectors.dtype == np.float32 and vectors.shape == (len(passages), dimensions)
    return Shelf(passages, vectors) if fits else None


def _keep(path: Path, shelf: Shelf) -> None:
    text = json.dumps([asdict(passage) for passage in shelf.passages]).encode()
    stream = io.BytesIO()
    np.savez(stream, passages=np.frombuffer(text, np.uint8), vectors=shelf.vectors)
    try:
        write_atomically(path, stream.getvalue())
    except OSError:
        # A full disk costs time at the next start, not the rehearsal.
        return
