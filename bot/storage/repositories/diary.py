"""Appointments as advisers read them; what an account may see is decided here, in the query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, desc, or_, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql.elements import ColumnElement

from bot.domain.accounts import Account, Right
from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.interviews import Change, Stage
from bot.storage.repositories.appointments import every_appointment, read_appointment
from bot.storage.repositories.interviews import read_interview
from bot.storage.tables.accounts import accounts
from bot.storage.tables.agenda import interviews
from bot.storage.tables.booking import advisers, appointment_history, appointments, relay_points


class DiaryRepository:
    """Appointments an account may read: its own adviser's, and those of its relay points; nothing without `AGENDA`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
        found = self._read(account, appointments.c.id == appointment_id)
        return found[0] if found else None

    def without_outcome(self, account: Account, now: datetime, limit: int) -> Sequence[Appointment]:
        """One's own appointments that are over and still said to come, latest first."""
        columns = appointments.c
        wanted = every_appointment().where(
            _visible(account),
            columns.adviser_id == account.adviser_id,
            columns.state.in_([State.BOOKED.value, State.UNKNOWN.value]),
            columns.starts_at < now,
        )
        rows = self._connection.execute(wanted.order_by(desc(columns.starts_at)).limit(limit))
        return [each for each in (read_appointment(row._mapping) for row in rows) if each.ends_at <= now]

    def history(self, appointment_id: str) -> Sequence[Change]:
        """What was done with it, oldest first."""
        of = appointment_history.c
        wanted = (
            select(
                of.at,
                of.what,
                of.starts_at,
                of.relay_point_code,
                of.actor,
                accounts.c.name,
                advisers.c.name.label("adviser"),
            )
            .outerjoin(accounts, accounts.c.id == of.actor)
            .outerjoin(advisers, advisers.c.id == of.actor)
            .where(of.appointment_id == appointment_id)
            .order_by(of.id)
        )
        return [
            Change(row.at, row.what, row.starts_at, row.relay_point_code, row.name or row.adviser or row.actor)
            for row in self._connection.execute(wanted)
        ]

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
        return self._connection.execute(wanted).first()

    def _read(self, account: Account, *where: ColumnElement[bool]) -> list[Appointment]:
        wanted = every_appointment().where(_visible(account), *where).order_by(appointments.c.starts_at)
        return [read_appointment(row._mapping) for row in self._connection.execute(wanted)]


def _visible(account: Account) -> ColumnElement[bool]:
    """One's own, and those of the points one works at: a colleague who is ill is replaced."""
    if not account.may(Right.AGENDA):
        return appointments.c.id.is_(None)
    mine = appointments.c.relay_point_code.in_(sorted(account.points))
    return or_(mine, appointments.c.adviser_id == account.adviser_id) if account.adviser_id else mine


def _stage(row: Row) -> Stage:
    return Stage(
        row.id,
        row.starts_at,
        row.rank,
        row.state,
        row.point_name,
        row.adviser_name,
        read_interview(row) if row.minutes is not None else None,
    )
