"""Conversations that are no more, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.privacy.retention import Trace
from bot.storage.repositories.intakes import IntakeRepository
from bot.storage.tables.booking import appointments, holds
from bot.storage.tables.conversations import conversations, handovers, messages, next_steps, outbox
from bot.storage.tables.erasures import erased_conversations
from bot.storage.tables.intakes import intakes
from bot.storage.tables.pages import drafts
from bot.storage.touched import Touched

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


class ErasureRepository:
    """Conversations that are no more; of each its identifier alone is kept for a time, so that nothing revives it."""

    def __init__(self, connection: Connection, touched: Touched) -> None:
        self._connection = connection
        self._touched = touched

    def traces(self, conversation_id: str) -> frozenset[Trace]:
        """What our tables hold of this conversation."""
        return frozenset(trace for trace, column in _WHERE.items() if self._holds(column, conversation_id))

    def erase(self, ids: Sequence[str], now: datetime) -> None:
        """Delete all that was said and promised in these, and note that they are erased."""
        # A promise about an appointment is kept with it.
        about_both = update(next_steps).where(
            next_steps.c.conversation_id.in_(ids), next_steps.c.appointment_id.is_not(None)
        )
        self._connection.execute(about_both.values(conversation_id=None))
        booked = update(appointments).where(appointments.c.conversation_id.in_(ids))
        # Its key names the conversation too, and serves only the repeats of what was said there.
        self._connection.execute(booked.values(conversation_id="", idempotency_key=appointments.c.id))
        IntakeRepository(self._connection).leave(ids)
        for column in (holds.c.conversation_id, drafts.c.id, outbox.c.subject_id, conversations.c.id):
            self._connection.execute(delete(column.table).where(column.in_(ids)))
        self._note(ids, now)

    def is_erased(self, conversation_id: str) -> bool:
        """Whether this one was erased."""
        return self._holds(erased_conversations.c.id, conversation_id)

    def erased(self) -> Sequence[str]:
        """Those whose note is still kept."""
        every = select(erased_conversations.c.id).order_by(erased_conversations.c.erased_at)
        return list(self._connection.execute(every).scalars())

    def unfinished(self) -> Sequence[str]:
        """Those the assistant's memory may still hold."""
        left = select(erased_conversations.c.id).where(erased_conversations.c.finished_at.is_(None))
        return list(self._connection.execute(left).scalars())

    def finish(self, ids: Sequence[str], now: datetime) -> None:
        """Note that the assistant's memory holds nothing of these any more."""
        done = update(erased_conversations).where(erased_conversations.c.id.in_(ids))
        self._connection.execute(done.values(finished_at=now))

    def forget(self, before: datetime) -> int:
        """Forget that those erased before, and finished, ever were; how many."""
        old = delete(erased_conversations).where(
            erased_conversations.c.erased_at < before, erased_conversations.c.finished_at.is_not(None)
        )
        return int(self._connection.execute(old).rowcount)

    def _note(self, ids: Sequence[str], now: datetime) -> None:
        known = erased_conversations.c.id.in_(ids)
        self._connection.execute(update(erased_conversations).where(known).values(finished_at=None))
        already = set(self._connection.execute(select(erased_conversations.c.id).where(known)).scalars())
        new = [{"id": each, "erased_at": now} for each in dict.fromkeys(ids) if each not in already]
        if new:
            self._connection.execute(insert(erased_conversations), new)
        for each in ids:
            self._touched.erased(each)

    def _holds(self, column: Column, value: str) -> bool:
        return self._connection.execute(select(column).where(column == value).limit(1)).first() is not None
