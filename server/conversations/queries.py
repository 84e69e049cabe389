"""Statements on conversations and turns."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.conversations.models import Conversation, Turn
from server.db.base import TenantId


async def conversation_of(session: AsyncSession, tenant: TenantId, conversation: UUID) -> Conversation | None:
    """One conversation."""
    return await session.scalar(
        select(Conversation).where(Conversation.tenant_id == tenant, Conversation.id == conversation)
    )


async def keep_conversation(
    session: AsyncSession, tenant: TenantId, conversation: UUID, given: dict[str, Any]
) -> Conversation:
    """The conversation as it is stored, stored now if it was not; it has just been used."""
    adding = insert(Conversation).values(tenant_id=tenant, id=conversation, **given)
    keeping = adding.on_conflict_do_update(index_elements=["tenant_id", "id"], set_={"updated_at": func.now()})
    return (await session.execute(keeping.returning(Conversation))).scalar_one()


async def add_turn(session: AsyncSession, tenant: TenantId, given: dict[str, Any]) -> UUID | None:
    """A new turn. Returns: its id; None when the conversation has one for this message already."""
    adding = insert(Turn).values(tenant_id=tenant, **given).on_conflict_do_nothing()
    return await session.scalar(adding.returning(Turn.id))


async def turn_of_message(session: AsyncSession, tenant: TenantId, conversation: UUID, message: UUID) -> UUID | None:
    """The turn that answers a message."""
    asking = select(Turn.id).where(
        Turn.tenant_id == tenant, Turn.conversation_id == conversation, Turn.message_id == message
    )
    return await session.scalar(asking)


async def turn_of(session: AsyncSession, tenant: TenantId, conversation: UUID, turn: UUID) -> Turn | None:
    """One turn of a conversation."""
    asking = select(Turn).where(Turn.tenant_id == tenant, Turn.conversation_id == conversation, Turn.id == turn)
    return await session.scalar(asking)


async def last_turns(session: AsyncSession, tenant: TenantId, conversation: UUID, most: int) -> list[Turn]:
    """The conversation's last turns, oldest first."""
    asking = select(Turn).where(Turn.tenant_id == tenant, Turn.conversation_id == conversation)
    newest = await session.scalars(asking.order_by(Turn.started_at.desc(), Turn.id.desc()).limit(most))
    return list(reversed(newest.all()))


async def end_turn(session: AsyncSession, tenant: TenantId, turn: UUID, outcome: dict[str, Any]) -> bool:
    """Writes how a running turn ended. Returns: whether it was running."""
    ending = (
        update(Turn)
        .where(Turn.tenant_id == tenant, Turn.id == turn, Turn.state == "running")
        .values(finished_at=func.now(), **outcome)
    )
    return await session.scalar(ending.returning(Turn.id)) is not None


async def unanswered_questions(session: AsyncSession, tenant: TenantId, chatbot: UUID, most: int) -> list[Turn]:
    """Questions that found nothing in a chatbot's knowledge, newest first."""
    asking = select(Turn).where(Turn.tenant_id == tenant, Turn.chatbot_id == chatbot, Turn.outcome == "nothing_found")
    return list(await session.scalars(asking.order_by(Turn.started_at.desc()).limit(most)))
