"""Opening a visit: a boot token is traded for a visitor token and the conversation so far."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from server.db.base import TenantId
from server.db.engine import Engines
from server.embeds.service import shown_on
from server.embeds.tokens import VisitorClaims, VisitorTokens, is_visitor_key, new_visitor_key
from shared.contract.embed import KeptMessage, NewVisit, RunningTurn, Visit
from shared.errors import SignInRequired


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


async def open_visit(
    engines: Engines,
    tokens: VisitorTokens,
    conversations: Conversations,
    embed_id: str,
    boot_token: str,
    wish: NewVisit,
) -> Visit:
    """Opens or continues a visit. Whether the site may still show the embed is asked anew.

    Raises: SignInRequired: the boot token is over, or another embed's. SiteRefused, NotFound: as for the frame.
    """
    boot = tokens.verify_boot(boot_token)
    if boot.embed_id != embed_id:
        raise SignInRequired
    shown = await shown_on(engines, embed_id, boot.site)
    given = wish.visitor_key
    visitor_key = given if given and is_visitor_key(given) else new_visitor_key()
    visitor_id = tokens.visitor_of(shown.tenant, visitor_key)
    opened = await conversations.open_visit(
        VisitWish(shown.tenant, embed_id, boot.site, shown.release.id, visitor_id, wish.conversation_id)
    )
    token, ends = tokens.sign_visitor(
        VisitorClaims(shown.tenant, embed_id, boot.site, shown.release.id, opened.conversation_id, visitor_id)
    )
    return Visit(
        token=token,
        expires_at=ends,
        visitor_key=visitor_key,
        conversation_id=opened.conversation_id,
        history=opened.history,
        running=opened.running,
    )
