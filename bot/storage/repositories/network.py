"""Advisers, their weekly ranges and the closures, as they are described by a territory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.booking.appointments import Appointment, State
from bot.domain.places.network import Adviser, Closure, Presence
from bot.storage.repositories.agendas import read_range
from bot.storage.repositories.appointments import every_appointment, read_appointment
from bot.storage.tables.booking import advisers, appointments, closures, relay_points, weekly_ranges


class NetworkRepository:
    """What makes relay points bookable: advisers, weekly ranges, closures."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save_adviser(self, adviser: Adviser) -> None:
        """Store a new adviser, or what changed in a known one."""
        values = {"id": adviser.id, "name": adviser.name, "demonstration": adviser.demonstration}
        changed = update(advisers).where(advisers.c.id == adviser.id).values(values)
        if not self._connection.execute(changed).rowcount:
            self._connection.execute(insert(advisers).values(values))

    def replace_presences(self, adviser_ids: Iterable[str], presences: Sequence[Presence]) -> None:
        """Put these weekly ranges in place of all those of these advisers."""
        self._connection.execute(delete(weekly_ranges).where(weekly_ranges.c.adviser_id.in_(list(adviser_ids))))
        if presences:
            self._connection.execute(insert(weekly_ranges), [presence_row(each) for each in presences])

    def replace_closures(self, new: Sequence[Closure]) -> None:
        """Put these closures in place of all the others."""
        self._connection.execute(delete(closures))
        if new:
            self._connection.execute(insert(closures), [closure_row(each) for each in new])

    def advisers(self) -> Sequence[Adviser]:
        """Every adviser, by identifier."""
        rows = self._connection.execute(select(advisers).order_by(advisers.c.id))
        return [Adviser(row.id, row.name, row.demonstration) for row in rows]

    def presences(self) -> Sequence[Presence]:
        """Every weekly range, those of the past included."""
        columns = weekly_ranges.c
        rows = self._connection.execute(
            select(weekly_ranges).order_by(columns.adviser_id, columns.valid_from, columns.weekday, columns.starts)
        )
        return [Presence(row.relay_point_code, read_range(row._mapping)) for row in rows]

    def closures(self) -> Sequence[Closure]:
        """Every closure and absence, earliest first."""
        rows = self._connection.execute(select(closures).order_by(closures.c.starts_at, closures.c.id))
        return [
            Closure(row.starts_at, row.ends_at, row.relay_point_code or "", row.adviser_id or "", row.reason)
            for row in rows
        ]

    def adviser_ids(self) -> frozenset[str]:
        """Every adviser known."""
        return frozenset(self._connection.execute(select(advisers.c.id)).scalars())

    def relay_point_codes(self) -> frozenset[str]:
        """Every relay point known, closed ones included."""
        return frozenset(self._connection.execute(select(relay_points.c.code)).scalars())

    def booked_at(self, code: str, since: datetime) -> Sequence[Appointment]:
        """The appointments still to take place at this relay point, from this instant on."""
        columns = appointments.c
        wanted = every_appointment().where(
            columns.relay_point_code == code, columns.starts_at >= since, columns.state == State.BOOKED.value
        )
        return [read_appointment(row._mapping) for row in self._connection.execute(wanted)]

    def close_points(self, codes: Iterable[str], on: date) -> None:
        """Close these relay points from that day; what was booked there stays."""
        closed = update(relay_points).where(relay_points.c.code.in_(list(codes)), relay_points.c.closed_on.is_(None))
        self._connection.execute(closed.values(closed_on=on))


def presence_row(presence: Presence) -> dict[str, Any]:
    """The row of a weekly range."""
    weekly = presence.weekly
    return {
        "adviser_id": weekly.adviser_id,
        "relay_point_code": presence.relay_point_code,
        "weekday": weekly.weekday,
        "starts": weekly.starts,
        "ends": weekly.ends,
        "modes": " ".join(sorted(weekly.modes)),
        "valid_from": weekly.validity.valid_from,
        "valid_until": weekly.validity.valid_until,
    }


def closure_row(closure: Closure) -> dict[str, Any]:
    """The row of a closure."""
    return {
        "relay_point_code": closure.relay_point_code or None,
        "adviser_id": closure.adviser_id or None,
        "starts_at": closure.starts_at,
        "ends_at": closure.ends_at,
        "reason": closure.reason,
    }
