"""The table of what people agreed to pass on to an adviser, line by line."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, String, Table, text

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

_IN_A_CONVERSATION = text("conversation_id <> ''")

intakes = Table(
    "intakes",
    metadata,
    Column("id", String(64), primary_key=True),
    # Empty once the conversation is erased: what was agreed for an appointment is kept with it. No foreign key,
    # which would take it away with the conversation.
    Column("conversation_id", String(80), nullable=False),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), unique=True),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("agreed", Boolean, nullable=False),
    # The lines kept, in order: [[topic, words], …]. Those hidden were never here.
    Column("lines", JSON, nullable=False),
    Column("for_request", Boolean, nullable=False),
    Column("earlier_until", BigInteger, nullable=False),
    Index(
        "uq_intakes_conversation",
        "conversation_id",
        unique=True,
        sqlite_where=_IN_A_CONVERSATION,
        postgresql_where=_IN_A_CONVERSATION,
    ),
)
