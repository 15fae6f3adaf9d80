"""Requests for a person, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.conversation.handovers import Handover, HandoverState
from bot.storage.repositories.conflicts import conflicts
from bot.storage.tables.conversations import handovers
from bot.storage.touched import Touched

_OPEN = (HandoverState.WAITING.value, HandoverState.TAKEN.value)


class HandoverRepository:
    """Requests for a person; the database lets a conversation have one open at a time."""

    def __init__(self, connection: Connection, touched: Touched) -> None:
        self._connection = connection
        self._touched = touched

    def add(self, handover: Handover) -> Handover:
        """Store it and give it its identifier; `Conflict` if one is open."""
        with conflicts():
            key = self._connection.execute(insert(handovers).values(_row(handover))).inserted_primary_key[0]
        self._touched.asked()
        return replace(handover, id=key)

    def open_for(self, conversation_id: str) -> Handover | None:
        """The one of this conversation that is waiting or taken."""
        wanted = select(handovers).where(handovers.c.conversation_id == conversation_id, handovers.c.state.in_(_OPEN))
        row = self._connection.execute(wanted).first()
        return read_handover(row) if row else None

    def get(self, handover_id: int) -> Handover | None:
        """The handover, if there is one."""
        row = self._connection.execute(select(handovers).where(handovers.c.id == handover_id)).first()
        return read_handover(row) if row else None

    def locked(self, handover_id: int) -> Handover | None:
        """The handover, which nobody else may change until the end of this transaction."""
        wanted = select(handovers).where(handovers.c.id == handover_id).with_for_update()
        row = self._connection.execute(wanted).first()
        return read_handover(row) if row else None

    def save(self, handover: Handover) -> None:
        """Store what changed."""
        self._connection.execute(update(handovers).where(handovers.c.id == handover.id).values(_row(handover)))
        self._touched.asked()

    def waiting(self) -> Sequence[Handover]:
        """Those nobody took, oldest first."""
        wanted = select(handovers).where(handovers.c.state == HandoverState.WAITING.value)
        rows = self._connection.execute(wanted.order_by(handovers.c.asked_at, handovers.c.id))
        return [read_handover(row) for row in rows]

    def unanswered(self, asked_before: datetime) -> Sequence[Handover]:
        """Those nobody took, asked before then, and of which nobody was warned; oldest first."""
        wanted = select(handovers).where(
            handovers.c.state == HandoverState.WAITING.value,
            handovers.c.asked_at < asked_before,
            handovers.c.alerted_at.is_(None),
        )
        return [read_handover(row) for row in self._connection.execute(wanted.order_by(handovers.c.asked_at))]


def _row(handover: Handover) -> dict[str, object]:
    return {
        "conversation_id": handover.conversation_id,
        "relay_point_code": handover.relay_point_code,
        "state": handover.state.value,
        "asked_at": handover.asked_at,
        "due_at": handover.due_at,
        "adviser_id": handover.adviser_id,
        "taken_at": handover.taken_at,
        "closed_at": handover.closed_at,
        "first_message_id": handover.first_message_id,
        "alerted_at": handover.alerted_at,
    }


def read_handover(row: Any) -> Handover:
    """The request of this row."""
    return Handover(
        id=row.id,
        conversation_id=row.conversation_id,
        relay_point_code=row.relay_point_code,
        asked_at=row.asked_at,
        due_at=row.due_at,
        state=HandoverState(row.state),
        adviser_id=row.adviser_id,
        taken_at=row.taken_at,
        closed_at=row.closed_at,
        first_message_id=row.first_message_id,
        alerted_at=row.alerted_at,
    )
