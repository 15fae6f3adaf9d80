"""Visitors of the website: the token that opens a conversation, and which of their lines still need an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Lines already there: each was answered, or told that it could not be.
    op.add_column("messages", sa.Column("awaited", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "visitor_tokens",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=80), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_visitor_tokens_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_visitor_tokens")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_visitor_tokens_conversation_id")),
    )


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
