"""Blobs that are whole, and uploads that are under way. The bytes lie in the object store."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Created, TenantOwned


class Blob(Created, TenantOwned):
    """A file by its content: complete, and its digest verified."""

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    bytes: Mapped[int] = mapped_column(BigInteger)


class Upload(Created, TenantOwned):
    """What has arrived of a blob: the object store's keys of its parts, in order."""

    __tablename__ = "uploads"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    total: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    parts: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=101)
