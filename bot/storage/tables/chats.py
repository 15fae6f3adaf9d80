"""Tables of chats: where each conversation takes place, what arrived, codes to go on there."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, String, Table, text

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

# The only place that says which chat a conversation is: it goes with the conversation.
telegram_chats = Table(
    "telegram_chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("blocked_at", UtcDateTime),
    # Who treats what arrives, and who sends what leaves: one process each, until its time ends.
    Column("turn_owner", String(64)),
    Column("turn_until", UtcDateTime),
    Column("sender", String(64)),
    Column("sender_until", UtcDateTime),
    # The last line sent whole, and how much of the next one.
    Column("sent_id", BigInteger, nullable=False),
    Column("sent_parts", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", UtcDateTime),
)

_WAITING = text("done_at IS NULL")

# Once treated, only the number stays: it tells a repeat.
telegram_updates = Table(
    "telegram_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),
    Column("kind", String(20), nullable=False),
    Column("content", JSON, nullable=False),
    Column("received_at", UtcDateTime, nullable=False, index=True),
    Column("done_at", UtcDateTime),
    Index("ix_telegram_updates_waiting", "chat_id", "update_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
)

# A code is kept as a keyed digest, until it is used or its minutes are over.
transfer_codes = Table(
    "transfer_codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("ends_at", UtcDateTime, nullable=False),
)
