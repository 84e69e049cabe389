"""Fetching blobs: in parts that go on where they were cut, verified before anything takes their place."""

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path

import httpx

from shared.contract.chatbot import BlobRef
from shared.errors import BadProject, Unavailable
from studio.files.project import Project, prepare_cache
from studio.remote.account import Account

PART_BYTES = 1024 * 1024
ATTEMPTS = 3


async def download(account: Account, project: Project, blob: BlobRef, received: Callable[[int], None]) -> Path:
    """Fetch one blob into the project's cache, going on where an earlier attempt ended.

    Args:
        received: told how many bytes of this blob are here.
    Returns: where it lies; the caller moves it to its place.
    Raises: NotFound: the server does not have it. Unavailable: the server is away, or what came is not what was
        asked for. BadProject: the disk refused.
    """
    partial = project.cache / "parts" / blob.sha256
    for attempt in range(ATTEMPTS):
        try:
            await _fetch_rest(account, project, blob, partial, received)
        except Unavailable:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            break
    if await asyncio.to_thread(_digest, partial) != blob.sha256:
        partial.unlink(missing_ok=True)
        raise Unavailable(f"What came for {blob.name} is damaged. Try again.")
    return partial


async def _fetch_rest(
    account: Account, project: Project, blob: BlobRef, partial: Path, received: Callable[[int], None]
) -> None:
    have = await asyncio.to_thread(_ready, project, partial, blob.bytes)
    while have < blob.bytes:
        received(have)
        wanted = f"bytes={have}-{min(have + PART_BYTES, blob.bytes) - 1}"
        response = await account.send("GET", f"/api/blobs/{blob.sha256}", headers={"Range": wanted})
        whole = response.status_code == httpx.codes.OK
        if not response.content:
            raise Unavailable(f"{account.server} sends nothing of {blob.name}. Try again later.")
        have = await asyncio.to_thread(_write, partial, 0 if whole else have, response.content)
    received(have)


def _ready(project: Project, partial: Path, size: int) -> int:
    """How much is there of an earlier attempt."""
    try:
        prepare_cache(project)
        partial.parent.mkdir(parents=True, exist_ok=True)
        partial.touch()
        have = partial.stat().st_size
    except OSError as error:
        raise _refused(partial, error) from error
    return have if have <= size else 0


def _write(partial: Path, offset: int, content: bytes) -> int:
    try:
        with partial.open("r+b") as stream:
            stream.seek(offset)
            stream.write(content)
            stream.truncate()
    except OSError as error:
        raise _refused(partial, error) from error
    return offset + len(content)


def _refused(path: Path, error: OSError) -> BadProject:
    reason = (error.strerror or str(error)).lower()
    return BadProject(f"Cannot write {path}: {reason}. Free some space or check the folder's permissions.")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
