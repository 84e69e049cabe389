"""Which chatbot on which server this project is published to, and the draft that both said last.

Kept in `.troupe/`: every desk has its own.
"""

from uuid import UUID

from pydantic import ValidationError

from shared.contract.base import Frozen
from shared.contract.chatbot import ChatbotDraft
from shared.contract.sync import DraftView
from studio.files.atomic import write_atomically
from studio.files.project import Project, prepare_cache


class Binding(Frozen):
    """The published side of a project."""

    server: str
    chatbot_id: UUID
    revision: int
    """Of the draft that was sent last: the next one is saved over this one only."""
    embed_id: str | None = None
    snippet: str = ""
    sites: tuple[str, ...] = ()


class Synced(Frozen):
    """The draft as desk and server had it last: what both have changed since is told from it."""

    server: str
    chatbot_id: UUID
    revision: int
    draft: ChatbotDraft


def load_binding(project: Project, server: str) -> Binding | None:
    """The binding to `server`; None when this project was never published there."""
    try:
        binding = Binding.model_validate_json((project.cache / "remote.json").read_bytes())
    except (OSError, ValidationError):
        return None
    return binding if binding.server == server else None


def last_binding(project: Project) -> Binding | None:
    """The binding to whatever server the project was last published to."""
    try:
        return Binding.model_validate_json((project.cache / "remote.json").read_bytes())
    except (OSError, ValidationError):
        return None


def save_binding(project: Project, binding: Binding) -> None:
    """Remember where this project is published.

    Raises: OSError: the disk refused.
    """
    prepare_cache(project)
    write_atomically(project.cache / "remote.json", binding.model_dump_json(indent=2).encode())


def bind(project: Project, server: str, view: DraftView) -> Binding:
    """Remember that desk and server agree on a draft.

    Raises: OSError: the disk refused.
    """
    known = load_binding(project, server)
    if known is None or known.chatbot_id != view.chatbot_id:
        known = Binding(server=server, chatbot_id=view.chatbot_id, revision=view.revision)
    binding = known.model_copy(update={"revision": view.revision})
    save_binding(project, binding)
    synced = Synced(server=server, chatbot_id=view.chatbot_id, revision=view.revision, draft=view.draft)
    write_atomically(project.cache / "synced.json", synced.model_dump_json().encode())
    return binding


def last_synced(project: Project, binding: Binding) -> ChatbotDraft | None:
    """The draft that desk and server agreed on last; None when it was not kept."""
    try:
        synced = Synced.model_validate_json((project.cache / "synced.json").read_bytes())
    except (OSError, ValidationError):
        return None
    same = (synced.server, synced.chatbot_id, synced.revision) == (
        binding.server, binding.chatbot_id, binding.revision,
    )  # fmt: skip
    return synced.draft if same else None
