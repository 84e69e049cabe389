"""From a public embed id to its tenant: what a visitor's request may look up without a tenant."""

from sqlalchemy import text

from server.db.base import TenantId
from server.db.engine import Session

_EMBED_TENANT = text("select public.embed_tenant(:embed)")


async def embed_tenant(session: Session, embed_id: str) -> TenantId | None:
    """The tenant of an embed, through a SECURITY DEFINER function. Takes an `anonymous_session`."""
    found = await session.scalar(_EMBED_TENANT, {"embed": embed_id})
    return TenantId(found) if found else None
