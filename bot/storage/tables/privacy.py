"""Table of the conversations that are no more."""

from sqlalchemy import Column, String, Table

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

# An identifier the server drew, and no more: what comes late must find that its conversation was erased.
erased_conversations = Table(
    "erased_conversations",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("erased_at", UtcDateTime, nullable=False, index=True),
    # When the assistant's memory was cleared too; until then, it is to be done again.
    Column("finished_at", UtcDateTime),
)
