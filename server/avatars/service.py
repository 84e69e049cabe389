"""Taking blobs in: parts in order, each in the object store before it is noted, the digest verified at the end.

Nothing is kept in the process, so each part may come to another server. No transaction is open while bytes travel.
"""

import hashlib
import secrets
from collections.abc import AsyncIterator, Collection, Sequence

from server.avatars import queries
from server.avatars.models import Upload
from server.db.base import TenantId
from server.db.blobs import BlobStore, blob_key
from server.db.engine import Session, tenant_session
from server.web.parts import Parts
from shared.contract.sync import BlobAnswer, UploadState
from shared.errors import BadRequest, Conflict, NotFound, TooLarge


async def missing(session: Session, tenant: TenantId, digests: Collection[str]) -> BlobAnswer:
    """Which of `digests` the tenant has not sent yet, in the order asked, each once."""
    known = await queries.blob_sizes(session, tenant, digests)
    return BlobAnswer(missing=tuple(digest for digest in dict.fromkeys(digests) if digest not in known))


async def blob_size(session: Session, tenant: TenantId, sha256: str) -> int:
    """Size of a whole blob in bytes.

    Raises: NotFound: the tenant has no such blob.
    """
    known = await queries.blob_sizes(session, tenant, [sha256])
    if sha256 not in known:
        raise NotFound("blob")
    return known[sha256]


async def upload_state(session: Session, tenant: TenantId, sha256: str, total: int) -> UploadState:
    """How much of a blob is there."""
    known = await queries.blob_sizes(session, tenant, [sha256])
    if sha256 in known:
        return _state(sha256, known[sha256], known[sha256], complete=True)
    upload = await queries.upload_of(session, tenant, sha256)
    received = upload.received if upload and upload.total == total else 0
    return _state(sha256, received, total)


async def receive_part(
    parts: Parts, tenant: TenantId, sha256: str, total: int, offset: int, content: bytes
) -> UploadState:
    """Takes one part and, when it was the last, verifies and keeps the blob.

    A part that arrived before, because its answer was lost, is answered as if it had just arrived.

    Raises: TooLarge: blob or part is. BadRequest: the part reaches past the end, or the whole has another digest.
        Conflict: the part leaves a gap.
    """
    _check_sizes(parts, total, offset, content)
    async with tenant_session(parts.engines.app, tenant) as session:
        state = await _begun(session, tenant, sha256, total)
    if state.complete or (content and offset + len(content) <= state.received):
        return state
    if offset != state.received:
        raise Conflict(f"The upload stands at byte {state.received}: go on from there.")
    if content:
        state = await _keep_part(parts, tenant, state, content)
    return await _complete(parts, tenant, state) if state.received == total else state


async def keep_blob(parts: Parts, tenant: TenantId, content: bytes) -> str:
    """Stores a blob that the server has at hand. Returns: its digest."""
    sha256 = hashlib.sha256(content).hexdigest()
    await parts.blobs.put(tenant, sha256, content)
    async with tenant_session(parts.engines.app, tenant) as session:
        await queries.add_blob(session, tenant, sha256, len(content))
    return sha256


def _check_sizes(parts: Parts, total: int, offset: int, content: bytes) -> None:
    if total > parts.settings.blob_limit_bytes:
        raise TooLarge("The file", parts.settings.blob_limit_bytes)
    if len(content) > parts.settings.part_limit_bytes:
        raise TooLarge("The part", parts.settings.part_limit_bytes)
    if offset + len(content) > total:
        raise BadRequest("The part reaches past the end of the file that was announced.")
    if not content and offset < total:
        raise BadRequest("The part is empty.")


async def _begun(session: Session, tenant: TenantId, sha256: str, total: int) -> UploadState:
    state = await upload_state(session, tenant, sha256, total)
    if not state.complete:
        await queries.begin_upload(session, tenant, sha256, total)
    return state


async def _keep_part(parts: Parts, tenant: TenantId, state: UploadState, content: bytes) -> UploadState:
    key = f"{parts_prefix(tenant, state.sha256)}{state.received:012d}-{secrets.token_hex(4)}"
    await parts.blobs.put_at(key, content)
    async with tenant_session(parts.engines.app, tenant) as session:
        await queries.add_part(session, tenant, state.sha256, state.received, len(content), key)
        return await upload_state(session, tenant, state.sha256, state.total)


async def _complete(parts: Parts, tenant: TenantId, state: UploadState) -> UploadState:
    """Joins the parts under a key of their own, verifies them, and only then gives them the blob's key."""
    async with tenant_session(parts.engines.app, tenant) as session:
        upload = await queries.upload_of(session, tenant, state.sha256)
    if upload is None or upload.received != upload.total:
        return await _state_now(parts, tenant, state)
    try:
        right = await _join(parts.blobs, tenant, upload)
    except NotFound:
        # Another request completed the same upload and has cleared its parts away.
        return await _state_now(parts, tenant, state)
    async with tenant_session(parts.engines.app, tenant) as session:
        if right:
            await queries.add_blob(session, tenant, state.sha256, state.total)
        await queries.end_upload(session, tenant, state.sha256)
    await parts.blobs.clear(parts_prefix(tenant, state.sha256))
    if not right:
        raise BadRequest("What arrived has another SHA-256 than announced: send the file again from its beginning.")
    return _state(state.sha256, state.total, state.total, complete=True)


async def _join(blobs: BlobStore, tenant: TenantId, upload: Upload) -> bool:
    """Whether the joined parts have the digest announced; they then lie under the blob's key."""
    digest = hashlib.sha256()

    async def joined(keys: Sequence[str]) -> AsyncIterator[bytes]:
        for key in keys:
            async for chunk in blobs.stream_at(key):
                digest.update(chunk)
                yield chunk

    whole = f"{parts_prefix(tenant, upload.sha256)}whole-{secrets.token_hex(4)}"
    await blobs.put_at(whole, joined(upload.parts))
    if digest.hexdigest() != upload.sha256:
        return False
    await blobs.move(whole, blob_key(tenant, upload.sha256))
    return True


async def _state_now(parts: Parts, tenant: TenantId, state: UploadState) -> UploadState:
    async with tenant_session(parts.engines.app, tenant) as session:
        return await upload_state(session, tenant, state.sha256, state.total)


def parts_prefix(tenant: TenantId, sha256: str) -> str:
    """Where the parts of an upload lie until they are a blob."""
    return f"{tenant}/parts/{sha256}/"


def _state(sha256: str, received: int, total: int, *, complete: bool = False) -> UploadState:
    return UploadState(sha256=sha256, received=received, total=total, complete=complete)
