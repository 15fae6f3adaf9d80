"""Tables of what is learnt: masked sentences that lead to nobody, and numbers by day."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Integer, String, Table, Text

from bot.storage.metadata import metadata

_Number = BigInteger().with_variant(Integer(), "sqlite")

# No conversation, no channel, no hour: a day and words, masked before they come here.
unanswered = Table(
    "unanswered",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("said_on", Date, nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("near", String(80), nullable=False),
    CheckConstraint("kind IN ('question', 'reason')", name="kind"),
)

counters = Table(
    "counters",
    metadata,
    Column("counted_on", Date, primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("label", String(120), primary_key=True),
    Column("number", Integer, nullable=False),
)
