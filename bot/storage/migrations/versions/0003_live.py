"""A request for a person keeps the line that asked, and when advisers were warned that nobody took it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Requests already there: the transcript is read from where they were asked, never from before.
    op.add_column(
        "handovers", sa.Column("first_message_id", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.add_column("handovers", sa.Column("alerted_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE handovers SET first_message_id = COALESCE((SELECT MAX(messages.id) FROM messages"
        " WHERE messages.conversation_id = handovers.conversation_id"
        " AND messages.created_at <= handovers.asked_at), 0)"
    )


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward")
