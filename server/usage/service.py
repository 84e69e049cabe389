"""Keeping account of what models were used and what they cost."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from server.db.base import TenantId
from server.db.engine import Session
from server.usage import queries
from shared.contract.turn import Usage

log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True)
class ModelUsage:
    """What one model was used for. `cost_microunits` counts only uses whose price is known."""

    model: str
    uses: int
    input_tokens: int
    output_tokens: int
    cost_microunits: int
    unpriced_uses: int


async def record_use(session: Session, tenant: TenantId, use: UUID, chatbot: UUID, model: str, usage: Usage) -> bool:
    """Notes one use of a model; the same `use` again changes nothing.

    Returns: whether it was new.
    """
    if usage.cost_microunits is None and usage.input_tokens:
        log.warning("price_unknown", model=model)
    given = {
        "chatbot_id": chatbot,
        "model": model,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cached_tokens": usage.cached_tokens,
        "cost_microunits": usage.cost_microunits,
        "price_snapshot": usage.price_snapshot,
    }
    return await queries.add_usage(session, tenant, use, given)


async def cost_since(session: Session, tenant: TenantId, chatbot: UUID, since: datetime) -> int:
    """What a chatbot has cost since then, in micro-dollars, as far as prices are known."""
    return await queries.cost_since(session, tenant, chatbot, since)


async def usage_since(session: Session, tenant: TenantId, since: datetime) -> list[ModelUsage]:
    """What was used since then, by model."""
    found = await queries.usage_since(session, tenant, since)
    return [
        ModelUsage(model, uses, int(read), int(wrote), int(cost or 0), unpriced)
        for model, uses, read, wrote, cost, unpriced in found
    ]
