"""Statements on chatbots, releases and channels."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.chatbots.models import ChannelPointer, Chatbot, Release
from server.db.base import TenantId


async def chatbots_of(session: AsyncSession, tenant: TenantId) -> list[tuple[Chatbot, UUID | None]]:
    """Every chatbot with its live release, the one changed last first."""
    asking = (
        select(Chatbot, ChannelPointer.release_id)
        .outerjoin(
            ChannelPointer,
            (ChannelPointer.tenant_id == Chatbot.tenant_id)
            & (ChannelPointer.chatbot_id == Chatbot.id)
            & (ChannelPointer.channel == "live"),
        )
        .where(Chatbot.tenant_id == tenant)
        .order_by(Chatbot.updated_at.desc(), Chatbot.id)
    )
    return [(chatbot, release) for chatbot, release in await session.execute(asking)]


async def chatbot_of(session: AsyncSession, tenant: TenantId, chatbot: UUID) -> Chatbot | None:
    """One chatbot."""
    return await session.scalar(select(Chatbot).where(Chatbot.tenant_id == tenant, Chatbot.id == chatbot))


async def lock_chatbot(session: AsyncSession, tenant: TenantId, chatbot: UUID) -> Chatbot | None:
    """One chatbot as it is now, locked until the transaction ends."""
    asking = select(Chatbot).where(Chatbot.tenant_id == tenant, Chatbot.id == chatbot).with_for_update()
    return await session.scalar(asking.execution_options(populate_existing=True))


async def add_chatbot(session: AsyncSession, tenant: TenantId, name: str, draft: dict[str, Any]) -> Chatbot:
    """A new chatbot at revision 1."""
    adding = insert(Chatbot).values(tenant_id=tenant, name=name, draft=draft)
    return (await session.execute(adding.returning(Chatbot))).scalar_one()


async def save_draft(
    session: AsyncSession, tenant: TenantId, chatbot: UUID, revision: int, name: str, draft: dict[str, Any]
) -> int | None:
    """Saves over `revision`, and over nothing newer. Returns: the new revision; None when it is not the newest."""
    saving = (
        update(Chatbot)
        .where(Chatbot.tenant_id == tenant, Chatbot.id == chatbot, Chatbot.revision == revision)
        .values(name=name, draft=draft, revision=revision + 1, updated_at=func.now())
    )
    return await session.scalar(saving.returning(Chatbot.revision))


async def delete_chatbot(session: AsyncSession, tenant: TenantId, chatbot: UUID) -> bool:
    """Deletes a chatbot with all that hangs on it. Returns: whether there was one."""
    deleting = delete(Chatbot).where(Chatbot.tenant_id == tenant, Chatbot.id == chatbot)
    return await session.scalar(deleting.returning(Chatbot.id)) is not None


async def add_release(session: AsyncSession, tenant: TenantId, chatbot: UUID, frozen: dict[str, Any]) -> Release:
    """The chatbot's next release. The caller holds the chatbot's lock, so that no number is given twice."""
    highest = await session.scalar(
        select(func.max(Release.number)).where(Release.tenant_id == tenant, Release.chatbot_id == chatbot)
    )
    adding = insert(Release).values(tenant_id=tenant, chatbot_id=chatbot, number=(highest or 0) + 1, **frozen)
    return (await session.execute(adding.returning(Release))).scalar_one()


async def release_of(session: AsyncSession, tenant: TenantId, release: UUID) -> Release | None:
    """One release."""
    return await session.scalar(select(Release).where(Release.tenant_id == tenant, Release.id == release))


async def releases_of(session: AsyncSession, tenant: TenantId, chatbot: UUID) -> list[Release]:
    """A chatbot's releases, newest first."""
    asking = select(Release).where(Release.tenant_id == tenant, Release.chatbot_id == chatbot)
    return list(await session.scalars(asking.order_by(Release.number.desc())))


async def channels_of(session: AsyncSession, tenant: TenantId, chatbot: UUID) -> dict[str, UUID]:
    """Which release each channel of a chatbot shows."""
    asking = select(ChannelPointer.channel, ChannelPointer.release_id)
    found = asking.where(ChannelPointer.tenant_id == tenant, ChannelPointer.chatbot_id == chatbot)
    return {channel: release for channel, release in await session.execute(found)}


async def move_channel(session: AsyncSession, tenant: TenantId, chatbot: UUID, channel: str, release: UUID) -> None:
    """Points a channel at a release of its chatbot."""
    adding = insert(ChannelPointer).values(tenant_id=tenant, chatbot_id=chatbot, channel=channel, release_id=release)
    moved = {"release_id": release, "moved_at": func.now()}
    await session.execute(
        adding.on_conflict_do_update(index_elements=["tenant_id", "chatbot_id", "channel"], set_=moved)
    )
