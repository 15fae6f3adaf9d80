"""What people say of interviews, two days after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback_asks",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("appointment_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_feedback_asks_appointment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_feedback_asks")),
        sa.UniqueConstraint("appointment_id", name=op.f("uq_feedback_asks_appointment_id")),
    )
    op.create_table(
        "feedbacks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("adviser_id", sa.String(length=64), nullable=False),
        sa.Column("helped", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("helped IN ('yes', 'partly', 'no')", name=op.f("ck_feedbacks_helped")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedbacks")),
    )
    op.create_index(op.f("ix_feedbacks_month"), "feedbacks", ["month"])
    op.create_index("ix_feedbacks_adviser_id_batch", "feedbacks", ["adviser_id", "batch"])


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
