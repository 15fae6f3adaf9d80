"""What is learnt from conversations: masked sentences that were not understood, numbers by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "unanswered",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("near", sa.String(length=80), nullable=False),
        sa.CheckConstraint("kind IN ('question', 'reason')", name=op.f("ck_unanswered_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered")),
    )
    op.create_index(op.f("ix_unanswered_said_on"), "unanswered", ["said_on"])
    op.create_table(
        "counters",
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("counted_on", "name", "label", name=op.f("pk_counters")),
    )


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
