"""What every table has: naming rules, and the tenant as the first part of every key."""

from datetime import datetime
from typing import Any, NewType
from uuid import UUID

from sqlalchemy import DateTime, ForeignKeyConstraint, MetaData, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

TenantId = NewType("TenantId", UUID)

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all models. A dict column is jsonb, a datetime has its time zone."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads it from the class and takes no ClassVar here
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
        datetime: DateTime(timezone=True),
    }


class TenantOwned(Base):
    """A row that belongs to one tenant. The tenant is the first part of its primary key."""

    __abstract__ = True

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-10)


class Created:
    """Mixin: when the row was made, by the database's clock."""

    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=100)


def tenant_reference(table: str, *columns: str, to: tuple[str, ...] = ("id",)) -> ForeignKeyConstraint:
    """A composite foreign key inside one tenant, deleting with what it points at.

    Args:
        table: the tenant-owned table pointed at, by name.
        columns: our columns beside `tenant_id`, in the order of `to`.
        to: their columns beside `tenant_id`.
    """
    theirs = [f"{table}.{name}" for name in ("tenant_id", *to)]
    return ForeignKeyConstraint(["tenant_id", *columns], theirs, ondelete="CASCADE")
