"""Sending blobs: only those that the server lacks, in parts that go on where they were cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.contract.chatbot import BlobRef
from shared.contract.sync import BlobAnswer, BlobQuestion, UploadState
from shared.errors import Unavailable
from studio.files.project import read_blob
from studio.remote.account import Account
from studio.remote.wire import answer_of

PART_BYTES = 1024 * 1024
"""Small enough to show progress on a slow line; the server takes up to 4 MiB."""
ATTEMPTS = 3


@dataclass(frozen=True)
class LocalBlob:
    """A file of the project and where it lies."""

    blob: BlobRef
    path: Path


async def missing_blobs(account: Account, blobs: Sequence[LocalBlob]) -> list[LocalBlob]:
    """Those of `blobs` that the server lacks, each content once."""
    by_digest = {local.blob.sha256: local for local in blobs}
    if not by_digest:
        return []
    question = BlobQuestion(sha256=tuple(by_digest))
    response = await account.send("POST", "/api/blobs/missing", body=question)
    return [by_digest[digest] for digest in answer_of(response, BlobAnswer).missing if digest in by_digest]


async def upload(account: Account, local: LocalBlob, sent: Callable[[int], None]) -> None:
    """Send one blob, going on where an earlier attempt ended.

    Args:
        sent: told how many bytes of this blob have arrived.
    Raises: Unavailable: the server is away, also after trying again. BadProject: the file is gone.
    """
    content = read_blob(local.path, local.blob)
    for attempt in range(ATTEMPTS):
        try:
            await _send_rest(account, local, content, sent)
        except Unavailable:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return


async def _send_rest(account: Account, local: LocalBlob, content: bytes, sent: Callable[[int], None]) -> None:
    path = f"/api/blobs/{local.blob.sha256}/upload"
    total = len(content)
    state = answer_of(await account.send("GET", path, query={"total": total}), UploadState)
    while not state.complete:
        sent(state.received)
        part = content[state.received : state.received + PART_BYTES]
        place: dict[str, str | int] = {"total": total, "offset": state.received}
        state = answer_of(await account.send("PATCH", path, body=part, query=place), UploadState)
    sent(total)
