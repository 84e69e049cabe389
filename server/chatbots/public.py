"""From a public release id to its tenant: the one thing that a visitor's request may look up without a tenant."""

from uuid import UUID

from sqlalchemy import text

from server.db.base import TenantId
from server.db.engine import Session

_RELEASE_TENANT = text("select public.release_tenant(:release)")


async def release_tenant(session: Session, release: UUID) -> TenantId | None:
    """The tenant of a release, through a SECURITY DEFINER function. Takes an `anonymous_session`."""
    found: UUID | None = await session.scalar(_RELEASE_TENANT, {"release": release})
    return TenantId(found) if found else None
