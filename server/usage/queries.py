"""Statements on usage."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.db.base import TenantId
from server.usage.models import UsageRow


async def add_usage(session: AsyncSession, tenant: TenantId, use: UUID, given: dict[str, Any]) -> bool:
    """Notes one use, once. Returns: whether it was new."""
    adding = insert(UsageRow).values(tenant_id=tenant, id=use, **given).on_conflict_do_nothing()
    return await session.scalar(adding.returning(UsageRow.id)) is not None


async def cost_since(session: AsyncSession, tenant: TenantId, chatbot: UUID, since: datetime) -> int:
    """What a chatbot's answers have cost since then, in micro-dollars, as far as their prices are known."""
    asking = select(func.coalesce(func.sum(UsageRow.cost_microunits), 0)).where(
        UsageRow.tenant_id == tenant, UsageRow.chatbot_id == chatbot, UsageRow.created_at >= since
    )
    return int(await session.scalar(asking) or 0)


async def usage_since(
    session: AsyncSession, tenant: TenantId, since: datetime
) -> list[tuple[str, int, int, int, int | None, int]]:
    """Uses by model: model, uses, tokens read, tokens written, cost where known, uses whose price is unknown."""
    asking = (
        select(
            UsageRow.model,
            func.count(),
            func.sum(UsageRow.input_tokens),
            func.sum(UsageRow.output_tokens),
            func.sum(UsageRow.cost_microunits),
            func.count().filter(UsageRow.cost_microunits.is_(None)),
        )
        .where(UsageRow.tenant_id == tenant, UsageRow.created_at >= since)
        .group_by(UsageRow.model)
        .order_by(UsageRow.model)
    )
    found = await session.execute(asking)
    return [(model, uses, read, wrote, cost, unpriced) for model, uses, read, wrote, cost, unpriced in found]
