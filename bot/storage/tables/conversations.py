"""Tables of conversations: who may enter them, the transcript, requests for a person, promises."""

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
from bot.storage.types import RowNumber, UtcDateTime

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
    Column("id", RowNumber, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("author", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("offers", Boolean, nullable=False),
    Column("expects", String(80)),
    Column("extras", JSON, nullable=False),
    Column("client_id", String(80)),
    Column("reply_to", RowNumber),
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
    Column("id", RowNumber, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("relay_point_code", String(64)),
    Column("state", String(10), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False, index=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("adviser_id", String(64)),
    Column("taken_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    # The visitor's line that asked; 0 when none is known.
    Column("first_message_id", BigInteger, nullable=False, server_default="0"),
    Column("alerted_at", UtcDateTime),
    CheckConstraint("state IN ('waiting', 'taken', 'closed')", name="state"),
    Index("uq_handovers_open", "conversation_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
)

next_steps = Table(
    "next_steps",
    metadata,
    Column("id", RowNumber, primary_key=True),
    # A promise made in a conversation, about an appointment, or both; it is forgotten with either.
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), index=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), index=True),
    Column("kind", String(40), nullable=False),
    Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("owner", String(64), nullable=False),
    Column("done_at", UtcDateTime),
    CheckConstraint("conversation_id IS NOT NULL OR appointment_id IS NOT NULL", name="about_something"),
)

# A keyed digest alone: reading the table opens no conversation.
visitor_tokens = Table(
    "visitor_tokens",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("given_at", UtcDateTime, nullable=False),
)
