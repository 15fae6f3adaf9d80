"""Table of who may enter a conversation."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

# A keyed digest alone: reading the table opens no conversation.
visitor_tokens = Table(
    "visitor_tokens",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("given_at", UtcDateTime, nullable=False),
)
