"""A project: a plain folder with `chatbot.json`, `avatar/`, `knowledge/` and a cache of ours in `.troupe/`."""

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from shared.contract.chatbot import BlobRef, ChatbotDraft
from shared.errors import BadProject
from studio.files.atomic import write_atomically

DRAFT_FILE = "chatbot.json"
MAXIMUM_DRAFT_BYTES = 16 * 1024 * 1024
"""A draft is text; anything larger is another file under this name."""


@dataclass(frozen=True)
class Project:
    """The folder of a project, and where its parts lie."""

    folder: Path

    @property
    def draft_path(self) -> Path:
        """Where the draft lies."""
        return self.folder / DRAFT_FILE

    @property
    def cache(self) -> Path:
        """What can be lost without losing work: index, autosave, which server knows this project."""
        return self.folder / ".troupe"

    def avatar_path(self, blob: BlobRef) -> Path:
        """Where the avatar's GLB lies."""
        return self.folder / "avatar" / blob.name

    def document_path(self, blob: BlobRef) -> Path:
        """Where a document of the knowledge lies."""
        return self.folder / "knowledge" / blob.name


def draft_json(draft: ChatbotDraft) -> bytes:
    """A draft as it lies on disk: pretty, in the contract's order, so that git shows what changed."""
    return (json.dumps(draft.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n").encode()


def save_draft(project: Project, draft: ChatbotDraft) -> None:
    """Write the draft, whole or not at all.

    Raises: BadProject: the disk refused, with what it said.
    """
    try:
        prepare_cache(project)
        write_atomically(project.draft_path, draft_json(draft))
    except OSError as error:
        raise BadProject(_cannot("save to", project.folder, error)) from error


def load_draft(project: Project) -> ChatbotDraft:
    """Read the draft.

    Raises: BadProject: no project, or damaged; the sentence says what to do.
    """
    text = _read_draft_bytes(project)
    try:
        return ChatbotDraft.model_validate_json(text)
    except ValidationError as error:
        raise BadProject(_damaged(project, error)) from error


def _read_draft_bytes(project: Project) -> bytes:
    path = project.draft_path
    if not project.folder.is_dir():
        raise BadProject(f"There is no folder {project.folder}. Choose a project's folder, or make a new project.")
    if not path.is_file():
        raise BadProject(
            f"{project.folder} is not a project: it has no {DRAFT_FILE}. "
            "Choose the folder that holds one, or make a new project from a GLB."
        )
    try:
        if path.stat().st_size > MAXIMUM_DRAFT_BYTES:
            raise BadProject(f"{path} is too large to be a chatbot. Put the right {DRAFT_FILE} back from a backup.")
        return path.read_bytes()
    except OSError as error:
        raise BadProject(_cannot("read", path, error)) from error


def _damaged(project: Project, error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "the file as a whole"
    return (
        f"{project.draft_path} is damaged at {place}: {first['msg'].rstrip('.')}. "
        "Put it back from git or a backup; the avatar and the documents are untouched."
    )


def _cannot(verb: str, path: Path, error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"Cannot {verb} {path}: {reason}. Free some space or check the folder's permissions, then try again."


def prepare_cache(project: Project) -> None:
    """Make `.troupe/` with a .gitignore inside, so that git never keeps it.

    Raises: OSError: the disk refused.
    """
    ignore = project.cache / ".gitignore"
    if not ignore.exists():
        write_atomically(ignore, b"*\n")


def read_blob(path: Path, blob: BlobRef) -> bytes:
    """The bytes of a project's file.

    Raises: BadProject: the file is gone or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadProject(f"{blob.name} is missing from {path.parent}. Put the file back, or replace it.") from error
    except OSError as error:
        raise BadProject(_cannot("read", path, error)) from error


def write_blob(path: Path, content: bytes) -> None:
    """Put a file into the project, whole or not at all.

    Raises: BadProject: the disk refused.
    """
    try:
        write_atomically(path, content)
    except OSError as error:
        raise BadProject(_cannot("write", path, error)) from error
