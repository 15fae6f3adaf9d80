"""Tables of bookings: holds, appointments and their history, the ways to them, requests, intakes, the waiting list.

An opening is never stored. Taking time is: one row per adviser and quarter-hour in `taken_quarters`, whose primary
key lets nobody own a quarter twice.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

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
    # The version of the interview's terms read before confirming; empty when none was shown.
    Column("terms_version", String(20), nullable=False, server_default=""),
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

appointment_links = Table(
    "appointment_links",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), nullable=False, unique=True),
)

# Nothing here leads to a person, nor to an appointment: a receipt outlives both.
request_receipts = Table(
    "request_receipts",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("requested_at", UtcDateTime, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("touched_at", UtcDateTime, nullable=False, index=True),
    Column("content", JSON, nullable=False),
)

_IN_A_CONVERSATION = text("conversation_id <> ''")

intakes = Table(
    "intakes",
    metadata,
    Column("id", String(64), primary_key=True),
    # Empty once the conversation is erased: what was agreed for an appointment is kept with it. No foreign key,
    # which would take it away with the conversation.
    Column("conversation_id", String(80), nullable=False),
    Column("appointment_id", ForeignKey("appointments.id", ondelete="CASCADE"), unique=True),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("agreed", Boolean, nullable=False),
    # The lines kept, in order: [[topic, words], …]. Those hidden were never here.
    Column("lines", JSON, nullable=False),
    Column("for_request", Boolean, nullable=False),
    Column("earlier_until", BigInteger, nullable=False),
    Index(
        "uq_intakes_conversation",
        "conversation_id",
        unique=True,
        sqlite_where=_IN_A_CONVERSATION,
        postgresql_where=_IN_A_CONVERSATION,
    ),
)

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
