"""A published chatbot brought onto this desk as a project: every file by its digest, going on where it was cut."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from pydantic import ValidationError

from shared.contract.base import Frozen
from shared.contract.chatbot import BlobRef, ChatbotDraft
from shared.contract.sync import ChatbotView, DraftView, ReleaseDraft, ReleaseView
from shared.errors import BadProject, NotFound
from studio.files.atomic import write_atomically
from studio.files.binding import bind, save_binding
from studio.files.blobs import blob_of
from studio.files.project import Project, prepare_cache, save_draft
from studio.remote.account import Account
from studio.remote.downloads import download
from studio.remote.publishing import Progress, Tell
from studio.remote.releases import numbered, release_draft, releases_of, standing

_MARK = "pulling.json"


class _Pulling(Frozen):
    """What is on its way into a folder."""

    server: str
    chatbot_id: UUID
    release_id: UUID


async def chosen_release(account: Account, chatbot: ChatbotView, number: int | None = None) -> ReleaseDraft:
    """A release by its number; without one what is live, else the newest.

    Raises: NotFound: there is no such release, or nothing was published yet.
    """
    releases = await releases_of(account, chatbot.id)
    if number is not None:
        return await release_draft(account, numbered(releases, number))
    live = next((release for release in releases if "live" in release.channels), None)
    newest: ReleaseView | None = live or next(iter(releases), None)
    if newest is None:
        raise NotFound(f"release: {chatbot.name} was never published")
    return await release_draft(account, newest)


async def pull(account: Account, release: ReleaseDraft, folder: Path, tell: Tell) -> Project:
    """Make a project of a release in an empty folder; a pull that was cut goes on in the same folder.

    Raises:
        BadProject: the folder holds something else, or the disk refused; what has come stays for the next attempt.
        Unavailable: the server is away.
    """
    project = Project(folder)
    mark = _Pulling(server=account.server, chatbot_id=release.chatbot_id, release_id=release.id)
    await asyncio.to_thread(_begin, project, mark)
    await fetch_files(account, project, release.draft, tell)
    view = DraftView(chatbot_id=release.chatbot_id, revision=release.revision, draft=release.draft)
    binding = bind(project, account.server, view)
    embed = (await standing(account, release.chatbot_id)).embed_on("live")
    if embed is not None:
        known = {"embed_id": embed.id, "snippet": embed.snippet, "sites": embed.sites}
        save_binding(project, binding.model_copy(update=known))
    save_draft(project, release.draft)
    (project.cache / _MARK).unlink(missing_ok=True)
    return project


async def fetch_files(
    account: Account,
    project: Project,
    draft: ChatbotDraft,
    tell: Tell,
    put: Callable[[Path, bytes], None] | None = None,
) -> None:
    """Bring every file that a draft names and the project lacks.

    Args:
        put: writes a file's content to its place; without it a file is simply put there.
    """
    wanted = await asyncio.to_thread(_lacking, project, draft)
    total = sum(blob.bytes for blob, _ in wanted)
    before = 0
    for blob, path in wanted:

        def received(count: int, base: int = before, name: str = blob.name) -> None:
            tell(Progress("upload", (base + count) / (total or 1), f"Fetching {name}", base + count, total))

        partial = await download(account, project, blob, received)
        await asyncio.to_thread(_place, partial, path, put)
        before += blob.bytes
    tell(Progress("upload", 1.0, "All files are here", total, total))


def places_of(project: Project, draft: ChatbotDraft) -> list[tuple[BlobRef, Path]]:
    """Every file that a draft names, and where it belongs."""
    places = [(one.blob, project.document_path(one.blob)) for one in draft.knowledge]
    if draft.avatar is not None:
        sprites = draft.avatar.sprites.blob if draft.avatar.sprites else None
        made = (draft.avatar.glb, draft.avatar.optimised, draft.avatar.poster, sprites, draft.avatar.card)
        places = [(blob, project.avatar_path(blob)) for blob in made if blob is not None] + places
    return places


def _begin(project: Project, mark: _Pulling) -> None:
    if project.draft_path.exists():
        raise BadProject(f"{project.folder} is a project already. Choose an empty folder.")
    if project.folder.exists() and not project.folder.is_dir():
        raise BadProject(f"{project.folder} is a file. Choose a folder.")
    if _marked(project) != mark and project.folder.exists() and any(project.folder.iterdir()):
        raise BadProject(f"{project.folder} is not empty. Choose an empty folder.")
    try:
        prepare_cache(project)
        write_atomically(project.cache / _MARK, mark.model_dump_json().encode())
    except OSError as error:
        raise BadProject(f"Cannot write to {project.folder}: {(error.strerror or str(error)).lower()}.") from error


def _marked(project: Project) -> _Pulling | None:
    with suppress(OSError, ValidationError):
        return _Pulling.model_validate_json((project.cache / _MARK).read_bytes())
    return None


def _lacking(project: Project, draft: ChatbotDraft) -> list[tuple[BlobRef, Path]]:
    lacking = []
    for blob, path in places_of(project, draft):
        try:
            there = blob_of(blob.name, path.read_bytes()).sha256 == blob.sha256
        except OSError:
            there = False
        if not there:
            lacking.append((blob, path))
    return lacking


def _place(partial: Path, path: Path, put: Callable[[Path, bytes], None] | None) -> None:
    try:
        if put is not None:
            put(path, partial.read_bytes())
            partial.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.replace(path)
    except OSError as error:
        raise BadProject(f"Cannot write {path}: {(error.strerror or str(error)).lower()}.") from error
