"""A notice keeps the way it left by; a promise may be about an appointment, and outlive its conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("way", sa.String(length=10), nullable=False, server_default=""))
    # There was only one until now.
    op.execute("UPDATE outbox SET way = 'email' WHERE status = 'sent'")
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("way", existing_type=sa.String(length=10), server_default=None)
    with op.batch_alter_table("next_steps") as steps:
        steps.add_column(sa.Column("appointment_id", sa.String(length=64), nullable=True))
        steps.alter_column("conversation_id", existing_type=sa.String(length=80), nullable=True)
        steps.create_foreign_key(
            op.f("fk_next_steps_appointment_id"), "appointments", ["appointment_id"], ["id"], ondelete="CASCADE"
        )
        steps.create_check_constraint(
            op.f("ck_next_steps_about_something"), "conversation_id IS NOT NULL OR appointment_id IS NOT NULL"
        )
    op.create_index(op.f("ix_next_steps_appointment_id"), "next_steps", ["appointment_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
