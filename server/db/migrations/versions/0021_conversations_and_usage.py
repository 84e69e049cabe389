"""Conversations, their turns, and usage that is only ever added to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from server.db.rls import freeze, protect

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_NOW = sa.text("now()")
_EMPTY_LIST = sa.text("'[]'::jsonb")


def upgrade() -> None:
    """Makes the three tables."""
    _make_conversations()
    _make_turns()
    _make_usage()


def _make_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("tenant_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("chatbot_id", sa.Uuid, nullable=False),
        sa.Column("embed_id", sa.Text, nullable=False),
        sa.Column("visitor_id", sa.Uuid, nullable=False),
        sa.Column("site", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_conversations"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "chatbot_id"],
            ["chatbots.tenant_id", "chatbots.id"],
            name="fk_conversations_tenant_id_chatbot_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_conversations_chatbot", "conversations", ["tenant_id", "chatbot_id", "updated_at"])
    protect("conversations")


def _make_turns() -> None:
    op.create_table(
        "turns",
        sa.Column("tenant_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False, server_default=sa.text("uuidv7()")),
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("chatbot_id", sa.Uuid, nullable=False),
        sa.Column("release_id", sa.Uuid, nullable=False),
        sa.Column("message_id", sa.Uuid, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False, server_default=""),
        sa.Column("state", sa.Text, nullable=False, server_default="running"),
        sa.Column("outcome", sa.Text),
        sa.Column("code", sa.Text, nullable=False, server_default=""),
        sa.Column("answered_by", sa.Text, nullable=False, server_default=""),
        sa.Column("input_tokens", sa.Integer, nullable=False, server_default="0"),
        sa.Column("output_tokens", sa.Integer, nullable=False, server_default="0"),
        sa.Column("cached_tokens", sa.Integer, nullable=False, server_default="0"),
        sa.Column("cost_microunits", sa.BigInteger),
        sa.Column("price_snapshot", sa.Text, nullable=False, server_default=""),
        sa.Column("retrieved_seconds", sa.Double),
        sa.Column("first_token_seconds", sa.Double),
        sa.Column("first_delta_seconds", sa.Double),
        sa.Column("finished_seconds", sa.Double),
        sa.Column("retrieved", JSONB, nullable=False, server_default=_EMPTY_LIST),
        sa.Column("cues", JSONB, nullable=False, server_default=_EMPTY_LIST),
        sa.Column("fallbacks", JSONB, nullable=False, server_default=_EMPTY_LIST),
        sa.Column("events", JSONB, nullable=False, server_default=_EMPTY_LIST),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_turns"),
        # Sent twice, stored once.
        sa.UniqueConstraint(
            "tenant_id", "conversation_id", "message_id", name="uq_turns_tenant_id_conversation_id_message_id"
        ),
        sa.CheckConstraint("state IN ('running', 'finished', 'failed')", name="ck_turns_state"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "conversation_id"],
            ["conversations.tenant_id", "conversations.id"],
            name="fk_turns_tenant_id_conversation_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_turns_conversation", "turns", ["tenant_id", "conversation_id", "started_at"])
    op.create_index("ix_turns_running", "turns", ["started_at"], postgresql_where=sa.text("state = 'running'"))
    op.create_index(
        "ix_turns_nothing_found",
        "turns",
        ["tenant_id", "chatbot_id", "started_at"],
        postgresql_where=sa.text("outcome = 'nothing_found'"),
    )
    protect("turns")


def _make_usage() -> None:
    op.create_table(
        "usage",
        sa.Column("tenant_id", sa.Uuid, sa.ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("chatbot_id", sa.Uuid, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("input_tokens", sa.Integer, nullable=False),
        sa.Column("output_tokens", sa.Integer, nullable=False),
        sa.Column("cached_tokens", sa.Integer, nullable=False),
        sa.Column("cost_microunits", sa.BigInteger),
        sa.Column("price_snapshot", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_usage"),
    )
    op.create_index("ix_usage_created", "usage", ["tenant_id", "created_at"])
    protect("usage")
    freeze("usage")


def downgrade() -> None:
    """Drops everything again."""
    for table in ("usage", "turns", "conversations"):
        op.drop_table(table)
