"""Appointments, and their history, which only grows.

A statement that is built again for every call costs more than running it: those used most are made once.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql import ColumnElement, Select

from bot.domain.booking.appointments import Appointment, Hold, Person, State
from bot.domain.booking.openings import Opening
from bot.storage.repositories.base import Repository, conflicts, read_as, row_of
from bot.storage.tables.booking import appointment_history, appointments, holds, taken_quarters
from bot.storage.tables.scheduling import advisers, relay_points

_NOT_GIVEN = (State.PREPARED, State.CANCELLED, State.CANCELLED_BY_US)
"""They leave the year's quota as it is."""
_MAY_CHANGE = (
    "adviser_id", "relay_point_code", "starts_at", "minutes", "mode", "state", "sequence", "booked_at", "terms_version",
)  # fmt: skip


def every_appointment() -> Select:
    """Appointments whose person is still known, each with its adviser's name."""
    # Once its person is forgotten, an appointment only counts in statistics.
    known = or_(appointments.c.email.is_not(None), appointments.c.phone.is_not(None))
    every = select(appointments, advisers.c.name).join(advisers, advisers.c.id == appointments.c.adviser_id)
    return every.where(known)


def read_appointment(row: Row) -> Appointment:
    """The appointment a row of `every_appointment` tells."""
    return read_as(
        Appointment,
        row,
        person=read_as(Person, row),
        opening=read_as(Opening, row, adviser_name=row.name),
        state=State(row.state),
        follows=row.follows_id,
    )


_WANTED: Any = bindparam("wanted")
_BY_ID = every_appointment().where(appointments.c.id == _WANTED)
_BY_REFERENCE = every_appointment().where(appointments.c.reference == _WANTED)
_LOCKED = _BY_REFERENCE.with_for_update(of=appointments)
_CHANGED = select(appointment_history.c.appointment_id).where(appointment_history.c.idempotency_key == _WANTED)
_WITH_KEY = every_appointment().where(or_(appointments.c.idempotency_key == _WANTED, appointments.c.id.in_(_CHANGED)))
_FOLLOWING = every_appointment().where(
    appointments.c.follows_id == _WANTED, appointments.c.state.in_([State.BOOKED.value, State.SEEN.value])
)


class AppointmentRepository(Repository):
    """Appointments and their history, which only grows; a contact is looked up by its keyed digest alone."""

    def get(self, appointment_id: str) -> Appointment | None:
        """The appointment with this identifier."""
        return self._first(read_appointment, _BY_ID, {"wanted": appointment_id})

    def find(self, reference: str) -> Appointment | None:
        """The appointment with this reference."""
        return self._first(read_appointment, _BY_REFERENCE, {"wanted": reference})

    def locked(self, reference: str) -> Appointment | None:
        """The appointment, which nobody else may change until the end of this transaction."""
        return self._first(read_appointment, _LOCKED, {"wanted": reference})

    def last_of(self, conversation_id: str) -> Appointment | None:
        """The appointment booked last in this conversation."""
        of = appointments.c
        theirs = every_appointment().where(of.conversation_id == conversation_id)
        return self._first(read_appointment, theirs.order_by(of.booked_at.desc(), of.id).limit(1))

    def with_key(self, key: str) -> Appointment | None:
        """The appointment this idempotency key booked or changed."""
        return self._first(read_appointment, _WITH_KEY, {"wanted": key})

    def active_first(self, person: Person) -> Appointment | None:
        """The first appointment this person still has, known by e-mail or by phone."""
        return self._first(read_appointment, every_appointment().where(self._active_first_of(person)).limit(1))

    def mark_past_unknown(self, person: Person, now: datetime) -> None:
        """Mark this person's appointments that are over, without outcome, as `unknown`."""
        over = every_appointment().where(self._active_first_of(person), appointments.c.starts_at < now)
        for appointment in self._all(read_appointment, over):
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
        return self._run(counted).scalar() or 0

    def alone_in(self, territory: str) -> None:
        """Have whoever books in this territory wait for the end of this transaction."""
        # SQLite needs nothing: the writing transaction is alone.
        if self._connection.dialect.name == "postgresql":
            self._run(select(func.pg_advisory_xact_lock(func.hashtext(territory))))

    def add(self, appointment: Appointment, key: str, actor: str = "") -> None:
        """Store a new one; `Conflict` if the key or the person already has one."""
        person = appointment.person
        row = row_of(appointments, appointment) | {
            "idempotency_key": key,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": person.email,
            "phone": person.phone,
            "email_digest": self._digest("email", person.email),
            "phone_digest": self._digest("phone", person.phone),
            "follows_id": appointment.follows,
        }
        with conflicts():
            self._run(insert(appointments).values(row))
        self._record(appointment, "booked", appointment.booked_at, None, actor)

    def save(self, appointment: Appointment, what: str, now: datetime, key: str | None = None, actor: str = "") -> None:
        """Store what changed, and add a line to its history; `Conflict` if the key was used or its place is taken."""
        changed = update(appointments).where(appointments.c.id == appointment.id)
        with conflicts():
            self._run(changed.values({name: row_of(appointments, appointment)[name] for name in _MAY_CHANGE}))
            self._record(appointment, what, now, key, actor)

    def following(self, appointment_id: str) -> Appointment | None:
        """The one that follows it on the person's path, booked or already seen."""
        return self._first(read_appointment, _FOLLOWING, {"wanted": appointment_id})

    def take_over(self, hold: Hold, appointment_id: str) -> int:
        """Give the hold's quarters to the appointment, end the hold; how many were given."""
        given = update(taken_quarters).where(taken_quarters.c.hold_id == hold.id)
        count: int = self._run(given.values(hold_id=None, appointment_id=appointment_id)).rowcount
        self._run(delete(holds).where(holds.c.id == hold.id))
        return count

    def free(self, appointment_id: str) -> None:
        """Give the adviser's time back."""
        self._run(delete(taken_quarters).where(taken_quarters.c.appointment_id == appointment_id))

    def _record(self, appointment: Appointment, what: str, now: datetime, key: str | None, actor: str = "") -> None:
        done = {"appointment_id": appointment.id, "at": now, "what": what, "idempotency_key": key, "actor": actor}
        row = row_of(appointment_history, appointment, **done)
        # A line has a number of its own.
        del row["id"]
        self._run(insert(appointment_history).values(row))

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
