"""Statements on accounts and their tokens. They run in the platform's session: who signs in has no tenant yet."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts.models import Account, RefreshFamily, RefreshToken, SignInCode
from server.db.base import TenantId


async def add_account(session: AsyncSession, email: str, name: str, password_hash: str) -> UUID | None:
    """The new account's id; None when the e-mail address is taken."""
    adding = insert(Account).values(email=email, name=name, password_hash=password_hash)
    return await session.scalar(adding.on_conflict_do_nothing().returning(Account.id))


async def account_by_email(session: AsyncSession, email: str) -> Account | None:
    """The account with this e-mail address, given in lower case."""
    return await session.scalar(select(Account).where(Account.email == email))


async def add_family(session: AsyncSession, tenant: TenantId, account: UUID, expires_at: datetime) -> UUID:
    """Opens a family of refresh tokens."""
    adding = insert(RefreshFamily).values(tenant_id=tenant, account_id=account, expires_at=expires_at)
    family: UUID = (await session.execute(adding.returning(RefreshFamily.id))).scalar_one()
    return family


async def add_token(session: AsyncSession, tenant: TenantId, family: UUID, digest: bytes) -> None:
    """Adds a refresh token to its family."""
    await session.execute(insert(RefreshToken).values(tenant_id=tenant, family_id=family, digest=digest))


async def lock_token(session: AsyncSession, digest: bytes) -> tuple[RefreshToken, RefreshFamily] | None:
    """The token and its family, both locked until the transaction ends."""
    asking = (
        select(RefreshToken, RefreshFamily)
        .join(RefreshFamily, RefreshFamily.id == RefreshToken.family_id)
        .where(RefreshToken.digest == digest)
        .with_for_update()
    )
    found = (await session.execute(asking)).one_or_none()
    return (found[0], found[1]) if found else None


async def database_time(session: AsyncSession) -> datetime:
    """Now, by the one clock that all servers share, and not the moment when the transaction began to wait."""
    now: datetime = (await session.execute(select(func.clock_timestamp()))).scalar_one()
    return now


async def mark_used(session: AsyncSession, token: UUID) -> None:
    """Notes when a token was first traded."""
    marking = update(RefreshToken).where(RefreshToken.id == token, RefreshToken.used_at.is_(None))
    await session.execute(marking.values(used_at=func.clock_timestamp()))


async def prolong_family(session: AsyncSession, family: UUID, expires_at: datetime) -> None:
    """Lets a sign-in that is used last longer."""
    await session.execute(update(RefreshFamily).where(RefreshFamily.id == family).values(expires_at=expires_at))


async def end_family(session: AsyncSession, family: UUID, *, breached: bool) -> None:
    """Ends a sign-in: none of its tokens is honoured any more."""
    ending = update(RefreshFamily).where(RefreshFamily.id == family, RefreshFamily.ended_at.is_(None))
    await session.execute(ending.values(ended_at=func.clock_timestamp(), breached=breached))


async def delete_old_families(session: AsyncSession, days: int) -> int:
    """Deletes sign-ins of every tenant that ended, or ran out, more than `days` ago. Returns: how many."""
    long_ago = func.now() - timedelta(days=days)
    old = func.least(RefreshFamily.ended_at, RefreshFamily.expires_at) < long_ago
    deleted = await session.scalars(delete(RefreshFamily).where(old).returning(RefreshFamily.id))
    return len(deleted.all())


async def add_code(session: AsyncSession, tenant: TenantId, account: UUID, code: dict[str, Any]) -> None:
    """Adds a code that a browser will hand over."""
    await session.execute(insert(SignInCode).values(tenant_id=tenant, account_id=account, **code))


async def lock_code(session: AsyncSession, digest: bytes) -> SignInCode | None:
    """The code, locked until the transaction ends."""
    return await session.scalar(select(SignInCode).where(SignInCode.digest == digest).with_for_update())


async def mark_code_used(session: AsyncSession, code: UUID) -> None:
    """Notes that a code came: it is worth nothing from now on."""
    await session.execute(update(SignInCode).where(SignInCode.id == code).values(used_at=func.clock_timestamp()))


async def note_traded(session: AsyncSession, code: UUID, family: UUID) -> None:
    """Notes which sign-in a code was traded for."""
    await session.execute(update(SignInCode).where(SignInCode.id == code).values(family_id=family))


async def delete_old_codes(session: AsyncSession, days: int) -> int:
    """Deletes codes of every tenant that ran out more than `days` ago. Returns: how many."""
    old = SignInCode.expires_at < func.now() - timedelta(days=days)
    return len((await session.scalars(delete(SignInCode).where(old).returning(SignInCode.id))).all())
