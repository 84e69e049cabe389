"""Documents of a chatbot, and the passages that they were cut into."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Created, TenantOwned, tenant_reference

DIMENSIONS = 384


class Document(Created, TenantOwned):
    """One document by its content. It stays for as long as the draft or a release names it.

    `state`: received, parsed, split, embedded, then live or failed.
    """

    __tablename__ = "documents"
    __table_args__ = (tenant_reference("chatbots", "chatbot_id"), UniqueConstraint("tenant_id", "chatbot_id", "sha256"))

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    chatbot_id: Mapped[UUID]
    sha256: Mapped[str]
    name: Mapped[str]
    title: Mapped[str]
    media_type: Mapped[str]
    place: Mapped[int]
    in_draft: Mapped[bool] = mapped_column(server_default=text("true"))
    released: Mapped[bool] = mapped_column(server_default=text("false"))
    state: Mapped[str] = mapped_column(server_default=text("'received'"))
    progress: Mapped[float] = mapped_column(server_default=text("0"))
    passages: Mapped[int] = mapped_column(server_default=text("0"))
    problem: Mapped[str] = mapped_column(server_default=text("''"))
    language: Mapped[str] = mapped_column(server_default=text("'simple'"))
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=101)


class IndexedPassage(TenantOwned):
    """A passage as it is searched: `words` stemmed in its language, `plain_words` as they stand."""

    __tablename__ = "passages"
    __table_args__ = (tenant_reference("documents", "document_id"),)

    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    context: Mapped[str]
    page: Mapped[int | None]
    heading: Mapped[list[Any]]
    starts: Mapped[int]
    ends: Mapped[int]
    language: Mapped[str]
    words: Mapped[str] = mapped_column(TSVECTOR)
    plain_words: Mapped[str] = mapped_column(TSVECTOR)
    embedding: Mapped[Any] = mapped_column(HALFVEC(DIMENSIONS))
