"""Table of notices to send."""

from sqlalchemy import JSON, CheckConstraint, Column, Index, Integer, String, Table

from bot.storage.metadata import metadata
from bot.storage.types import RowNumber, UtcDateTime

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowNumber, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject_id", String(80), nullable=False, index=True),
    Column("payload", JSON, nullable=False),
    Column("status", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("next_try_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("reason", String(40), nullable=False),
    Column("way", String(10), nullable=False),
    CheckConstraint("status IN ('waiting', 'sent', 'dropped')", name="status"),
    Index("ix_outbox_status_next_try_at", "status", "next_try_at"),
)
