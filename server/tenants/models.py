"""Tenants, and the accounts that are their members."""

from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Base, Created, TenantOwned


class Tenant(Created, Base):
    """A customer: all that its members make belongs to it."""

    __tablename__ = "tenants"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    name: Mapped[str]


class Member(Created, TenantOwned):
    """An account in a tenant, with its role."""

    __tablename__ = "members"

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str]
