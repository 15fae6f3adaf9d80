"""Table of the worker's jobs: when each last did its work, and what stopped it since."""

from sqlalchemy import Column, String, Table

from bot.storage.metadata import metadata
from bot.storage.types import UtcDateTime

job_runs = Table(
    "job_runs",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("last_run_at", UtcDateTime),
    Column("last_error", String(80), nullable=False),
)
