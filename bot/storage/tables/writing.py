"""Tables of answers being written in the console, and of every step they went through, which only grow."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, ForeignKey, Integer, String, Table, Text

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

_Number = BigInteger().with_variant(Integer(), "sqlite")

writings = Table(
    "writings",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("stage", String(10), nullable=False),
    Column("content", JSON, nullable=False),
    # Accounts who wrote in it; none of them may approve it.
    Column("authors", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("stage IN ('draft', 'proposed', 'approved', 'discarded')", name="stage"),
)

writing_steps = Table(
    "writing_steps",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("writing_id", ForeignKey("writings.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("account_id", String(64), nullable=False),
    Column("what", String(20), nullable=False),
    Column("remark", Text, nullable=False),
    Column("content", JSON, nullable=False),
)
