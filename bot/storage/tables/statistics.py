"""Tables of numbers by day, and of what people say of interviews: who may still answer, and the answers."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from bot.storage.metadata import metadata
from bot.storage.types import RowNumber

counters = Table(
    "counters",
    metadata,
    Column("counted_on", Date, primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("label", String(120), primary_key=True),
    Column("number", Integer, nullable=False),
)

# Goes with the answer: nothing then leads from one to the other.
feedback_asks = Table(
    "feedback_asks",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), nullable=False, unique=True),
)

# A month, never a day: a day and an agenda would name the person.
feedbacks = Table(
    "feedbacks",
    metadata,
    Column("id", RowNumber, primary_key=True),
    Column("month", Date, nullable=False, index=True),
    Column("adviser_id", String(64), nullable=False),
    Column("helped", String(10), nullable=False),
    Column("words", Text, nullable=False),
    # Whether it is part of a group large enough to be read.
    Column("batch", BigInteger),
    CheckConstraint("helped IN ('yes', 'partly', 'no')", name="helped"),
    Index("ix_feedbacks_adviser_id_batch", "adviser_id", "batch"),
)
