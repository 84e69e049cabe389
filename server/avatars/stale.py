"""The one statement on uploads that looks across tenants; it runs in the platform's session."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func

from server.avatars.models import Upload
from server.db.engine import Session


async def delete_stale_uploads(session: Session, days: int) -> list[tuple[UUID, str]]:
    """Forgets uploads without a part for `days`. Returns: tenant and digest of each."""
    stale = delete(Upload).where(Upload.updated_at < func.now() - timedelta(days=days))
    found = await session.execute(stale.returning(Upload.tenant_id, Upload.sha256))
    return [(tenant, sha256) for tenant, sha256 in found]
