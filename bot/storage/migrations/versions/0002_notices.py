"""Notices keep the hour they were due at and why they were given up; jobs keep their last run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_runs",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("last_run_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_runs")),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        outbox.add_column(sa.Column("reason", sa.String(length=40), nullable=False, server_default=""))
    op.execute("UPDATE outbox SET due_at = next_try_at")
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("due_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        outbox.alter_column("reason", existing_type=sa.String(length=40), server_default=None)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
