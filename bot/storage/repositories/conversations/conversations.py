"""Conversations, who may enter them, and what was promised in them."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row

from bot.domain.conversation.conversations import Author, Conversation, State
from bot.domain.conversation.handovers import NextStep
from bot.storage.repositories.base import Repository, read_as, row_of
from bot.storage.tables.conversations import conversations, handovers, messages, next_steps, visitor_tokens


class ConversationRepository(Repository):
    """Conversations, by identifier."""

    def open(self, conversation: Conversation) -> None:
        """Store it, unless one with this identifier exists."""
        self._insert_new(conversations, row_of(conversations, conversation))

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation, if it was ever opened."""
        return self._found(_with_id(conversation_id))

    def locked(self, conversation_id: str) -> Conversation | None:
        """The conversation, which nobody else may change until the end of this transaction."""
        # SQLite has no FOR UPDATE and needs none: the writing transaction is alone.
        return self._found(_with_id(conversation_id).with_for_update())

    def save(self, conversation: Conversation) -> None:
        """Store what changed."""
        changed = update(conversations).where(conversations.c.id == conversation.id)
        self._run(changed.values(row_of(conversations, conversation)))
        self._changes.saved(conversation)

    def waiting(self) -> Sequence[str]:
        """The identifiers of those that wait for an adviser."""
        wanted = select(conversations.c.id).where(conversations.c.state == State.WAITING.value)
        return self._column(wanted.order_by(conversations.c.id))

    def left_by_advisers(self, before: datetime) -> Sequence[str]:
        """The identifiers of those an adviser has, took before then, and wrote nothing in since."""
        wrote = select(messages.c.id).where(
            messages.c.conversation_id == conversations.c.id,
            messages.c.author == Author.ADVISER.value,
            messages.c.created_at >= before,
        )
        took = select(handovers.c.id).where(
            handovers.c.conversation_id == conversations.c.id, handovers.c.taken_at >= before
        )
        wanted = select(conversations.c.id).where(
            conversations.c.state == State.HUMAN.value, ~wrote.exists(), ~took.exists()
        )
        return self._column(wanted.order_by(conversations.c.id))

    def _found(self, wanted: Any) -> Conversation | None:
        found = self._first(_conversation, wanted)
        if found:
            self._changes.read(found)
        return found


def _with_id(conversation_id: str) -> Any:
    return select(conversations).where(conversations.c.id == conversation_id)


def _conversation(row: Row) -> Conversation:
    return read_as(Conversation, row, state=State(row.state))


class VisitorRepository(Repository):
    """Who may enter a conversation: whoever has its token, of which a keyed digest is kept."""

    def admit(self, token: str, conversation_id: str, now: datetime) -> None:
        """Let this token, and no other, open this conversation."""
        row = {"digest": self._digest(token), "conversation_id": conversation_id, "given_at": now}
        self._run(insert(visitor_tokens).values(row))

    def conversation_of(self, token: str) -> str | None:
        """The conversation this token opens."""
        wanted = select(visitor_tokens.c.conversation_id).where(visitor_tokens.c.digest == self._digest(token))
        return self._run(wanted).scalar()

    def _digest(self, token: str) -> str:
        return self._digests.of("visitor", token)


class NextStepRepository(Repository):
    """What was promised to persons."""

    def add(self, step: NextStep) -> None:
        """Note a promise; one about an appointment outlives its conversation."""
        known = self._known(step.conversation_id) if step.appointment_id else step.conversation_id
        self._run(insert(next_steps).values(row_of(next_steps, step, conversation_id=known)))

    def done(self, conversation_id: str, kind: str, now: datetime) -> None:
        """Note that what was promised in this conversation was done."""
        kept = update(next_steps).where(
            next_steps.c.conversation_id == conversation_id,
            next_steps.c.kind == kind,
            next_steps.c.done_at.is_(None),
        )
        self._run(kept.values(done_at=now))

    def pending(self, conversation_id: str | None, kind: str) -> NextStep | None:
        """The promise of this kind last made in this conversation and not kept yet."""
        wanted = select(next_steps).where(
            next_steps.c.conversation_id == conversation_id, next_steps.c.kind == kind, next_steps.c.done_at.is_(None)
        )
        return self._first(partial(read_as, NextStep), wanted.order_by(next_steps.c.due_at.desc()).limit(1))

    def due(self, before: datetime, limit: int = 100) -> Sequence[NextStep]:
        """What should have been done by then and was not, oldest first."""
        wanted = select(next_steps).where(next_steps.c.due_at <= before, next_steps.c.done_at.is_(None))
        return self._all(partial(read_as, NextStep), wanted.order_by(next_steps.c.due_at).limit(limit))

    def _known(self, conversation_id: str | None) -> str | None:
        return self._run(select(conversations.c.id).where(conversations.c.id == conversation_id)).scalar()
