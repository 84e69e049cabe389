"""Documents of chatbots and their indexed passages: words for full-text search, vectors for exact nearest search."""

import sqlalchemy as sa
from alembic import op
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

from server.db.rls import protect

revision = "0010"
down_revision = "0002"
branch_labels = None
depends_on = None

_DIMENSIONS = 384
_NOW = sa.text("now()")


def upgrade() -> None:
    """Makes both tables."""
    _make_documents()
    _make_passages()


def _make_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("tenant_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False, server_default=sa.text("uuidv7()")),
        sa.Column("chatbot_id", sa.Uuid, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("in_draft", sa.Boolean, nullable=False, server_default="true"),
        sa.Column("released", sa.Boolean, nullable=False, server_default="false"),
        sa.Column("state", sa.Text, nullable=False, server_default="received"),
        sa.Column("progress", sa.Double, nullable=False, server_default="0"),
        sa.Column("passages", sa.Integer, nullable=False, server_default="0"),
        sa.Column("problem", sa.Text, nullable=False, server_default=""),
        sa.Column("language", sa.Text, nullable=False, server_default="simple"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_documents"),
        sa.UniqueConstraint("tenant_id", "chatbot_id", "sha256", name="uq_documents_tenant_id_chatbot_id_sha256"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "chatbot_id"],
            ["chatbots.tenant_id", "chatbots.id"],
            name="fk_documents_tenant_id_chatbot_id",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "state IN ('received', 'parsed', 'split', 'embedded', 'live', 'failed')", name="ck_documents_state"
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 1", name="ck_documents_progress"),
    )
    protect("documents")


def _make_passages() -> None:
    op.create_table(
        "passages",
        sa.Column("tenant_id", sa.Uuid, nullable=False),
        sa.Column("document_id", sa.Uuid, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("context", sa.Text, nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("heading", JSONB, nullable=False),
        sa.Column("starts", sa.Integer, nullable=False),
        sa.Column("ends", sa.Integer, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("words", TSVECTOR, nullable=False),
        sa.Column("plain_words", TSVECTOR, nullable=False),
        sa.Column("embedding", HALFVEC(_DIMENSIONS), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "document_id", "place", name="pk_passages"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["documents.tenant_id", "documents.id"],
            name="fk_passages_tenant_id_document_id",
            ondelete="CASCADE",
        ),
    )
    # Out of line, every comparison would fetch its vector from another table: five times slower.
    op.execute("ALTER TABLE passages ALTER COLUMN embedding SET STORAGE PLAIN")
    # So do the words: compressed or out of line, each search would unpack thousands of them.
    op.execute("ALTER TABLE passages ALTER COLUMN words SET STORAGE MAIN")
    op.execute("ALTER TABLE passages SET (toast_tuple_target = 8160)")
    protect("passages")


def downgrade() -> None:
    """Drops everything again."""
    op.drop_table("passages")
    op.drop_table("documents")
