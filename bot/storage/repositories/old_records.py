"""What has been kept long enough, in the database: found, erased, or left without a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.storage.tables.accounts import desk_record, sign_ins
from bot.storage.tables.booking import appointments, proof_attempts
from bot.storage.tables.conversations import conversations, handovers, outbox
from bot.storage.tables.feedback import feedback_asks
from bot.storage.tables.intakes import intakes
from bot.storage.tables.pages import appointment_links


class OldRecordRepository:
    """What has been kept long enough."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
        return list(self._connection.execute(wanted.order_by(conversations.c.id)).scalars())

    def forget_persons(self, before: datetime) -> int:
        """Take the person off the appointments that began before; how many."""
        return self._forget(appointments.c.starts_at < before)

    def forget_person(self, appointment_id: str) -> None:
        """Take the person off this appointment."""
        self._forget(appointments.c.id == appointment_id)

    def _forget(self, which: ColumnElement[bool]) -> int:
        named = or_(appointments.c.email.is_not(None), appointments.c.phone.is_not(None))
        of_them = select(appointments.c.id).where(which)
        self._connection.execute(delete(intakes).where(intakes.c.appointment_id.in_(of_them)))
        for table in (appointment_links, feedback_asks):
            self._connection.execute(delete(table).where(table.c.appointment_id.in_(of_them)))
        self._connection.execute(delete(outbox).where(outbox.c.subject_id.in_(of_them)))
        forgotten = update(appointments).where(which, named)
        result = self._connection.execute(
            forgotten.values(
                first_name="",
                last_name="",
                email=None,
                phone=None,
                email_digest=None,
                phone_digest=None,
                conversation_id="",
                # Both lead back to the person, and both must stay unlike any other.
                reference=func.substr(appointments.c.id, 1, 20),
                idempotency_key=appointments.c.id,
            )
        )
        return int(result.rowcount)

    def without_person(self) -> Sequence[str]:
        """The appointments whose person was taken off, by identifier."""
        nameless = select(appointments.c.id).where(appointments.c.email.is_(None), appointments.c.phone.is_(None))
        return list(self._connection.execute(nameless.order_by(appointments.c.id)).scalars())

    def erase_receipts(self, before: datetime) -> int:
        """Delete the notices settled before; how many."""
        return int(self._connection.execute(delete(outbox).where(outbox.c.done_at < before)).rowcount)

    def erase_audit_log(self, before: datetime) -> int:
        """Delete the entries of the audit log written before; how many."""
        return int(self._connection.execute(delete(desk_record).where(desk_record.c.at < before)).rowcount)

    def erase_sign_ins(self, before: datetime) -> int:
        """Delete the sign-ins nobody used since; how many."""
        return int(self._connection.execute(delete(sign_ins).where(sign_ins.c.last_seen_at < before)).rowcount)

    def erase_proofs(self, before: datetime) -> int:
        """Delete the tries at proving an appointment made before; how many."""
        return int(self._connection.execute(delete(proof_attempts).where(proof_attempts.c.at < before)).rowcount)
