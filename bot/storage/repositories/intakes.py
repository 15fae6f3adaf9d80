"""What people agreed to pass on, in the database: one decision a conversation, one intake an appointment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, desc, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.domain.booking.appointments import State
from bot.domain.booking.intake import Intake, IntakeLine, Topic
from bot.storage.tables.booking import appointments
from bot.storage.tables.intakes import intakes

_CANCELLED = (State.CANCELLED.value, State.CANCELLED_BY_US.value)


class IntakeRepository:
    """What people agreed to pass on: one decision a conversation, one intake an appointment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def decide(self, intake: Intake) -> None:
        """Store what was decided, in place of what was before in this conversation or for this appointment."""
        same = [intakes.c.id == intake.id]
        if intake.conversation_id:
            same.append(intakes.c.conversation_id == intake.conversation_id)
        if intake.appointment_id:
            same.append(intakes.c.appointment_id == intake.appointment_id)
        self._delete(or_(*same))
        row = {
            "id": intake.id,
            "conversation_id": intake.conversation_id,
            "appointment_id": intake.appointment_id,
            "decided_at": intake.decided_at,
            "agreed": intake.agreed,
            "lines": [[line.topic.value, line.text] for line in intake.lines],
            "for_request": intake.for_request,
            "earlier_until": intake.earlier_until,
        }
        self._connection.execute(insert(intakes).values(row))

    def of_conversation(self, conversation_id: str) -> Intake | None:
        """What was decided in this conversation."""
        return self._first(intakes.c.conversation_id == conversation_id)

    def of_appointment(self, appointment_id: str) -> Intake | None:
        """What whoever receives the person at this appointment may read."""
        return self._first(intakes.c.appointment_id == appointment_id)

    def appointment_in(self, conversation_id: str, now: datetime) -> str | None:
        """The appointment to come that was booked last in this conversation."""
        wanted = (
            select(appointments.c.id)
            .where(
                appointments.c.conversation_id == conversation_id,
                appointments.c.state == State.BOOKED.value,
                appointments.c.starts_at > now,
            )
            .order_by(desc(appointments.c.booked_at), appointments.c.id)
            .limit(1)
        )
        return self._connection.execute(wanted).scalar()

    def withdraw(self, conversation_id: str) -> bool:
        """Delete what was decided in this conversation; whether anything was."""
        return self._delete(intakes.c.conversation_id == conversation_id) > 0

    def withdraw_from(self, appointment_id: str) -> bool:
        """Delete what was agreed for this appointment; whether anything was."""
        return self._delete(intakes.c.appointment_id == appointment_id) > 0

    def leave(self, conversation_ids: Sequence[str]) -> None:
        """These conversations are erased: what is for an appointment stays with it, the rest goes."""
        theirs = intakes.c.conversation_id.in_(conversation_ids)
        self._delete(and_(theirs, intakes.c.appointment_id.is_(None)))
        self._connection.execute(
            update(intakes).where(theirs).values(conversation_id="", for_request=False, earlier_until=0)
        )

    def sweep(self, began_before: datetime) -> int:
        """Delete what was for interviews that began before then, or will not be held; how many."""
        over = select(appointments.c.id).where(
            or_(appointments.c.starts_at < began_before, appointments.c.state.in_(_CANCELLED))
        )
        return self._delete(intakes.c.appointment_id.in_(over))

    def _delete(self, which: ColumnElement[bool]) -> int:
        return int(self._connection.execute(delete(intakes).where(which)).rowcount)

    def _first(self, which: ColumnElement[bool]) -> Intake | None:
        row = self._connection.execute(select(intakes).where(which)).first()
        return _read(row) if row else None


def _read(row: Any) -> Intake:
    return Intake(
        id=row.id,
        conversation_id=row.conversation_id,
        decided_at=row.decided_at,
        agreed=row.agreed,
        lines=tuple(IntakeLine(Topic(topic), text) for topic, text in row.lines),
        for_request=row.for_request,
        appointment_id=row.appointment_id,
        earlier_until=row.earlier_until,
    )
