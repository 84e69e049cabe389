"""Opening a visit: a boot token is traded for a visitor token and the conversation so far."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from server.db.base import TenantId
from shared.contract.embed import KeptMessage, RunningTurn


@dataclass(frozen=True)
class VisitWish:
    """Who comes, from where, to what; and the conversation that they say they had."""

    tenant_id: TenantId
    embed_id: str
    site: str
    release_id: UUID
    visitor_id: UUID
    conversation_id: UUID | None


@dataclass(frozen=True)
class OpenedVisit:
    """The conversation that the visitor is in now."""

    conversation_id: UUID
    history: tuple[KeptMessage, ...] = ()
    running: RunningTurn | None = None


class Conversations(Protocol):
    """What embeds ask of conversations, which stand above them: `app.py` sets `app.state.conversations`."""

    async def open_visit(self, wish: VisitWish) -> OpenedVisit:
        """Continue the conversation that was asked for, if it is this visitor's with this embed, else begin one.

        A conversation that is begun need not be stored before its first message.
        Raises: Unavailable: the database is away.
        """
        ...
