"""Blobs and their uploads; chatbots, their releases and channels."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from server.db.rls import definer_function, freeze, protect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.text("uuidv7()")
_NOW = sa.text("now()")


def upgrade() -> None:
    """Makes the tables, and the one function that finds a public release's tenant."""
    _make_blobs()
    _make_chatbots()
    _make_releases()
    definer_function(
        "release_tenant(release uuid)",
        "uuid",
        "SELECT tenant_id FROM public.releases WHERE id = release",
    )


def _tenant() -> sa.Column[object]:
    return sa.Column("tenant_id", sa.Uuid, sa.ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False)


def _at(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, server_default=_NOW)


def _make_blobs() -> None:
    op.create_table(
        "blobs",
        _tenant(),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        _at("created_at"),
        sa.PrimaryKeyConstraint("tenant_id", "sha256", name="pk_blobs"),
    )
    op.create_table(
        "uploads",
        _tenant(),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("parts", JSONB, nullable=False, server_default="[]"),
        _at("created_at"),
        _at("updated_at"),
        sa.PrimaryKeyConstraint("tenant_id", "sha256", name="pk_uploads"),
        sa.CheckConstraint("received BETWEEN 0 AND total", name="ck_uploads_received"),
    )
    protect("blobs")
    protect("uploads")


def _make_chatbots() -> None:
    op.create_table(
        "chatbots",
        _tenant(),
        sa.Column("id", sa.Uuid, nullable=False, server_default=_ID),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
        sa.Column("draft", JSONB, nullable=False),
        _at("created_at"),
        _at("updated_at"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_chatbots"),
    )
    protect("chatbots")


def _make_releases() -> None:
    chatbot = sa.ForeignKeyConstraint(
        ["tenant_id", "chatbot_id"], ["chatbots.tenant_id", "chatbots.id"], ondelete="CASCADE",
        name="fk_releases_tenant_id_chatbot_id",
    )  # fmt: skip
    op.create_table(
        "releases",
        sa.Column("tenant_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False, server_default=_ID),
        sa.Column("chatbot_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("draft", JSONB, nullable=False),
        sa.Column("documents", JSONB, nullable=False),
        sa.Column("findings", JSONB, nullable=False),
        _at("created_at"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_releases"),
        sa.UniqueConstraint("id", name="uq_releases_id"),
        sa.UniqueConstraint("tenant_id", "chatbot_id", "id", name="uq_releases_tenant_id_chatbot_id_id"),
        sa.UniqueConstraint("tenant_id", "chatbot_id", "number", name="uq_releases_tenant_id_chatbot_id_number"),
        chatbot,
    )
    op.create_table(
        "channels",
        sa.Column("tenant_id", sa.Uuid, nullable=False),
        sa.Column("chatbot_id", sa.Uuid, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("release_id", sa.Uuid, nullable=False),
        _at("moved_at"),
        sa.PrimaryKeyConstraint("tenant_id", "chatbot_id", "channel", name="pk_channels"),
        sa.CheckConstraint("channel IN ('live', 'staging')", name="ck_channels_channel"),
        # Through the chatbot: a channel can only point at a release of its own chatbot.
        sa.ForeignKeyConstraint(
            ["tenant_id", "chatbot_id", "release_id"],
            ["releases.tenant_id", "releases.chatbot_id", "releases.id"],
            name="fk_channels_tenant_id_chatbot_id_release_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_channels_release", "channels", ["tenant_id", "chatbot_id", "release_id"])
    protect("releases")
    protect("channels")
    freeze("releases")


def downgrade() -> None:
    """Drops everything again."""
    op.execute("DROP FUNCTION public.release_tenant(uuid)")
    for table in ("channels", "releases", "chatbots", "uploads", "blobs"):
        op.drop_table(table)
