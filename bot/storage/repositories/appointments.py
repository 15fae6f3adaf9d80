"""Appointments in the database, and their history, which only grows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement, Select

from bot.domain.booking.appointments import Appointment, Hold, Person, State
from bot.storage.digests import Digests
from bot.storage.repositories import appointment_rows as rows
from bot.storage.repositories.appointment_rows import every_appointment as every_appointment
from bot.storage.repositories.appointment_rows import read_appointment as read_appointment
from bot.storage.repositories.conflicts import conflicts
from bot.storage.tables.booking import (
    appointment_history,
    appointments,
    holds,
    relay_points,
    taken_quarters,
)

_NOT_GIVEN = (State.PREPARED, State.CANCELLED, State.CANCELLED_BY_US)
"""They leave the year's quota as it is."""


class AppointmentRepository:
    """Appointments and their history, which only grows; a contact is looked up by its keyed digest alone."""

    def __init__(self, connection: Connection, digests: Digests) -> None:
        self._connection = connection
        self._digests = digests

    def get(self, appointment_id: str) -> Appointment | None:
        """The appointment with this identifier."""
        return self._first(rows.BY_ID, appointment_id)

    def find(self, reference: str) -> Appointment | None:
        """The appointment with this reference."""
        return self._first(rows.BY_REFERENCE, reference)

    def locked(self, reference: str) -> Appointment | None:
        """The appointment, which nobody else may change until the end of this transaction."""
        return self._first(rows.LOCKED, reference)

    def last_of(self, conversation_id: str) -> Appointment | None:
        """The appointment booked last in this conversation."""
        booked = every_appointment().where(appointments.c.conversation_id == conversation_id)
        return self._first(booked.order_by(appointments.c.booked_at.desc(), appointments.c.id).limit(1))

    def with_key(self, key: str) -> Appointment | None:
        """The appointment this idempotency key booked or changed."""
        return self._first(rows.WITH_KEY, key)

    def active_first(self, person: Person) -> Appointment | None:
        """The first appointment this person still has, known by e-mail or by phone."""
        return self._first(every_appointment().where(self._active_first_of(person)).limit(1))

    def mark_past_unknown(self, person: Person, now: datetime) -> None:
        """Mark this person's appointments that are over, without outcome, as `unknown`."""
        over = every_appointment().where(self._active_first_of(person), appointments.c.starts_at < now)
        for row in self._connection.execute(over).all():
            appointment = read_appointment(row._mapping)
            if appointment.ends_at <= now:
                self.save(replace(appointment, state=State.UNKNOWN), "settled", now)

    def first_ones(self, departments: Iterable[str], since: datetime, until: datetime) -> int:
        """How many first appointments of this period the points of these departments gave; cancelled ones do not
        count, nor those nobody has confirmed."""
        columns = appointments.c
        counted = (
            select(func.count())
            .select_from(appointments.join(relay_points, relay_points.c.code == columns.relay_point_code))
            .where(
                columns.rank == 1,
                columns.state.not_in([state.value for state in _NOT_GIVEN]),
                columns.starts_at >= since,
                columns.starts_at < until,
                relay_points.c.department.in_(sorted(departments)),
            )
        )
        return int(self._connection.execute(counted).scalar() or 0)

    def alone_in(self, territory: str) -> None:
        """Have whoever books in this territory wait for the end of this transaction."""
        # SQLite needs nothing: the writing transaction is alone.
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(territory))))

    def add(self, appointment: Appointment, key: str, actor: str = "") -> None:
        """Store a new one; `Conflict` if the key or the person already has one."""
        person = appointment.person
        values = {
            **rows.changing(appointment),
            "id": appointment.id,
            "reference": appointment.reference,
            "idempotency_key": key,
            "conversation_id": appointment.conversation_id,
            "rank": appointment.rank,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": person.email,
            "phone": person.phone,
            "email_digest": self._digest("email", person.email),
            "phone_digest": self._digest("phone", person.phone),
            "follows_id": appointment.follows,
        }
        with conflicts():
            self._connection.execute(insert(appointments).values(values))
        self._record(appointment, "booked", appointment.booked_at, None, actor)

    def save(self, appointment: Appointment, what: str, now: datetime, key: str | None = None, actor: str = "") -> None:
        """Store what changed, and add a line to its history; `Conflict` if the key was used or its place is taken."""
        changed = update(appointments).where(appointments.c.id == appointment.id)
        with conflicts():
            self._connection.execute(changed.values(rows.changing(appointment)))
            self._record(appointment, what, now, key, actor)

    def following(self, appointment_id: str) -> Appointment | None:
        """The one that follows it on the person's path, booked or already seen."""
        return self._first(rows.FOLLOWING, appointment_id)

    def take_over(self, hold: Hold, appointment_id: str) -> int:
        """Give the hold's quarters to the appointment, end the hold; how many were given."""
        given = update(taken_quarters).where(taken_quarters.c.hold_id == hold.id)
        result = self._connection.execute(given.values(hold_id=None, appointment_id=appointment_id))
        self._connection.execute(delete(holds).where(holds.c.id == hold.id))
        return int(result.rowcount)

    def free(self, appointment_id: str) -> None:
        """Give the adviser's time back."""
        self._connection.execute(delete(taken_quarters).where(taken_quarters.c.appointment_id == appointment_id))

    def _record(self, appointment: Appointment, what: str, now: datetime, key: str | None, actor: str = "") -> None:
        line = {
            "appointment_id": appointment.id,
            "at": now,
            "what": what,
            "sequence": appointment.sequence,
            "state": appointment.state.value,
            "starts_at": appointment.starts_at,
            "adviser_id": appointment.adviser_id,
            "relay_point_code": appointment.relay_point_code,
            "idempotency_key": key,
            "actor": actor,
        }
        self._connection.execute(insert(appointment_history).values(line))

    def _active_first_of(self, person: Person) -> ColumnElement[bool]:
        columns = appointments.c
        known = []
        if person.email:
            known.append(columns.email_digest == self._digest("email", person.email))
        if person.phone:
            known.append(columns.phone_digest == self._digest("phone", person.phone))
        return or_(*known) & (columns.state == State.BOOKED.value) & (columns.rank == 1)

    def _digest(self, what: str, value: str | None) -> str | None:
        return self._digests.of(what, value) if value else None

    def _first(self, wanted: Select, value: str = "") -> Appointment | None:
        row = self._connection.execute(wanted, {"wanted": value} if value else {}).first()
        return read_appointment(row._mapping) if row else None
