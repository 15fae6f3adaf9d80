"""The worker's jobs, so that anybody can see whether they still run, and how many of each thing there are."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.schema import Table

from bot.storage.repositories.base import Repository
from bot.storage.tables.booking import appointments, holds
from bot.storage.tables.conversations import conversations, handovers
from bot.storage.tables.notifications import outbox
from bot.storage.tables.operations import job_runs


class JobRepository(Repository):
    """What the worker did last, by the name of the job."""

    def done(self, name: str, now: datetime) -> None:
        """Note that the job did its work."""
        self._store(name, {"last_run_at": now, "last_error": ""})

    def failed(self, name: str, error: str) -> None:
        """Note what stopped it; its last good run stays."""
        self._store(name, {"last_error": error[:80]})

    def last_runs(self) -> Mapping[str, datetime]:
        """When each job last did its work; one that never did is absent."""
        ran = select(job_runs).where(job_runs.c.last_run_at.is_not(None))
        return {row.name: row.last_run_at for row in self._run(ran)}

    def _store(self, name: str, values: Mapping[str, object]) -> None:
        self._insert_or_change(job_runs, {"name": name, **values}, ["name"], values)


class FigureRepository(Repository):
    """How many of each there are."""

    def counts(self, now: datetime) -> Mapping[str, float]:
        """How many rows of each kind there are now."""
        return {
            "outbox_waiting": self._count(outbox, (outbox.c.status == "waiting") & (outbox.c.next_try_at <= now)),
            "handovers_waiting": self._count(handovers, handovers.c.state == "waiting"),
            "appointments_to_come": self._count(
                appointments, (appointments.c.state == "booked") & (appointments.c.starts_at > now)
            ),
            "appointments_booked": self._count(appointments),
            "holds_open": self._count(holds, holds.c.ends_at > now),
            "conversations_kept": self._count(conversations),
        }

    def oldest_handover(self) -> datetime | None:
        """When the request for a person that waits longest was made."""
        oldest = select(func.min(handovers.c.asked_at)).where(handovers.c.state == "waiting")
        return self._run(oldest).scalar()

    def _count(self, table: Table, *where: ColumnElement[bool]) -> float:
        wanted = select(func.count()).select_from(table).where(*where)
        return float(self._run(wanted).scalar() or 0)
