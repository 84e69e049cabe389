"""A chatbot with its draft, its releases, and which of them each channel shows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Created, TenantOwned, tenant_reference


class Chatbot(Created, TenantOwned):
    """What a designer edits: the draft is the contract's `ChatbotDraft`, and each save raises the revision."""

    __tablename__ = "chatbots"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    name: Mapped[str]
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    draft: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=101)


class Release(Created, TenantOwned):
    """What was published: the whole draft, its documents and findings, frozen. The app may not change a row."""

    __tablename__ = "releases"
    __table_args__ = (
        tenant_reference("chatbots", "chatbot_id"),
        UniqueConstraint("id"),
        UniqueConstraint("tenant_id", "chatbot_id", "id"),
        UniqueConstraint("tenant_id", "chatbot_id", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    chatbot_id: Mapped[UUID]
    number: Mapped[int]
    revision: Mapped[int]
    note: Mapped[str]
    author: Mapped[str] = mapped_column(server_default=text("''"), sort_order=102)
    draft: Mapped[dict[str, Any]]
    documents: Mapped[list[Any]]
    findings: Mapped[list[Any]]


class ChannelPointer(TenantOwned):
    """Which release of a chatbot a channel shows."""

    __tablename__ = "channels"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "chatbot_id", "release_id"],
            ["releases.tenant_id", "releases.chatbot_id", "releases.id"],
            ondelete="CASCADE",
        ),
    )

    chatbot_id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    release_id: Mapped[UUID]
    moved_at: Mapped[datetime] = mapped_column(server_default=func.now())
