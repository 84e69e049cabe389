"""Statements on blobs and uploads."""

from collections.abc import Collection

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.avatars.models import Blob, Upload
from server.db.base import TenantId


async def blob_sizes(session: AsyncSession, tenant: TenantId, digests: Collection[str]) -> dict[str, int]:
    """Sizes in bytes of those of `digests` that are there."""
    asking = select(Blob.sha256, Blob.bytes).where(Blob.tenant_id == tenant, Blob.sha256.in_(digests))
    return {digest: size for digest, size in await session.execute(asking)}


async def upload_of(session: AsyncSession, tenant: TenantId, sha256: str) -> Upload | None:
    """The upload that is under way."""
    asking = select(Upload).where(Upload.tenant_id == tenant, Upload.sha256 == sha256)
    return await session.scalar(asking.execution_options(populate_existing=True))


async def begin_upload(session: AsyncSession, tenant: TenantId, sha256: str, total: int) -> None:
    """Opens an upload. One that was begun with another total was begun wrong, and starts anew."""
    adding = insert(Upload).values(tenant_id=tenant, sha256=sha256, total=total)
    anew = {"total": total, "received": 0, "parts": literal([], JSONB), "updated_at": func.now()}
    await session.execute(
        adding.on_conflict_do_update(index_elements=["tenant_id", "sha256"], set_=anew, where=Upload.total != total)
    )


async def add_part(session: AsyncSession, tenant: TenantId, sha256: str, offset: int, length: int, key: str) -> bool:
    """Notes a part, if it goes on where the upload stands. Returns: whether it did; of two at once one does."""
    adding = (
        update(Upload)
        .where(Upload.tenant_id == tenant, Upload.sha256 == sha256, Upload.received == offset)
        .values(received=offset + length, parts=Upload.parts.op("||")(literal([key], JSONB)), updated_at=func.now())
    )
    return await session.scalar(adding.returning(Upload.received)) is not None


async def add_blob(session: AsyncSession, tenant: TenantId, sha256: str, size: int) -> None:
    """Notes that a blob is whole and verified."""
    adding = insert(Blob).values(tenant_id=tenant, sha256=sha256, bytes=size)
    await session.execute(adding.on_conflict_do_nothing())


async def end_upload(session: AsyncSession, tenant: TenantId, sha256: str) -> None:
    """Forgets an upload."""
    await session.execute(delete(Upload).where(Upload.tenant_id == tenant, Upload.sha256 == sha256))
