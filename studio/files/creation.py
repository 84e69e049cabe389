"""Making a project from a GLB, and taking documents and avatars into one."""

import re
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from shared.acting.mapping import build_map, propose_roles
from shared.contract.avatar import AvatarFacts, RoleProposal
from shared.contract.chatbot import AvatarRef, ChatbotDraft, DocumentRef
from shared.errors import BadDocument, BadGlb, BadProject
from shared.glb import Glb, read_glb
from shared.glb.face import propose_face
from shared.glb.inspection import inspect
from shared.glb.limits import MAX_FILE_BYTES
from studio.files.blobs import blob_of, safe_name
from studio.files.project import Project, read_blob, save_draft, write_blob

MAXIMUM_DOCUMENT_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True)
class MeasuredAvatar:
    """An avatar's GLB with all that is read off it."""

    glb: Glb
    facts: AvatarFacts
    proposals: tuple[RoleProposal, ...]


def measure_avatar(content: bytes) -> MeasuredAvatar:
    """Read and inspect a GLB.

    Raises: BadGlb: it cannot be read.
    """
    glb = read_glb(content)
    facts = inspect(glb)
    return MeasuredAvatar(glb, facts, propose_roles(facts.clips))


def read_avatar_file(path: Path) -> bytes:
    """The bytes of a GLB that somebody chose.

    Raises: BadGlb: the file is not there or cannot be read.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise BadGlb(f"{path} is a folder. Choose the .glb file inside it.")
        # Pipes and devices never end, and a huge file would fill the memory before anybody looks at it.
        if not path.is_file():
            raise BadGlb(f"{path} is no ordinary file. Choose a .glb file.")
        if size > MAX_FILE_BYTES:
            raise BadGlb(f"{path.name} is larger than {MAX_FILE_BYTES >> 20} MB. Reduce the model, then export again.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadGlb(f"There is no file {path}. Check its name and place.") from error
    except OSError as error:
        raise BadGlb(f"Cannot read {path}: {(error.strerror or str(error)).lower()}.") from error


def new_project(folder: Path, glb: Path) -> tuple[Project, ChatbotDraft]:
    """Make a project in `folder` from an avatar's file: it is read, inspected, mapped, copied.

    Raises:
        BadGlb: the avatar cannot be read; nothing was written.
        BadProject: the folder holds a project already, or the disk refused; nothing stays of what was written.
    """
    project = Project(folder)
    if project.draft_path.exists():
        raise BadProject(f"{folder} is a project already. Open it, or choose an empty folder.")
    if folder.exists() and not folder.is_dir():
        raise BadProject(f"{folder} is a file. Choose a folder for the project.")
    content = read_avatar_file(glb)
    measured = measure_avatar(content)
    draft = with_avatar(ChatbotDraft(name=title_of(glb.stem)), glb.name, content, measured)
    with ExitStack() as undo:
        undo.callback(_take_back, _not_there_yet(project, draft))
        store_avatar(project, draft, content)
        save_draft(project, draft)
        undo.pop_all()
    return project, draft


def _not_there_yet(project: Project, draft: ChatbotDraft) -> tuple[Path, ...]:
    """What making the project will add, what lies inside a folder before the folder."""
    avatars = [project.avatar_path(draft.avatar.glb)] if draft.avatar else []
    cached = [project.cache / ".gitignore", project.cache]
    folder = project.folder.absolute()
    added = [*avatars, *(path.parent for path in avatars), *cached, project.draft_path, folder, *folder.parents]
    return tuple(path for path in added if not path.exists())


def _take_back(paths: Iterable[Path]) -> None:
    for path in paths:
        # A folder that somebody else put something into meanwhile stays.
        with suppress(OSError):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()


def with_avatar(draft: ChatbotDraft, name: str, content: bytes, measured: MeasuredAvatar) -> ChatbotDraft:
    """The draft with this avatar, its roles mapped as far as they are sure."""
    avatar = AvatarRef(glb=blob_of(safe_name(name), content), credit=measured.facts.copyright[:200])
    acting = build_map(measured.facts, propose_face(measured.glb))
    return draft.model_copy(update={"avatar": avatar, "acting": acting})


def store_avatar(project: Project, draft: ChatbotDraft, content: bytes) -> None:
    """Put the avatar's file of `draft` into the project.

    Raises: BadProject: the disk refused.
    """
    if draft.avatar is not None:
        write_blob(project.avatar_path(draft.avatar.glb), content)


def stored_avatar(project: Project, draft: ChatbotDraft) -> bytes | None:
    """The bytes of the project's avatar, None when it has none.

    Raises: BadProject: the file is gone.
    """
    if draft.avatar is None:
        return None
    return read_blob(project.avatar_path(draft.avatar.glb), draft.avatar.glb)


def take_document(project: Project, source: Path) -> DocumentRef:
    """Copy a document into the project.

    Raises:
        BadDocument: the file cannot be read, is empty, or is too large.
        BadProject: the disk refused.
    """
    content = document_bytes(source)
    blob = blob_of(safe_name(source.name), content)
    target = project.document_path(blob)
    if source.resolve() != target.resolve():
        write_blob(target, content)
    return DocumentRef(blob=blob, title=title_of(source.stem))


def document_bytes(source: Path) -> bytes:
    """The bytes of a document that somebody chose.

    Raises: BadDocument: it cannot be read, is empty, or is too large.
    """
    try:
        if source.is_dir():
            raise BadDocument(f"{source} is a folder. Choose the files inside it.")
        if source.exists() and not source.is_file():
            raise BadDocument(f"{source} is no ordinary file. Choose a document.")
        if source.stat().st_size > MAXIMUM_DOCUMENT_BYTES:
            raise BadDocument(f"{source.name} is larger than 100 MB. Split it into smaller documents.")
        content = source.read_bytes()
    except FileNotFoundError as error:
        raise BadDocument(f"There is no file {source}. Check its name and place.") from error
    except OSError as error:
        raise BadDocument(f"Cannot read {source}: {(error.strerror or str(error)).lower()}.") from error
    if not content.strip():
        raise BadDocument(f"{source.name} is empty. Add a document with text in it.")
    return content


def refreshed(project: Project, draft: ChatbotDraft) -> ChatbotDraft:
    """The draft with digests of the documents as they lie on disk now: they may be edited in place.

    Raises: BadProject: a document's file is gone.
    """
    documents = (_refreshed(project, document) for document in draft.knowledge)
    return draft.model_copy(update={"knowledge": tuple(documents)})


def _refreshed(project: Project, document: DocumentRef) -> DocumentRef:
    content = read_blob(project.document_path(document.blob), document.blob)
    blob = blob_of(document.blob.name, content)
    return document if blob == document.blob else document.model_copy(update={"blob": blob})


def title_of(stem: str) -> str:
    """A title from a file's name: "opening-hours_2026" is "Opening hours 2026"."""
    words = " ".join(part for part in re.split(r"[\s_\-]+", stem) if part)
    return (words[:1].upper() + words[1:])[:200] or "Untitled"


def supported_documents(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files among `paths`, and those directly inside folders among them, hidden ones left out.

    Raises: BadDocument: a folder cannot be read, or holds no file. A file that is not there is told by who reads it.
    """
    found: list[Path] = []
    for path in paths:
        found.extend(_inside(path) if path.is_dir() else [path])
    return tuple(found)


def _inside(folder: Path) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise BadDocument(f"Cannot read {folder}: {(error.strerror or str(error)).lower()}.") from error
    files = [entry for entry in entries if entry.is_file() and not entry.name.startswith(".")]
    if not files:
        raise BadDocument(f"{folder} holds no documents. Choose a folder with files in it, or the files themselves.")
    return files
