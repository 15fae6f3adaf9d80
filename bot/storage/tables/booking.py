"""Tables of the network and of bookings.

An opening is never stored. Taking time is: one row per adviser and quarter-hour in
`taken_quarters`, whose primary key lets nobody own a quarter twice.
"""

from __future__ import annotations

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
    text,
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

holds = Table(
    "holds",
    metadata,
    Column("id", String(64), primary_key=True),
    # One hold a conversation: nobody keeps a whole afternoon.
    Column("conversation_id", String(255), nullable=False, unique=True),
    Column("adviser_id", ForeignKey("advisers.id"), nullable=False),
    Column("relay_point_code", ForeignKey("relay_points.code"), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("mode", String(20), nullable=False),
    Column("ends_at", UtcDateTime, nullable=False, index=True),
    Column("renewed", Boolean, nullable=False),
)

_ON_THE_PATH = text("state IN ('booked', 'seen')")
_ACTIVE_FIRST = text("state = 'booked' AND rank = 1")

appointments = Table(
    "appointments",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("reference", String(20), nullable=False, unique=True),
    Column("idempotency_key", String(255), nullable=False, unique=True),
    Column("conversation_id", String(255), nullable=False, index=True),
    Column("adviser_id", ForeignKey("advisers.id"), nullable=False),
    Column("relay_point_code", ForeignKey("relay_points.code"), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False, index=True),
    Column("minutes", Integer, nullable=False),
    Column("mode", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("email", String(254)),
    Column("phone", String(20)),
    Column("email_digest", String(64)),
    Column("phone_digest", String(64)),
    Column("booked_at", UtcDateTime, nullable=False),
    # The appointment before it on the path; no foreign key, which SQLite could not add without copying the table.
    Column("follows_id", String(64)),
    # The version of the interview's frame read before confirming; empty when none was shown.
    Column("alliance", String(20), nullable=False, server_default=""),
    # One appointment at a time follows another.
    Index(
        "uq_appointments_following",
        "follows_id",
        unique=True,
        sqlite_where=_ON_THE_PATH,
        postgresql_where=_ON_THE_PATH,
    ),
    # One first appointment to come per person. NULL digests never collide.
    Index(
        "uq_appointments_active_email",
        "email_digest",
        unique=True,
        sqlite_where=_ACTIVE_FIRST,
        postgresql_where=_ACTIVE_FIRST,
    ),
    Index(
        "uq_appointments_active_phone",
        "phone_digest",
        unique=True,
        sqlite_where=_ACTIVE_FIRST,
        postgresql_where=_ACTIVE_FIRST,
    ),
)

taken_quarters = Table(
    "taken_quarters",
    metadata,
    Column("adviser_id", ForeignKey("advisers.id"), primary_key=True),
    Column("quarter_at", UtcDateTime, primary_key=True),
    Column("hold_id", ForeignKey("holds.id", ondelete="CASCADE"), index=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), index=True),
    CheckConstraint("(hold_id IS NULL) <> (appointment_id IS NULL)", name="one_owner"),
)

appointment_history = Table(
    "appointment_history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("appointment_id", ForeignKey("appointments.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("what", String(40), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("adviser_id", String(64), nullable=False),
    Column("relay_point_code", String(64), nullable=False),
    Column("idempotency_key", String(255), unique=True),
    # The adviser who did it; empty for the person.
    Column("actor", String(64), nullable=False, server_default=""),
)

proof_attempts = Table(
    "proof_attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reference_digest", String(64), nullable=False, index=True),
    Column("origin_digest", String(64), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False, index=True),
)
