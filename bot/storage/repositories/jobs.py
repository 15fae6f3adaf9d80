"""The worker's jobs in the database, so that anybody can see whether they still run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.storage.tables.jobs import job_runs


class JobRepository:
    """What the worker did last, by the name of the job."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def done(self, name: str, now: datetime) -> None:
        """Note that the job did its work."""
        self._store(name, {"last_run_at": now, "last_error": ""})

    def failed(self, name: str, error: str) -> None:
        """Note what stopped it; its last good run stays."""
        self._store(name, {"last_error": error[:80]})

    def last_runs(self) -> Mapping[str, datetime]:
        """When each job last did its work; one that never did is absent."""
        ran = select(job_runs).where(job_runs.c.last_run_at.is_not(None))
        return {row.name: row.last_run_at for row in self._connection.execute(ran)}

    def _store(self, name: str, values: Mapping[str, object]) -> None:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        new = dialect.insert(job_runs).values({"name": name, **values})
        self._connection.execute(new.on_conflict_do_update(index_elements=["name"], set_=dict(values)))
