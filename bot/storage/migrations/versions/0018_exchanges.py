"""What advisers ask one another, and what they answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "exchanges",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=True),
        sa.Column("unnamed", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("sending", sa.String(length=64), nullable=False),
        _of_account("exchanges", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchanges")),
        sa.UniqueConstraint("sending", name=op.f("uq_exchanges_sending")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "exchange_replies",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("exchange_id", NUMBER, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=True),
        sa.Column("unnamed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sending", sa.String(length=64), nullable=False),
        _of_account("exchange_replies", "SET NULL"),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["exchanges.id"],
            name=op.f("fk_exchange_replies_exchange_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_replies")),
        sa.UniqueConstraint("sending", name=op.f("uq_exchange_replies_sending")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "exchange_marks",
        sa.Column("reply_id", NUMBER, nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        _of_account("exchange_marks", "CASCADE"),
        sa.ForeignKeyConstraint(
            ["reply_id"],
            ["exchange_replies.id"],
            name=op.f("fk_exchange_marks_reply_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reply_id", "account_id", name=op.f("pk_exchange_marks")),
    )
    op.create_table(
        "exchange_visits",
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        _of_account("exchange_visits", "CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_exchange_visits")),
    )
    for table, column in (
        ("exchanges", "account_id"),
        ("exchanges", "active_at"),
        ("exchange_replies", "account_id"),
        ("exchange_replies", "exchange_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _of_account(table: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"],
        ["accounts.id"],
        name=op.f(f"fk_{table}_account_id"),
        ondelete=ondelete,
    )


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
