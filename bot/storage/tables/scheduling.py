"""Tables of the network: places, advisers, their hours, closures, what they note of interviews, their calendars."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
)

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

relay_points = Table(
    "relay_points",
    metadata,
    Column("code", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("postcode", String(10), nullable=False),
    Column("city", Text, nullable=False),
    Column("department", String(3), nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("phone", String(20), nullable=False),
    Column("email", String(254), nullable=False),
    Column("opening_hours", Text, nullable=False),
    Column("access", Text, nullable=False),
    Column("step_free", Boolean),
    Column("time_zone", String(64), nullable=False),
    Column("alsace_moselle", Boolean, nullable=False),
    Column("serves", Text, nullable=False),
    Column("closed_on", Date),
    Column("demonstration", Boolean, nullable=False),
    Index("ix_relay_points_latitude_longitude", "latitude", "longitude"),
)

advisers = Table(
    "advisers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("demonstration", Boolean, nullable=False),
)

weekly_ranges = Table(
    "weekly_ranges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("adviser_id", ForeignKey("advisers.id"), nullable=False),
    Column("relay_point_code", ForeignKey("relay_points.code"), nullable=False, index=True),
    Column("weekday", Integer, nullable=False),
    Column("starts", Time, nullable=False),
    Column("ends", Time, nullable=False),
    Column("modes", String(40), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    CheckConstraint("starts < ends", name="order"),
)

closures = Table(
    "closures",
    metadata,
    Column("id", Integer, primary_key=True),
    # Neither: the whole network. A point: everybody there. An adviser: that absence, everywhere.
    Column("relay_point_code", ForeignKey("relay_points.code")),
    Column("adviser_id", ForeignKey("advisers.id")),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    CheckConstraint("starts_at < ends_at", name="order"),
)

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
