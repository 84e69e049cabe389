"""Releases say who made them."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the author's name as it was then; releases of before have none."""
    op.add_column("releases", sa.Column("author", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Forgets the authors."""
    op.drop_column("releases", "author")
