"""Tables of the waiting list: who would come earlier, and the openings kept for them some hours."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text, text

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

earlier_wishes = Table(
    "earlier_wishes",
    metadata,
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("offers_made", Integer, nullable=False),
    Column("closed_at", UtcDateTime),
)

_OFFERED = text("state = 'open'")

earlier_offers = Table(
    "earlier_offers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), nullable=False, index=True),
    # No foreign key: the hold ends, the offer stays.
    Column("hold_id", String(64), nullable=False),
    Column("opening", Text, nullable=False),
    Column("offered_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    CheckConstraint("state IN ('open', 'accepted', 'declined', 'expired')", name="state"),
    Index("uq_earlier_offers_open", "appointment_id", unique=True, sqlite_where=_OFFERED, postgresql_where=_OFFERED),
)
