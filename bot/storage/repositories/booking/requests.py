"""Requests being written, their receipts, and what people agreed to pass on."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import and_, delete, desc, insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql import ColumnElement, Select

from bot.domain.booking.appointments import State
from bot.domain.booking.drafts import Draft
from bot.domain.booking.intake import Intake, IntakeLine, Topic
from bot.domain.booking.receipts import Receipt
from bot.storage.repositories.base import Repository, read_as, row_of
from bot.storage.tables.booking import appointments, drafts, intakes, request_receipts

_CANCELLED = (State.CANCELLED.value, State.CANCELLED_BY_US.value)


class ReceiptRepository(Repository):
    """Receipts of requests: only added, never changed."""

    def add(self, receipt: Receipt) -> None:
        """Keep it; one that is kept already stays as it is."""
        if self.get(receipt.number) is None:
            self._run(insert(request_receipts).values(row_of(request_receipts, receipt)))

    def get(self, number: str) -> Receipt | None:
        """The receipt with this number."""
        wanted = select(request_receipts).where(request_receipts.c.number == number)
        return self._first(partial(read_as, Receipt), wanted)


class DraftRepository(Repository):
    """Requests being written, each under the secret of one browser, of which a keyed digest is kept."""

    def open(self, secret: str, draft: Draft, now: datetime) -> None:
        """Start one; what this browser had started before is forgotten."""
        digest = self._digests.of("draft", secret)
        self._run(delete(drafts).where(drafts.c.digest == digest))
        row = {"digest": digest, "id": draft.id, "touched_at": now, "content": _content(draft)}
        self._run(insert(drafts).values(row))

    def get(self, secret: str, since: datetime) -> Draft | None:
        """The one under this secret, touched since then."""
        return self._first(_draft, self._wanted(secret, since))

    def locked(self, secret: str, since: datetime) -> Draft | None:
        """The one under this secret, touched since then; nobody else may change it until this transaction ends."""
        return self._first(_draft, self._wanted(secret, since).with_for_update())

    def save(self, draft: Draft, now: datetime) -> None:
        """Store what changed."""
        changed = update(drafts).where(drafts.c.id == draft.id)
        self._run(changed.values(content=_content(draft), touched_at=now))

    def erase(self, draft_id: str) -> None:
        """Forget it."""
        self._run(delete(drafts).where(drafts.c.id == draft_id))

    def sweep(self, before: datetime) -> int:
        """Forget those nobody touched since then; how many."""
        return self._run(delete(drafts).where(drafts.c.touched_at < before)).rowcount

    def _wanted(self, secret: str, since: datetime) -> Select:
        digest = self._digests.of("draft", secret)
        return select(drafts.c.content).where(drafts.c.digest == digest, drafts.c.touched_at >= since)


class IntakeRepository(Repository):
    """What people agreed to pass on: one decision a conversation, one intake an appointment."""

    def decide(self, intake: Intake) -> None:
        """Store what was decided, in place of what was before in this conversation or for this appointment."""
        same = [intakes.c.id == intake.id]
        if intake.conversation_id:
            same.append(intakes.c.conversation_id == intake.conversation_id)
        if intake.appointment_id:
            same.append(intakes.c.appointment_id == intake.appointment_id)
        self._delete(or_(*same))
        lines = [[line.topic.value, line.text] for line in intake.lines]
        self._run(insert(intakes).values(row_of(intakes, intake, lines=lines)))

    def of_conversation(self, conversation_id: str) -> Intake | None:
        """What was decided in this conversation."""
        return self._first(_intake, select(intakes).where(intakes.c.conversation_id == conversation_id))

    def of_appointment(self, appointment_id: str) -> Intake | None:
        """What whoever receives the person at this appointment may read."""
        return self._first(_intake, select(intakes).where(intakes.c.appointment_id == appointment_id))

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
        return self._run(wanted).scalar()

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
        self._run(update(intakes).where(theirs).values(conversation_id="", for_request=False, earlier_until=0))

    def sweep(self, began_before: datetime) -> int:
        """Delete what was for interviews that began before then, or will not be held; how many."""
        over = select(appointments.c.id).where(
            or_(appointments.c.starts_at < began_before, appointments.c.state.in_(_CANCELLED))
        )
        return self._delete(intakes.c.appointment_id.in_(over))

    def _delete(self, which: ColumnElement[bool]) -> int:
        return self._run(delete(intakes).where(which)).rowcount


def _content(draft: Draft) -> dict[str, Any]:
    until = draft.hold_until
    return {**asdict(draft), "hold_until": until.isoformat() if until else None}


def _draft(row: Row) -> Draft:
    until = row.content["hold_until"]
    return Draft(**{**row.content, "hold_until": datetime.fromisoformat(until) if until else None})


def _intake(row: Row) -> Intake:
    return read_as(Intake, row, lines=tuple(IntakeLine(Topic(topic), text) for topic, text in row.lines))
