"""A conversation and its turns: each holds the visitor's message and everything about its answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Created, TenantOwned, tenant_reference


class Conversation(Created, TenantOwned):
    """What one visitor and one chatbot say to each other through one embed; stored with its first message."""

    __tablename__ = "conversations"
    __table_args__ = (tenant_reference("chatbots", "chatbot_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    chatbot_id: Mapped[UUID]
    embed_id: Mapped[str]
    visitor_id: Mapped[UUID]
    site: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=101)


class Turn(TenantOwned):
    """A visitor's message, under the client's own id, and how it was answered.

    `state`: running, finished or failed. `events` are what was sent, for those who come back. A question that found
    nothing has the outcome `nothing_found` and is kept for the designer.
    """

    __tablename__ = "turns"
    __table_args__ = (
        tenant_reference("conversations", "conversation_id"),
        UniqueConstraint("tenant_id", "conversation_id", "message_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    conversation_id: Mapped[UUID]
    chatbot_id: Mapped[UUID]
    release_id: Mapped[UUID]
    message_id: Mapped[UUID]
    question: Mapped[str]
    answer: Mapped[str] = mapped_column(server_default=text("''"))
    state: Mapped[str] = mapped_column(server_default=text("'running'"))
    outcome: Mapped[str | None]
    code: Mapped[str] = mapped_column(server_default=text("''"))
    answered_by: Mapped[str] = mapped_column(server_default=text("''"))
    input_tokens: Mapped[int] = mapped_column(server_default=text("0"))
    output_tokens: Mapped[int] = mapped_column(server_default=text("0"))
    cached_tokens: Mapped[int] = mapped_column(server_default=text("0"))
    cost_microunits: Mapped[int | None]
    price_snapshot: Mapped[str] = mapped_column(server_default=text("''"))
    retrieved_seconds: Mapped[float | None]
    first_token_seconds: Mapped[float | None]
    first_delta_seconds: Mapped[float | None]
    finished_seconds: Mapped[float | None]
    retrieved: Mapped[list[Any]] = mapped_column(server_default=text("'[]'::jsonb"))
    cues: Mapped[list[Any]] = mapped_column(server_default=text("'[]'::jsonb"))
    fallbacks: Mapped[list[Any]] = mapped_column(server_default=text("'[]'::jsonb"))
    events: Mapped[list[Any]] = mapped_column(server_default=text("'[]'::jsonb"))
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]
