"""Statements on tenants and members. Those without a tenant run in the platform's session, at sign-in."""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from server.accounts.models import Account
from server.db.base import TenantId
from server.tenants.models import Member, Tenant


async def add_tenant(session: AsyncSession, name: str) -> TenantId:
    """The new tenant's id."""
    return TenantId((await session.execute(insert(Tenant).values(name=name).returning(Tenant.id))).scalar_one())


async def first_membership(session: AsyncSession, account: UUID) -> Member | None:
    """The membership that an account has had for longest."""
    asking = select(Member).where(Member.account_id == account).order_by(Member.created_at, Member.tenant_id)
    return await session.scalar(asking.limit(1))


async def add_member(session: AsyncSession, tenant: TenantId, account: UUID, role: str) -> None:
    """Makes an account a member."""
    await session.execute(insert(Member).values(tenant_id=tenant, account_id=account, role=role))


async def role_of(session: AsyncSession, tenant: TenantId, account: UUID) -> str | None:
    """The account's role in the tenant; None when it is no member."""
    return await session.scalar(select(Member.role).where(Member.tenant_id == tenant, Member.account_id == account))


async def tenant_of(session: AsyncSession, tenant: TenantId) -> Tenant | None:
    """The tenant itself."""
    return await session.scalar(select(Tenant).where(Tenant.id == tenant))


async def members_of(session: AsyncSession, tenant: TenantId) -> list[tuple[Account, str]]:
    """Every member's account and role, in the order that they came."""
    asking = (
        select(Account, Member.role)
        .join(Member, Member.account_id == Account.id)
        .where(Member.tenant_id == tenant)
        .order_by(Member.created_at, Member.account_id)
    )
    return [(account, role) for account, role in await session.execute(asking)]


async def account_of(session: AsyncSession, tenant: TenantId, account: UUID) -> Account | None:
    """A member's account."""
    asking = select(Account).join(Member, Member.account_id == Account.id)
    return await session.scalar(asking.where(Member.tenant_id == tenant, Account.id == account))


async def lock_owners(session: AsyncSession, tenant: TenantId) -> list[UUID]:
    """The owners' accounts, locked until the transaction ends, so that the last one cannot be lost to a race."""
    asking = select(Member.account_id).where(Member.tenant_id == tenant, Member.role == "owner").with_for_update()
    return list(await session.scalars(asking))


async def change_role(session: AsyncSession, tenant: TenantId, account: UUID, role: str) -> bool:
    """Gives a member another role. Returns: whether there is such a member."""
    changing = update(Member).where(Member.tenant_id == tenant, Member.account_id == account).values(role=role)
    return await session.scalar(changing.returning(Member.account_id)) is not None


async def remove_member(session: AsyncSession, tenant: TenantId, account: UUID) -> bool:
    """Ends a membership. Returns: whether there was one."""
    removing = delete(Member).where(Member.tenant_id == tenant, Member.account_id == account)
    return await session.scalar(removing.returning(Member.account_id)) is not None
