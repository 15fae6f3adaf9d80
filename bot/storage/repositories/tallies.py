"""Counting what the tables already hold, by relay point and never by adviser."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.domain.statistics.figures import Asked, AtPoint, Length
from bot.storage.tables.agenda import interviews
from bot.storage.tables.booking import appointment_history, appointments
from bot.storage.tables.conversations import handovers, outbox


class TallyRepository:
    """Counts over a period, its end left out; never by adviser."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def appointments(self, since: datetime, until: datetime) -> Sequence[AtPoint]:
        """What happened to appointments, by relay point: moves from their history, the rest from what they became."""
        point = appointments.c.relay_point_code
        booked = (
            select(point, func.count())
            .where(appointments.c.booked_at >= since, appointments.c.booked_at < until)
            .group_by(point)
        )
        became = (
            select(point, appointments.c.state, func.count())
            .where(appointments.c.starts_at >= since, appointments.c.starts_at < until)
            .group_by(point, appointments.c.state)
        )
        moved = (
            select(appointment_history.c.relay_point_code, func.count())
            .where(
                appointment_history.c.what == "moved",
                appointment_history.c.at >= since,
                appointment_history.c.at < until,
            )
            .group_by(appointment_history.c.relay_point_code)
        )
        run = self._connection.execute
        return [
            *(AtPoint(code, "taken", count) for code, count in run(booked)),
            *(AtPoint(code, "moved", count) for code, count in run(moved)),
            *(AtPoint(code, state, count) for code, state, count in run(became)),
        ]

    def handovers(self, since: datetime, until: datetime) -> Sequence[Asked]:
        """The requests for a person made then."""
        wanted = select(handovers).where(handovers.c.asked_at >= since, handovers.c.asked_at < until)
        return [
            Asked(
                row.relay_point_code or "",
                round((row.taken_at - row.asked_at).total_seconds() / 60) if row.taken_at else None,
                row.state == "waiting",
            )
            for row in self._connection.execute(wanted)
        ]

    def lengths(self, since: datetime, until: datetime) -> Sequence[Length]:
        """How long the interviews held then were planned, and were."""
        wanted = (
            select(appointments.c.minutes, interviews.c.minutes.label("real"), appointments.c.adviser_id)
            .join(interviews, interviews.c.appointment_id == appointments.c.id)
            .where(appointments.c.starts_at >= since, appointments.c.starts_at < until)
        )
        return [Length(row.minutes, row.real, row.adviser_id) for row in self._connection.execute(wanted)]

    def notices(self, since: datetime, until: datetime) -> Sequence[tuple[str, str, int]]:
        """Notices due then, by kind and status."""
        columns = (outbox.c.kind, outbox.c.status)
        counted = (
            select(*columns, func.count())
            .where(outbox.c.due_at >= since, outbox.c.due_at < until)
            .group_by(*columns)
            .order_by(*columns)
        )
        return [(kind, status, int(count)) for kind, status, count in self._connection.execute(counted)]
