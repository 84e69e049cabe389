"""Accounts, tenants, members and refresh tokens."""

import sqlalchemy as sa
from alembic import op

from server.db.rls import protect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.text("uuidv7()")
_NOW = sa.text("now()")


def upgrade() -> None:
    """Makes the tables; every one but `accounts` and `tenants` has a tenant, and those two show only what is near."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid, primary_key=True, server_default=_ID),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.UniqueConstraint("email", name="uq_accounts_email"),
        sa.CheckConstraint("email = lower(email)", name="ck_accounts_email_lower"),
    )
    op.create_table(
        "tenants",
        sa.Column("id", sa.Uuid, primary_key=True, server_default=_ID),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
    )
    _make_members()
    _make_refresh_tables()
    current = "nullif(current_setting('app.tenant_id', true), '')::uuid"
    protect("tenants", f"id = {current}")
    protect("accounts", f"id IN (SELECT account_id FROM members WHERE tenant_id = {current})")
    # Accounts are made and changed where people sign in, which is the platform's work.
    op.execute("REVOKE INSERT, UPDATE, DELETE ON accounts FROM troupe_app")
    op.execute("REVOKE ALL ON refresh_families, refresh_tokens FROM troupe_app")


def _make_members() -> None:
    op.create_table(
        "members",
        sa.Column("tenant_id", sa.Uuid, sa.ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.PrimaryKeyConstraint("tenant_id", "account_id", name="pk_members"),
        sa.CheckConstraint("role IN ('owner', 'admin', 'designer')", name="ck_members_role"),
    )
    op.create_index("ix_members_account_id", "members", ["account_id"])
    protect("members")


def _make_refresh_tables() -> None:
    op.create_table(
        "refresh_families",
        sa.Column("tenant_id", sa.Uuid, sa.ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False, server_default=_ID),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("breached", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_refresh_families"),
    )
    op.create_index("ix_refresh_families_account_id", "refresh_families", ["account_id"])
    op.create_table(
        "refresh_tokens",
        sa.Column("tenant_id", sa.Uuid, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False, server_default=_ID),
        sa.Column("family_id", sa.Uuid, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=_NOW),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_refresh_tokens"),
        sa.UniqueConstraint("digest", name="uq_refresh_tokens_digest"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "family_id"],
            ["refresh_families.tenant_id", "refresh_families.id"],
            name="fk_refresh_tokens_tenant_id_family_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_refresh_tokens_tenant_id_family_id", "refresh_tokens", ["tenant_id", "family_id"])
    protect("refresh_families")
    protect("refresh_tokens")


def downgrade() -> None:
    """Drops everything again."""
    op.execute("DROP POLICY tenant_only ON accounts")
    for table in ("refresh_tokens", "refresh_families", "members", "tenants", "accounts"):
        op.drop_table(table)
