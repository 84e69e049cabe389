"""Documents that the studio writes itself: pasted text, fetched pages, replaced files; each version can come back.

The history undoes drafts, which only name a document's content by its digest. So what a file held before it was written
over is kept in the cache, and put back when undo names it again.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from shared.contract.chatbot import ChatbotDraft, DocumentRef
from shared.errors import BadDocument, BadProject
from shared.knowledge.documents import KINDS, parse_document
from studio.files.atomic import write_atomically
from studio.files.blobs import blob_of, safe_name
from studio.files.creation import document_bytes, title_of
from studio.files.project import Project, prepare_cache, read_blob, write_blob

MOST_KEPT = 60
"""Versions in the cache; the oldest go first."""
WRITTEN_ENDINGS = (".md", ".txt", ".markdown", ".text")
"""Documents of these can be edited in the studio."""
LONGEST_WRITTEN = 400_000
"""Characters that are edited in a field; more is a file's work."""


def is_written(document: DocumentRef) -> bool:
    """Whether its text can be edited here."""
    return Path(document.blob.name).suffix.lower() in WRITTEN_ENDINGS and document.blob.bytes <= 4 * LONGEST_WRITTEN


def store_document(project: Project, name: str, content: bytes, title: str = "", address: str = "") -> DocumentRef:
    """Put a document's content into the project, over one of the same name.

    Args:
        title: what it is called; else what it calls itself.
    Raises: BadDocument: it cannot be read; nothing was written. BadProject: the disk refused.
    """
    parsed = parse_document(name, content)
    blob = blob_of(safe_name(name), content)
    write_over(project, project.document_path(blob), content)
    called = " ".join((title or parsed.title).split())[:200] or title_of(Path(name).stem)
    return DocumentRef(blob=blob, title=called, address=address)


def write_over(project: Project, path: Path, content: bytes) -> None:
    """Put content in a file's place, and keep what the file held before for undo to bring back.

    Raises: BadProject: the disk refused.
    """
    _keep_version(project, path)
    write_blob(path, content)
    _keep(project, content)


def replace_document(project: Project, document: DocumentRef, source: Path) -> DocumentRef:
    """Give a document the content of another file: its title stays, its name too where the kind is the same.

    Raises: BadDocument: the file cannot be read. BadProject: the disk refused.
    """
    content = document_bytes(source)
    same_kind = source.suffix.lower() == Path(document.blob.name).suffix.lower()
    return store_document(project, document.blob.name if same_kind else source.name, content, document.title)


def free_name(draft: ChatbotDraft, title: str, ending: str) -> str:
    """A file name for a new document that no other one has, whatever the case of its letters."""
    taken = {one.blob.name.casefold() for one in draft.knowledge}
    stem = safe_name(title)[:80].rstrip(" .-") or "text"
    names = (f"{stem}{'' if number == 1 else f'-{number}'}.{ending}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name.casefold() not in taken)


def written_text(project: Project, document: DocumentRef) -> str:
    """The text of a document that is edited here.

    Raises: BadProject: its file is gone. BadDocument: it is no UTF-8 text, so that saving it would damage it.
    """
    try:
        return read_blob(project.document_path(document.blob), document.blob).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDocument(
            f"{document.blob.name} is not UTF-8 text. Edit it in its own program, then replace it here."
        ) from error


def bring_back(project: Project, before: ChatbotDraft, after: ChatbotDraft) -> None:
    """After an undo or a redo, put back the versions of files that the draft names now.

    Only a file that still holds what the draft before named is written over: whoever edited it meanwhile, by another
    program, keeps what they wrote. A version that is no longer kept stays missing.
    """
    named = {one.blob.name: one.blob for one in before.knowledge}
    for document in after.knowledge:
        blob, earlier = document.blob, named.get(document.blob.name)
        if earlier is None or earlier.sha256 == blob.sha256:
            continue
        path, kept = project.document_path(blob), _version_path(project, blob.sha256)
        if _digest(path) == earlier.sha256 and kept.exists():
            _keep_version(project, path)
            write_blob(path, kept.read_bytes())


def _keep_version(project: Project, path: Path) -> None:
    """Keep what a file holds before it is written over."""
    try:
        _keep(project, path.read_bytes())
    except FileNotFoundError:
        return
    except OSError as error:
        raise BadProject(f"Cannot read {path}: {(error.strerror or str(error)).lower()}.") from error


def _keep(project: Project, content: bytes) -> None:
    try:
        prepare_cache(project)
        write_atomically(_version_path(project, hashlib.sha256(content).hexdigest()), content)
        kept = sorted(_versions(project).iterdir(), key=lambda path: path.stat().st_mtime)
        for path in kept[:-MOST_KEPT]:
            path.unlink()
    except OSError:
        # A full disk costs the way back, not the document.
        return


def _versions(project: Project) -> Path:
    return project.cache / "versions"


def _version_path(project: Project, sha256: str) -> Path:
    return _versions(project) / sha256


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@dataclass(frozen=True)
class Chosen:
    """Files that were chosen, each with the name it gets in the project; and how many inside folders are not read."""

    files: tuple[tuple[Path, str], ...]
    skipped: int = 0


def chosen_documents(paths: Iterable[Path]) -> Chosen:
    """The files among `paths`, and those of kinds that are read inside folders among them, however deep.

    A file that was chosen by itself is taken whatever its kind: its line then says why it cannot be read. Of two files
    of one name, the second is named after its folder too.
    Raises: BadDocument: a folder cannot be read, or holds nothing that is read.
    """
    files: dict[str, Path] = {}
    skipped = 0
    for path in paths:
        if path.is_dir():
            inside, others = _inside(path)
            skipped += others
        else:
            inside = [path]
        for file in inside:
            name = safe_name(file.name)
            files[safe_name(f"{file.parent.name}-{file.name}") if name in files else name] = file
    return Chosen(tuple((file, name) for name, file in files.items()), skipped)


def _inside(folder: Path) -> tuple[list[Path], int]:
    try:
        found = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _hidden(path, folder)]
    except OSError as error:
        raise BadDocument(f"Cannot read {folder}: {(error.strerror or str(error)).lower()}.") from error
    read = [path for path in found if path.suffix.lower().removeprefix(".") in KINDS]
    if not read:
        raise BadDocument(f"{folder.name} holds no document that is read: {', '.join(KINDS)}.")
    return read, len(found) - len(read)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)


def take_file(project: Project, source: Path, name: str) -> DocumentRef:
    """Copy a file into the project, whether or not it can be read.

    Raises: BadDocument: it is gone, empty or too large. BadProject: the disk refused.
    """
    content = document_bytes(source)
    blob = blob_of(name, content)
    path = project.document_path(blob)
    if source.resolve() != path.resolve():
        _keep_version(project, path)
        write_blob(path, content)
    _keep(project, content)
    return DocumentRef(blob=blob, title=title_of(Path(name).stem))
