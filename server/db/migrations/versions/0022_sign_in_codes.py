"""Codes that a browser hands to the studio: each traded once for a sign-in."""

import sqlalchemy as sa
from alembic import op

from server.db.rls import protect

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table, which is the platform's alone: who trades a code has no tenant yet."""
    op.create_table(
        "sign_in_codes",
        sa.Column("tenant_id", sa.Uuid, sa.ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False, server_default=sa.text("uuidv7()")),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("challenge", sa.Text, nullable=False),
        sa.Column("redirect_uri", sa.Text, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("family_id", sa.Uuid),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_sign_in_codes"),
        sa.UniqueConstraint("digest", name="uq_sign_in_codes_digest"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "family_id"],
            ["refresh_families.tenant_id", "refresh_families.id"],
            name="fk_sign_in_codes_tenant_id_family_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_sign_in_codes_account_id", "sign_in_codes", ["account_id"])
    op.create_index("ix_sign_in_codes_tenant_id_family_id", "sign_in_codes", ["tenant_id", "family_id"])
    protect("sign_in_codes")
    op.execute("REVOKE ALL ON sign_in_codes FROM troupe_app")


def downgrade() -> None:
    """Drops the table again."""
    op.drop_table("sign_in_codes")
