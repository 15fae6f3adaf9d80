"""Appointments as advisers read them, what they note of interviews, and their secret calendars.

What an account may see is decided here, in the query.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import and_, delete, desc, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.accounts import Account, Right
from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.interviews import Change, Interview, Sequel, Stage
from bot.services.scheduling.calendar_feeds import CalendarFeed
from bot.storage.repositories.base import Repository, read_as, row_of
from bot.storage.repositories.booking.appointments import every_appointment, read_appointment
from bot.storage.tables.accounts import accounts
from bot.storage.tables.booking import appointment_history, appointments
from bot.storage.tables.scheduling import advisers, calendar_feeds, interviews, relay_points


class DiaryRepository(Repository):
    """Appointments an account may read: its own adviser's, and those of its relay points; nothing without `AGENDA`."""

    def between(
        self, account: Account, since: datetime, until: datetime, point: str | None = None
    ) -> Sequence[Appointment]:
        """Those of this adviser, or of everybody at one of the account's points, earliest first."""
        columns = appointments.c
        whose = columns.adviser_id == account.adviser_id if point is None else columns.relay_point_code == point
        # Prepared by somebody else, it is not booked: it only keeps time, as a hold does.
        shown = columns.state != State.PREPARED.value
        return self._read(account, whose, shown, columns.starts_at >= since, columns.starts_at < until)

    def get(self, account: Account, appointment_id: str) -> Appointment | None:
        """The appointment, if this account may read it."""
        return next(iter(self._read(account, appointments.c.id == appointment_id)), None)

    def without_outcome(self, account: Account, now: datetime, limit: int) -> Sequence[Appointment]:
        """One's own appointments that are over and still said to come, latest first."""
        columns = appointments.c
        wanted = every_appointment().where(
            _visible(account),
            columns.adviser_id == account.adviser_id,
            columns.state.in_([State.BOOKED.value, State.UNKNOWN.value]),
            columns.starts_at < now,
        )
        latest = self._all(read_appointment, wanted.order_by(desc(columns.starts_at)).limit(limit))
        return [each for each in latest if each.ends_at <= now]

    def history(self, appointment_id: str) -> Sequence[Change]:
        """What was done with it, oldest first."""
        of = appointment_history.c
        wanted = (
            select(appointment_history, accounts.c.name, advisers.c.name.label("adviser"))
            .outerjoin(accounts, accounts.c.id == of.actor)
            .outerjoin(advisers, advisers.c.id == of.actor)
            .where(of.appointment_id == appointment_id)
            .order_by(of.id)
        )
        return [read_as(Change, row, actor=row.name or row.adviser or row.actor) for row in self._run(wanted)]

    def path(self, appointment: Appointment) -> Sequence[Stage]:
        """Every appointment of the same path that was not cancelled, first to last."""
        stages = [self._stage(appointments.c.id == appointment.id)]
        follows = appointment.follows
        while follows is not None and (before := self._stage(appointments.c.id == follows)):
            stages.insert(0, before)
            follows = before.follows_id
        kept = appointments.c.state.in_([State.BOOKED.value, State.SEEN.value])
        while (last := stages[-1]) and (after := self._stage(and_(appointments.c.follows_id == last.id, kept))):
            stages.append(after)
        return [_stage(row) for row in stages if row]

    def _stage(self, which: ColumnElement[bool]) -> Row | None:
        columns = appointments.c
        wanted = (
            select(
                columns.id, columns.starts_at, columns.rank, columns.state, columns.follows_id,
                relay_points.c.name.label("point_name"), advisers.c.name.label("adviser_name"),
                interviews.c.minutes, interviews.c.level, interviews.c.sequel,
            )
            .join(relay_points, relay_points.c.code == columns.relay_point_code)
            .join(advisers, advisers.c.id == columns.adviser_id)
            .outerjoin(interviews, interviews.c.appointment_id == columns.id)
            .where(which)
        )  # fmt: skip
        return self._run(wanted).first()

    def _read(self, account: Account, *where: ColumnElement[bool]) -> list[Appointment]:
        wanted = every_appointment().where(_visible(account), *where).order_by(appointments.c.starts_at)
        return self._all(read_appointment, wanted)


def _visible(account: Account) -> ColumnElement[bool]:
    """One's own, and those of the points one works at: a colleague who is ill is replaced."""
    if not account.may(Right.AGENDA):
        return appointments.c.id.is_(None)
    mine = appointments.c.relay_point_code.in_(sorted(account.points))
    return or_(mine, appointments.c.adviser_id == account.adviser_id) if account.adviser_id else mine


def _stage(row: Row) -> Stage:
    held = None if row.minutes is None else _interview(row)
    return read_as(Stage, row, appointment_id=row.id, interview=held)


def _interview(row: Row) -> Interview:
    return read_as(Interview, row, sequel=Sequel(row.sequel))


class InterviewRepository(Repository):
    """What was noted of interviews."""

    def get(self, appointment_id: str) -> Interview | None:
        """What was noted of this one."""
        return self._first(_interview, select(interviews).where(interviews.c.appointment_id == appointment_id))

    def save(self, appointment_id: str, interview: Interview, now: datetime, by: str) -> None:
        """Note it, in place of what was noted before."""
        self.forget(appointment_id)
        row = row_of(interviews, interview, appointment_id=appointment_id, noted_at=now, noted_by=by)
        self._run(insert(interviews).values(row))

    def forget(self, appointment_id: str) -> None:
        """Take away what was noted by mistake: nobody was received."""
        self._run(delete(interviews).where(interviews.c.appointment_id == appointment_id))


class CalendarFeedRepository(Repository):
    """Secret calendars, one an account at most; only a digest of each secret is kept."""

    def open(self, feed: CalendarFeed, digest: str) -> None:
        """Open one, in place of the former, which leads nowhere any more."""
        self.close(feed.account_id)
        self._run(insert(calendar_feeds).values(row_of(calendar_feeds, feed, digest=digest)))

    def of(self, account_id: str) -> CalendarFeed | None:
        """The one of this account."""
        wanted = select(calendar_feeds).where(calendar_feeds.c.account_id == account_id)
        return self._first(partial(read_as, CalendarFeed), wanted)

    def with_digest(self, digest: str) -> CalendarFeed | None:
        """The one whose secret has this digest."""
        wanted = select(calendar_feeds).where(calendar_feeds.c.digest == digest)
        return self._first(partial(read_as, CalendarFeed), wanted)

    def read(self, account_id: str, now: datetime) -> None:
        """Note that a program read it."""
        this = calendar_feeds.c.account_id == account_id
        self._run(update(calendar_feeds).where(this).values(read_at=now))

    def close(self, account_id: str) -> None:
        """Close it at once."""
        self._run(delete(calendar_feeds).where(calendar_feeds.c.account_id == account_id))
