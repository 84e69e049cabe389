"""Embeds: a chatbot's channel on somebody's sites, under a public address."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from server.db.rls import definer_function, protect

revision = "0020"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table, and the one function that finds a public embed's tenant."""
    op.create_table(
        "embeds",
        sa.Column("tenant_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("chatbot_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("sites", JSONB, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_embeds"),
        # Visitors come with the id alone.
        sa.UniqueConstraint("id", name="uq_embeds_id"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "chatbot_id"],
            ["chatbots.tenant_id", "chatbots.id"],
            name="fk_embeds_tenant_id_chatbot_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("channel IN ('live', 'staging')", name="ck_embeds_channel"),
    )
    op.create_index("ix_embeds_chatbot", "embeds", ["tenant_id", "chatbot_id"])
    protect("embeds")
    definer_function("embed_tenant(embed text)", "uuid", "SELECT tenant_id FROM public.embeds WHERE id = embed")


def downgrade() -> None:
    """Drops everything again."""
    op.execute("DROP FUNCTION public.embed_tenant(text)")
    op.drop_table("embeds")
