"""Hours, absences and closures as the console changes them; whose an account may change is decided here."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone

from sqlalchemy import and_, delete, false, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.accounts import Account, Right
from bot.domain.booking.appointments import State
from bot.domain.booking.hours import Booked, Hours, KeptClosure, KeptRange
from bot.domain.places.network import Adviser, Closure, Presence
from bot.domain.places.relay_points import RelayPoint
from bot.storage.repositories.base import Repository
from bot.storage.repositories.scheduling.network import (
    closure_row,
    presence_row,
    read_adviser,
    read_closure,
    read_presence,
    read_relay_point,
)
from bot.storage.tables.booking import appointments
from bot.storage.tables.scheduling import advisers, closures, relay_points, weekly_ranges

DAY = timedelta(days=1)


class ScheduleRepository(Repository):
    """Hours an account may read and change: one's own with `AGENDA`, those of one's points with `SCHEDULES`."""

    def advisers(self, account: Account) -> Sequence[Adviser]:
        """The advisers whose hours it may change, by name."""
        return self._advisers(_theirs(account, advisers.c.id))

    def points(self, account: Account) -> Sequence[RelayPoint]:
        """The relay points it works at or looks after, by city."""
        wanted = select(relay_points).where(_point_of(account, relay_points.c.code))
        return self._all(read_relay_point, wanted.order_by(relay_points.c.city, relay_points.c.name))

    def at_point(self, account: Account, code: str) -> Sequence[Adviser]:
        """The advisers who have hours at one of the account's points, by name."""
        of = weekly_ranges.c
        there = select(of.adviser_id).where(of.relay_point_code == code, _point_of(account, of.relay_point_code))
        return self._advisers(advisers.c.id.in_(there))

    def hours(self, adviser_ids: Sequence[str], since: date, until: date | None) -> Hours:
        """What is known of these advisers' hours over these days, the end left open by `None`."""
        of = weekly_ranges.c
        ends = [of.valid_from <= until] if until else []
        wanted = select(weekly_ranges).where(
            of.adviser_id.in_(list(adviser_ids)), or_(of.valid_until.is_(None), of.valid_until >= since), *ends
        )
        ranges = self._all(_range, wanted.order_by(of.weekday, of.starts, of.id))
        return Hours(ranges, self._closures(adviser_ids, ranges, since, until))

    def range(self, account: Account, number: int) -> KeptRange | None:
        """The range with this number, if this account may change it."""
        of = weekly_ranges.c
        allowed = and_(_theirs(account, of.adviser_id), _point_or_own(account, of.relay_point_code, of.adviser_id))
        return self._first(_range, select(weekly_ranges).where(of.id == number, allowed))

    def closure(self, account: Account, number: int) -> KeptClosure | None:
        """The closure with this number, if this account may take it away."""
        of = closures.c
        absence = and_(of.adviser_id.is_not(None), of.relay_point_code.is_(None), _theirs(account, of.adviser_id))
        place = and_(of.relay_point_code.is_not(None), _looks_after(account, of.relay_point_code))
        return self._first(_closure, select(closures).where(of.id == number, or_(absence, place)))

    def add_range(self, presence: Presence) -> None:
        """Store a new range."""
        self._run(insert(weekly_ranges).values(presence_row(presence)))

    def save_range(self, kept: KeptRange) -> None:
        """Store what changed in a range."""
        changed = update(weekly_ranges).where(weekly_ranges.c.id == kept.number)
        self._run(changed.values(presence_row(kept.presence)))

    def remove_range(self, number: int) -> None:
        """Take away a range that never served."""
        self._run(delete(weekly_ranges).where(weekly_ranges.c.id == number))

    def add_closure(self, closure: Closure) -> None:
        """Store a closure."""
        self._run(insert(closures).values(closure_row(closure)))

    def remove_closure(self, number: int) -> None:
        """Take a closure away."""
        self._run(delete(closures).where(closures.c.id == number))

    def booked(self, adviser_ids: Sequence[str], now: datetime) -> Sequence[Booked]:
        """Their appointments to come, earliest first."""
        of = appointments.c
        wanted = (
            select(of.id, of.starts_at, of.minutes, of.mode, of.adviser_id, advisers.c.name, of.relay_point_code)
            .join(advisers, advisers.c.id == of.adviser_id)
            .where(of.adviser_id.in_(list(adviser_ids)), of.state == State.BOOKED.value, of.starts_at > now)
            .order_by(of.starts_at)
        )
        return [Booked(*row) for row in self._run(wanted)]

    def zones(self) -> Mapping[str, str]:
        """The time zone of each relay point, by its code."""
        wanted = select(relay_points.c.code, relay_points.c.time_zone)
        return {row.code: row.time_zone for row in self._run(wanted)}

    def _advisers(self, which: ColumnElement[bool]) -> list[Adviser]:
        return self._all(read_adviser, select(advisers).where(which).order_by(advisers.c.name))

    def _closures(
        self, adviser_ids: Sequence[str], ranges: Sequence[KeptRange], since: date, until: date | None
    ) -> list[KeptClosure]:
        of = closures.c
        codes = {kept.presence.relay_point_code for kept in ranges}
        # A day more on each side: a local day may begin on the other side of midnight UTC.
        ends = [of.starts_at < _midnight(until + DAY * 2)] if until else []
        wanted = select(closures).where(
            or_(of.adviser_id.is_(None), of.adviser_id.in_(list(adviser_ids))),
            or_(of.relay_point_code.is_(None), of.relay_point_code.in_(sorted(codes))),
            of.ends_at > _midnight(since - DAY),
            *ends,
        )
        return self._all(_closure, wanted.order_by(of.starts_at, of.id))


def _theirs(account: Account, adviser_id: ColumnElement[str]) -> ColumnElement[bool]:
    """One's own agenda; for who looks after hours, those of everybody at their points."""
    own = adviser_id == account.adviser_id if account.may(Right.AGENDA) and account.adviser_id else false()
    if not account.may(Right.SCHEDULES):
        return own
    of = weekly_ranges.c
    return or_(own, adviser_id.in_(select(of.adviser_id).where(of.relay_point_code.in_(sorted(account.points)))))


def _point_of(account: Account, code: ColumnElement[str]) -> ColumnElement[bool]:
    allowed = account.may(Right.AGENDA) or account.may(Right.SCHEDULES)
    return code.in_(sorted(account.points)) if allowed else false()


def _point_or_own(account: Account, code: ColumnElement[str], adviser_id: ColumnElement[str]) -> ColumnElement[bool]:
    """One's own hours wherever they are; a colleague's only where one looks after them."""
    own = adviser_id == account.adviser_id if account.adviser_id else false()
    return or_(own, _point_of(account, code))


def _looks_after(account: Account, code: ColumnElement[str]) -> ColumnElement[bool]:
    return code.in_(sorted(account.points)) if account.may(Right.SCHEDULES) else false()


def _range(row: Row) -> KeptRange:
    return KeptRange(row.id, read_presence(row))


def _closure(row: Row) -> KeptClosure:
    return KeptClosure(row.id, read_closure(row))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.utc)
