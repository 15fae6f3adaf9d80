"""Everything kept that leads to one conversation or to the appointments taken in it, read as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.schema import Table

from bot.domain.booking.appointments import Appointment
from bot.storage import register
from bot.storage.repositories.appointments import every_appointment, read_appointment
from bot.storage.tables.booking import appointments
from bot.storage.tables.conversations import outbox

Rows = Sequence[Mapping[str, Any]]


class PersonalRepository:
    """What is kept of one person, as far as a conversation leads to it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def appointments(self, conversation_id: str) -> Sequence[Appointment]:
        """Those taken in this conversation whose person is still known, the earliest first."""
        taken = every_appointment().where(appointments.c.conversation_id == conversation_id)
        rows = self._connection.execute(taken.order_by(appointments.c.starts_at, appointments.c.id))
        return [read_appointment(row._mapping) for row in rows]

    def copy(self, conversation_id: str) -> Mapping[str, Rows]:
        """The rows of each table that has any, by its name."""
        theirs = appointments.c.conversation_id == conversation_id
        booked = list(self._connection.execute(select(appointments.c.id).where(theirs)).scalars())
        found: dict[str, Rows] = {}
        for table, _ in register.of_conversations():
            found[table.name] = self._rows(table, register.leads_to(table, conversation_id))
        for table, column in register.of_appointments():
            found[table.name] = self._rows(table, column.in_(booked))
        found[outbox.name] = [*found[outbox.name], *self._rows(outbox, outbox.c.subject_id.in_(booked))]
        return {name: rows for name, rows in found.items() if rows}

    def _rows(self, table: Table, where: ColumnElement[bool]) -> Rows:
        wanted = select(register.shown(table)).where(where)
        return [dict(row._mapping) for row in self._connection.execute(wanted)]
