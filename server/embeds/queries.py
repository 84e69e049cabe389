"""Statements on embeds."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.db.base import TenantId
from server.embeds.models import Embed


async def add_embed(
    session: AsyncSession, tenant: TenantId, chatbot: UUID, embed_id: str, given: dict[str, Any]
) -> Embed:
    """A new embed."""
    adding = insert(Embed).values(tenant_id=tenant, chatbot_id=chatbot, id=embed_id, **given)
    return (await session.execute(adding.returning(Embed))).scalar_one()


async def embeds_of(session: AsyncSession, tenant: TenantId, chatbot: UUID) -> list[Embed]:
    """A chatbot's embeds, oldest first."""
    asking = select(Embed).where(Embed.tenant_id == tenant, Embed.chatbot_id == chatbot)
    return list(await session.scalars(asking.order_by(Embed.created_at, Embed.id)))


async def embed_of(session: AsyncSession, tenant: TenantId, embed_id: str) -> Embed | None:
    """One embed."""
    return await session.scalar(select(Embed).where(Embed.tenant_id == tenant, Embed.id == embed_id))


async def change_embed(session: AsyncSession, tenant: TenantId, embed_id: str, given: dict[str, Any]) -> Embed | None:
    """Gives an embed other settings. Returns: the embed as it is now; None when there is none."""
    changing = update(Embed).where(Embed.tenant_id == tenant, Embed.id == embed_id).values(**given)
    return await session.scalar(changing.returning(Embed))
