"""Conversations that were erased, so that nothing that comes late brings them back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erased_conversations",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_conversations")),
    )
    op.create_index(op.f("ix_erased_conversations_erased_at"), "erased_conversations", ["erased_at"])


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
