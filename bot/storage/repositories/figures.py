"""Counting what the database holds, for those who watch the service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.schema import Table

from bot.storage.tables.booking import appointments, holds
from bot.storage.tables.conversations import conversations, handovers, outbox


class FigureRepository:
    """How many of each there are."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
        asked: datetime | None = self._connection.execute(oldest).scalar()
        return asked

    def _count(self, table: Table, *where: ColumnElement[bool]) -> float:
        wanted = select(func.count()).select_from(table).where(*where)
        return float(self._connection.execute(wanted).scalar() or 0)
