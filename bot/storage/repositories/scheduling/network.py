"""Relay points, advisers, their weekly ranges and the closures, as a territory describes them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.engine import Row

from bot.domain.booking.appointments import Appointment, State
from bot.domain.places.network import Adviser, Closure, Presence
from bot.domain.places.relay_points import Box, RelayPoint
from bot.storage.repositories.base import Repository, read_as, row_of
from bot.storage.repositories.booking.appointments import every_appointment, read_appointment
from bot.storage.repositories.booking.openings import read_range
from bot.storage.tables.booking import appointments
from bot.storage.tables.scheduling import advisers, closures, relay_points, weekly_ranges

_BY_CODE = select(relay_points).where(relay_points.c.code == bindparam("wanted"))


class RelayPointRepository(Repository):
    """The network's places, closed ones included."""

    def get(self, code: str) -> RelayPoint | None:
        """The relay point with this code, open or closed."""
        return self._first(read_relay_point, _BY_CODE, {"wanted": code})

    def within(self, box: Box, day: date) -> Sequence[RelayPoint]:
        """Those in this rectangle that are open that day."""
        columns = relay_points.c
        wanted = select(relay_points).where(
            columns.latitude.between(box.south, box.north),
            columns.longitude.between(box.west, box.east),
            or_(columns.closed_on.is_(None), columns.closed_on > day),
        )
        return self._all(read_relay_point, wanted)

    def open_on(self, day: date) -> Sequence[RelayPoint]:
        """Every relay point open that day, by code."""
        columns = relay_points.c
        wanted = select(relay_points).where(or_(columns.closed_on.is_(None), columns.closed_on > day))
        return self._all(read_relay_point, wanted.order_by(columns.code))

    def save(self, point: RelayPoint) -> None:
        """Store a new relay point, or what changed in a known one."""
        self._save(relay_points, "code", row_of(relay_points, point, serves=" ".join(sorted(point.serves))))


class NetworkRepository(Repository):
    """What makes relay points bookable: advisers, weekly ranges, closures."""

    def save_adviser(self, adviser: Adviser) -> None:
        """Store a new adviser, or what changed in a known one."""
        self._save(advisers, "id", row_of(advisers, adviser))

    def replace_presences(self, adviser_ids: Iterable[str], presences: Sequence[Presence]) -> None:
        """Put these weekly ranges in place of all those of these advisers."""
        self._run(delete(weekly_ranges).where(weekly_ranges.c.adviser_id.in_(list(adviser_ids))))
        if presences:
            self._run(insert(weekly_ranges), [presence_row(each) for each in presences])

    def replace_closures(self, new: Sequence[Closure]) -> None:
        """Put these closures in place of all the others."""
        self._run(delete(closures))
        if new:
            self._run(insert(closures), [closure_row(each) for each in new])

    def advisers(self) -> Sequence[Adviser]:
        """Every adviser, by identifier."""
        return self._all(read_adviser, select(advisers).order_by(advisers.c.id))

    def presences(self) -> Sequence[Presence]:
        """Every weekly range, those of the past included."""
        of = weekly_ranges.c
        wanted = select(weekly_ranges).order_by(of.adviser_id, of.valid_from, of.weekday, of.starts)
        return self._all(read_presence, wanted)

    def closures(self) -> Sequence[Closure]:
        """Every closure and absence, earliest first."""
        return self._all(read_closure, select(closures).order_by(closures.c.starts_at, closures.c.id))

    def adviser_ids(self) -> frozenset[str]:
        """Every adviser known."""
        return frozenset(self._column(select(advisers.c.id)))

    def relay_point_codes(self) -> frozenset[str]:
        """Every relay point known, closed ones included."""
        return frozenset(self._column(select(relay_points.c.code)))

    def booked_at(self, code: str, since: datetime) -> Sequence[Appointment]:
        """The appointments still to take place at this relay point, from this instant on."""
        columns = appointments.c
        wanted = every_appointment().where(
            columns.relay_point_code == code, columns.starts_at >= since, columns.state == State.BOOKED.value
        )
        return self._all(read_appointment, wanted)

    def close_points(self, codes: Iterable[str], on: date) -> None:
        """Close these relay points from that day; what was booked there stays."""
        closed = update(relay_points).where(relay_points.c.code.in_(list(codes)), relay_points.c.closed_on.is_(None))
        self._run(closed.values(closed_on=on))


def read_relay_point(row: Row) -> RelayPoint:
    """The relay point a row tells."""
    return read_as(RelayPoint, row, serves=frozenset(row.serves.split()))


def read_adviser(row: Row) -> Adviser:
    """The adviser a row tells."""
    return read_as(Adviser, row)


def read_presence(row: Row) -> Presence:
    """The weekly range a row tells, and where."""
    return Presence(row.relay_point_code, read_range(row))


def read_closure(row: Row) -> Closure:
    """The closure a row tells."""
    return read_as(Closure, row, relay_point_code=row.relay_point_code or "", adviser_id=row.adviser_id or "")


def presence_row(presence: Presence) -> dict[str, Any]:
    """The row of a weekly range."""
    weekly, modes = presence.weekly, " ".join(sorted(presence.weekly.modes))
    days = row_of(weekly_ranges, weekly.validity)
    return row_of(weekly_ranges, weekly, **days, relay_point_code=presence.relay_point_code, modes=modes)


def closure_row(closure: Closure) -> dict[str, Any]:
    """The row of a closure."""
    whose = {"relay_point_code": closure.relay_point_code or None, "adviser_id": closure.adviser_id or None}
    return row_of(closures, closure, **whose)
