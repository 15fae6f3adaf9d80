"""Tables of the advisers' agenda: what was noted of an interview, and the secret calendars."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, String, Table

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

# No free text: once the appointment's person is forgotten, this only counts in statistics.
interviews = Table(
    "interviews",
    metadata,
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), primary_key=True),
    Column("minutes", Integer, nullable=False),
    Column("level", Integer),
    Column("sequel", String(20), nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    Column("noted_by", String(64), nullable=False),
    CheckConstraint("minutes > 0", name="minutes"),
)

calendar_feeds = Table(
    "calendar_feeds",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("with_names", Boolean, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
)
