"""The autosave journal: the draft as it stands, beside the saved one, so that a crash loses a second at most."""

import hashlib

from pydantic import Field, ValidationError

from shared.contract.base import Frozen
from shared.contract.chatbot import ChatbotDraft
from studio.files.atomic import write_atomically
from studio.files.project import Project, prepare_cache


class JournalEntry(Frozen):
    """An unsaved draft, and the digest of the `chatbot.json` that it was made from."""

    base_sha256: str = ""
    draft: ChatbotDraft = Field(default_factory=ChatbotDraft)


def write_journal(project: Project, draft: ChatbotDraft) -> None:
    """Keep an unsaved draft.

    Raises: OSError: the disk refused; the earlier entry is untouched.
    """
    prepare_cache(project)
    entry = JournalEntry(base_sha256=_saved_digest(project), draft=draft)
    write_atomically(project.cache / "autosave.json", entry.model_dump_json().encode())


def clear_journal(project: Project) -> None:
    """Forget the unsaved draft: it was saved, or given up."""
    (project.cache / "autosave.json").unlink(missing_ok=True)


def recovered_draft(project: Project, saved: ChatbotDraft) -> ChatbotDraft | None:
    """The draft that a crash left behind; None when there is none, or when it says what is saved.

    A journal made from another `chatbot.json` than the one on disk (git moved it on) is not offered.
    """
    try:
        entry = JournalEntry.model_validate_json((project.cache / "autosave.json").read_bytes())
    except (OSError, ValidationError):
        return None
    if entry.base_sha256 != _saved_digest(project) or entry.draft == saved:
        return None
    return entry.draft


def _saved_digest(project: Project) -> str:
    try:
        return hashlib.sha256(project.draft_path.read_bytes()).hexdigest()
    except OSError:
        return ""
