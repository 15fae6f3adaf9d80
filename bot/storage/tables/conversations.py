"""Tables of the transcript, of requests for a person, of promises, and of notices to send."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

# SQLite numbers rows by itself only when the key is exactly INTEGER.
_Number = BigInteger().with_variant(Integer(), "sqlite")

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("adviser_id", String(64)),
    Column("version", Integer, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("last_user_at", UtcDateTime, index=True),
    CheckConstraint("state IN ('bot', 'waiting', 'human', 'closed')", name="state"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("author", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("offers", Boolean, nullable=False),
    Column("expects", String(80)),
    Column("extras", JSON, nullable=False),
    Column("client_id", String(80)),
    Column("reply_to", _Number),
    Column("hidden", Boolean, nullable=False),
    # A visitor's line the assistant has to answer, and has not yet; nothing else is ever true.
    Column("awaited", Boolean, nullable=False, server_default=false()),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("author IN ('user', 'bot', 'adviser', 'system')", name="author"),
    UniqueConstraint("conversation_id", "client_id"),
    Index("ix_messages_conversation_id_id", "conversation_id", "id"),
    # A reader asks for what comes after a number: none may ever be given twice.
    sqlite_autoincrement=True,
)

_OPEN = text("state IN ('waiting', 'taken')")

handovers = Table(
    "handovers",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("relay_point_code", String(64)),
    Column("state", String(10), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False, index=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("adviser_id", String(64)),
    Column("taken_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    # The visitor's line that asked; 0 for requests older than this column.
    Column("first_message_id", BigInteger, nullable=False, server_default="0"),
    Column("alerted_at", UtcDateTime),
    CheckConstraint("state IN ('waiting', 'taken', 'closed')", name="state"),
    Index("uq_handovers_open", "conversation_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
)

next_steps = Table(
    "next_steps",
    metadata,
    Column("id", _Number, primary_key=True),
    # A promise made in a conversation, about an appointment, or both; it is forgotten with either.
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), index=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), index=True),
    Column("kind", String(40), nullable=False),
    Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("owner", String(64), nullable=False),
    Column("done_at", UtcDateTime),
    CheckConstraint("conversation_id IS NOT NULL OR appointment_id IS NOT NULL", name="about_something"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _Number, primary_key=True),
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
