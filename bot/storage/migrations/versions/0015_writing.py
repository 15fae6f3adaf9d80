"""Answers written in the console, and every step they went through."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "writings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('draft', 'proposed', 'approved', 'discarded')", name=op.f("ck_writings_stage")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writings")),
    )
    op.create_table(
        "writing_steps",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("writing_id", NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["writing_id"],
            ["writings.id"],
            name=op.f("fk_writing_steps_writing_id_writings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writing_steps")),
    )
    op.create_index(op.f("ix_writing_steps_writing_id"), "writing_steps", ["writing_id"])


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
