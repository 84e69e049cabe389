"""Which chatbot on which server this project is published to. Kept in `.troupe/`: every desk has its own."""

from uuid import UUID

from pydantic import ValidationError

from shared.contract.base import Frozen
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
