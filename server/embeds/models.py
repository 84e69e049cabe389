"""An embed: where a chatbot's channel may be shown."""

from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Created, TenantOwned, tenant_reference


class Embed(Created, TenantOwned):
    """`id` is a public address, never a credential; `sites` are origins, perhaps with a wildcard label."""

    __tablename__ = "embeds"
    __table_args__ = (tenant_reference("chatbots", "chatbot_id"), UniqueConstraint("id"))

    id: Mapped[str] = mapped_column(primary_key=True)
    chatbot_id: Mapped[UUID]
    name: Mapped[str]
    channel: Mapped[str]
    sites: Mapped[list[Any]]
    enabled: Mapped[bool]
