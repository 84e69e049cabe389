"""Usage as rows that are only ever added."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from server.db.base import Created, TenantOwned


class UsageRow(Created, TenantOwned):
    """One use of a model. It has no foreign key: it outlives what it was used for.

    `id` is that of the turn, so that the same use is never counted twice. `cost_microunits` is None when the price is
    unknown, never zero for it.
    """

    __tablename__ = "usage"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    chatbot_id: Mapped[UUID]
    model: Mapped[str]
    input_tokens: Mapped[int]
    output_tokens: Mapped[int]
    cached_tokens: Mapped[int]
    cost_microunits: Mapped[int | None]
    price_snapshot: Mapped[str]
