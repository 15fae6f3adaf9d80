"""What has been kept long enough, what is erased, and what is kept of one person."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, delete, func, insert, or_, select, update
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.schema import Table

from bot.domain.booking.appointments import Appointment
from bot.domain.privacy.retention import Trace
from bot.storage import register
from bot.storage.repositories.base import Repository
from bot.storage.repositories.booking.appointments import every_appointment, read_appointment
from bot.storage.repositories.booking.requests import IntakeRepository
from bot.storage.tables.accounts import sign_ins
from bot.storage.tables.booking import appointment_links, appointments, drafts, holds, intakes, proof_attempts
from bot.storage.tables.conversations import conversations, handovers, messages, next_steps
from bot.storage.tables.notifications import outbox
from bot.storage.tables.privacy import erased_conversations
from bot.storage.tables.statistics import feedback_asks

_WHERE: dict[Trace, Column] = {
    Trace.MESSAGES: messages.c.conversation_id,
    Trace.ADVISER_REQUEST: handovers.c.conversation_id,
    Trace.HOLD: holds.c.conversation_id,
    Trace.DRAFT: drafts.c.id,
    Trace.PROMISES: next_steps.c.conversation_id,
    Trace.INTAKE: intakes.c.conversation_id,
    Trace.NOTICES: outbox.c.subject_id,
    Trace.APPOINTMENT: appointments.c.conversation_id,
}
Rows = Sequence[Mapping[str, Any]]


class OldRecordRepository(Repository):
    """What has been kept long enough."""

    def conversations(self, idle_since: datetime, handed_over_since: datetime) -> Sequence[str]:
        """Those nobody wrote in since, whose requests for a person are over since."""
        # A request nobody closed counts from the day it was promised an answer.
        still_needed = select(handovers.c.conversation_id).where(
            func.coalesce(handovers.c.closed_at, handovers.c.due_at) >= handed_over_since
        )
        wanted = select(conversations.c.id).where(
            func.coalesce(conversations.c.last_user_at, conversations.c.opened_at) < idle_since,
            conversations.c.id.not_in(still_needed),
        )
        return self._column(wanted.order_by(conversations.c.id))

    def forget_persons(self, before: datetime) -> int:
        """Take the person off the appointments that began before; how many."""
        return self._forget(appointments.c.starts_at < before)

    def forget_person(self, appointment_id: str) -> None:
        """Take the person off this appointment."""
        self._forget(appointments.c.id == appointment_id)

    def _forget(self, which: ColumnElement[bool]) -> int:
        named = or_(appointments.c.email.is_not(None), appointments.c.phone.is_not(None))
        of_them = select(appointments.c.id).where(which)
        self._run(delete(intakes).where(intakes.c.appointment_id.in_(of_them)))
        for table in (appointment_links, feedback_asks):
            self._run(delete(table).where(table.c.appointment_id.in_(of_them)))
        self._run(delete(outbox).where(outbox.c.subject_id.in_(of_them)))
        forgotten = update(appointments).where(which, named)
        empty = dict.fromkeys(("first_name", "last_name", "conversation_id"), "")
        gone = dict.fromkeys(("email", "phone", "email_digest", "phone_digest"))
        # Both lead back to the person, and both must stay unlike any other.
        other = {"reference": func.substr(appointments.c.id, 1, 20), "idempotency_key": appointments.c.id}
        return self._run(forgotten.values({**empty, **gone, **other})).rowcount

    def without_person(self) -> Sequence[str]:
        """The appointments whose person was taken off, by identifier."""
        nameless = select(appointments.c.id).where(appointments.c.email.is_(None), appointments.c.phone.is_(None))
        return self._column(nameless.order_by(appointments.c.id))

    def erase_receipts(self, before: datetime) -> int:
        """Delete the notices settled before; how many."""
        return self._run(delete(outbox).where(outbox.c.done_at < before)).rowcount

    def erase_sign_ins(self, before: datetime) -> int:
        """Delete the sign-ins nobody used since; how many."""
        return self._run(delete(sign_ins).where(sign_ins.c.last_seen_at < before)).rowcount

    def erase_proofs(self, before: datetime) -> int:
        """Delete the tries at proving an appointment made before; how many."""
        return self._run(delete(proof_attempts).where(proof_attempts.c.at < before)).rowcount


class ErasureRepository(Repository):
    """Conversations that are no more; of each its identifier alone is kept for a time, so that nothing revives it."""

    def traces(self, conversation_id: str) -> frozenset[Trace]:
        """What our tables hold of this conversation."""
        return frozenset(trace for trace, column in _WHERE.items() if self._holds(column, conversation_id))

    def erase(self, ids: Sequence[str], now: datetime) -> None:
        """Delete all that was said and promised in these, and note that they are erased."""
        # A promise about an appointment is kept with it.
        about_both = update(next_steps).where(
            next_steps.c.conversation_id.in_(ids), next_steps.c.appointment_id.is_not(None)
        )
        self._run(about_both.values(conversation_id=None))
        booked = update(appointments).where(appointments.c.conversation_id.in_(ids))
        # Its key names the conversation too, and serves only the repeats of what was said there.
        self._run(booked.values(conversation_id="", idempotency_key=appointments.c.id))
        self._other(IntakeRepository).leave(ids)
        for column in (holds.c.conversation_id, drafts.c.id, outbox.c.subject_id, conversations.c.id):
            self._run(delete(column.table).where(column.in_(ids)))
        self._note(ids, now)

    def is_erased(self, conversation_id: str) -> bool:
        """Whether this one was erased."""
        return self._holds(erased_conversations.c.id, conversation_id)

    def erased(self) -> Sequence[str]:
        """Those whose note is still kept."""
        every = select(erased_conversations.c.id).order_by(erased_conversations.c.erased_at)
        return self._column(every)

    def unfinished(self) -> Sequence[str]:
        """Those the assistant's memory may still hold."""
        left = select(erased_conversations.c.id).where(erased_conversations.c.finished_at.is_(None))
        return self._column(left)

    def finish(self, ids: Sequence[str], now: datetime) -> None:
        """Note that the assistant's memory holds nothing of these any more."""
        done = update(erased_conversations).where(erased_conversations.c.id.in_(ids))
        self._run(done.values(finished_at=now))

    def forget(self, before: datetime) -> int:
        """Forget that those erased before, and finished, ever were; how many."""
        old = delete(erased_conversations).where(
            erased_conversations.c.erased_at < before, erased_conversations.c.finished_at.is_not(None)
        )
        return self._run(old).rowcount

    def _note(self, ids: Sequence[str], now: datetime) -> None:
        known = erased_conversations.c.id.in_(ids)
        self._run(update(erased_conversations).where(known).values(finished_at=None))
        already = set(self._column(select(erased_conversations.c.id).where(known)))
        new = [{"id": each, "erased_at": now} for each in dict.fromkeys(ids) if each not in already]
        if new:
            self._run(insert(erased_conversations), new)
        for each in ids:
            self._changes.erased(each)

    def _holds(self, column: Column, value: str) -> bool:
        return self._is_there(select(column).where(column == value))


class PersonalRepository(Repository):
    """What is kept of one person, as far as a conversation leads to it."""

    def appointments(self, conversation_id: str) -> Sequence[Appointment]:
        """Those taken in this conversation whose person is still known, the earliest first."""
        taken = every_appointment().where(appointments.c.conversation_id == conversation_id)
        return self._all(read_appointment, taken.order_by(appointments.c.starts_at, appointments.c.id))

    def copy(self, conversation_id: str) -> Mapping[str, Rows]:
        """The rows of each table that has any, by its name."""
        theirs = appointments.c.conversation_id == conversation_id
        booked = self._column(select(appointments.c.id).where(theirs))
        found: dict[str, Rows] = {}
        for table, _ in register.of_conversations():
            found[table.name] = self._rows(table, register.leads_to(table, conversation_id))
        for table, column in register.of_appointments():
            found[table.name] = self._rows(table, column.in_(booked))
        found[outbox.name] = [*found[outbox.name], *self._rows(outbox, outbox.c.subject_id.in_(booked))]
        return {name: rows for name, rows in found.items() if rows}

    def _rows(self, table: Table, where: ColumnElement[bool]) -> Rows:
        wanted = select(register.shown(table)).where(where)
        return [dict(row._mapping) for row in self._run(wanted)]
