"""Tables of answers being written, with every step they went through, and of sentences that were not understood."""

from sqlalchemy import JSON, CheckConstraint, Column, Date, ForeignKey, Integer, String, Table, Text

from bot.storage.metadata import metadata
from bot.storage.types import RowNumber, UtcDateTime

writings = Table(
    "writings",
    metadata,
    Column("id", RowNumber, primary_key=True),
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
    Column("id", RowNumber, primary_key=True),
    Column("writing_id", ForeignKey("writings.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("account_id", String(64), nullable=False),
    Column("what", String(20), nullable=False),
    Column("remark", Text, nullable=False),
    Column("content", JSON, nullable=False),
)

# No conversation, no channel, no hour: a day and words, masked before they come here.
unanswered = Table(
    "unanswered",
    metadata,
    Column("id", RowNumber, primary_key=True),
    Column("said_on", Date, nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("near", String(80), nullable=False),
    CheckConstraint("kind IN ('question', 'reason')", name="kind"),
)
