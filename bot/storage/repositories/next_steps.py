"""Promises in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.conversation.handovers import NextStep
from bot.storage.tables.conversations import conversations, next_steps


class NextStepRepository:
    """What was promised to persons."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, step: NextStep) -> None:
        """Note a promise; one about an appointment outlives its conversation."""
        values = {
            "conversation_id": self._known(step.conversation_id) if step.appointment_id else step.conversation_id,
            "appointment_id": step.appointment_id,
            "kind": step.kind,
            "due_at": step.due_at,
            "owner": step.owner,
        }
        self._connection.execute(insert(next_steps).values(values))

    def done(self, conversation_id: str, kind: str, now: datetime) -> None:
        """Note that what was promised in this conversation was done."""
        kept = update(next_steps).where(
            next_steps.c.conversation_id == conversation_id,
            next_steps.c.kind == kind,
            next_steps.c.done_at.is_(None),
        )
        self._connection.execute(kept.values(done_at=now))

    def pending(self, conversation_id: str | None, kind: str) -> NextStep | None:
        """The promise of this kind last made in this conversation and not kept yet."""
        wanted = select(next_steps).where(
            next_steps.c.conversation_id == conversation_id, next_steps.c.kind == kind, next_steps.c.done_at.is_(None)
        )
        row = self._connection.execute(wanted.order_by(next_steps.c.due_at.desc()).limit(1)).first()
        return _read(row) if row else None

    def due(self, before: datetime, limit: int = 100) -> Sequence[NextStep]:
        """What should have been done by then and was not, oldest first."""
        wanted = select(next_steps).where(next_steps.c.due_at <= before, next_steps.c.done_at.is_(None))
        return [_read(row) for row in self._connection.execute(wanted.order_by(next_steps.c.due_at).limit(limit))]

    def _known(self, conversation_id: str | None) -> str | None:
        known: str | None = self._connection.execute(
            select(conversations.c.id).where(conversations.c.id == conversation_id)
        ).scalar()
        return known


def _read(row: Any) -> NextStep:
    return NextStep(row.conversation_id, row.kind, row.due_at, row.owner, row.appointment_id)
