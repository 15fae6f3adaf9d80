"""The version of the interview's terms that a person read before confirming."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("appointments", sa.Column("terms_version", sa.String(length=20), nullable=False, server_default=""))


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
