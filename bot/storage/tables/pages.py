"""Tables of the public pages: secret links, receipts of requests, requests being written."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, String, Table

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

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
