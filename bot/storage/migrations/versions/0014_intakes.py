"""What people agreed to pass on to an adviser, line by line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

IN_A_CONVERSATION = sa.text("conversation_id <> ''")


def upgrade() -> None:
    op.create_table(
        "intakes",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=80), nullable=False),
        sa.Column("appointment_id", sa.String(length=64), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("for_request", sa.Boolean(), nullable=False),
        sa.Column("earlier_until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointments.id"],
            name=op.f("fk_intakes_appointment_id_appointments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intakes")),
        sa.UniqueConstraint("appointment_id", name=op.f("uq_intakes_appointment_id")),
    )
    op.create_index(
        "uq_intakes_conversation",
        "intakes",
        ["conversation_id"],
        unique=True,
        sqlite_where=IN_A_CONVERSATION,
        postgresql_where=IN_A_CONVERSATION,
    )


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
