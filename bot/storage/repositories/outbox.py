"""The outbox in the database: written with what it announces, emptied by the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.notices import Notice
from bot.storage.tables.conversations import outbox

_WAITING = outbox.c.status == "waiting"


class OutboxRepository:
    """Notices to send."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, kind: str, subject_id: str, due_at: datetime, payload: Mapping[str, str]) -> None:
        """Ask for a notice about this subject, to be sent from `due_at` on."""
        values = {
            "kind": kind,
            "subject_id": subject_id,
            "payload": dict(payload),
            "status": "waiting",
            "attempts": 0,
            "next_try_at": due_at,
        }
        self._connection.execute(insert(outbox).values(values))

    def withdraw(self, subject_id: str, kind: str) -> None:
        """Forget the notices of this kind that were not sent yet."""
        self._connection.execute(
            delete(outbox).where(outbox.c.subject_id == subject_id, outbox.c.kind == kind, _WAITING)
        )

    def claim(self, now: datetime, limit: int) -> Sequence[Notice]:
        """Notices to send now, oldest first; nobody else is given them until the transaction ends."""
        # Two workers on PostgreSQL share the queue; on SQLite the writing transaction is alone.
        wanted = (
            select(outbox)
            .where(_WAITING, outbox.c.next_try_at <= now)
            .order_by(outbox.c.next_try_at, outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [
            Notice(row.id, row.kind, row.subject_id, row.next_try_at, row.attempts, row.payload)
            for row in self._connection.execute(wanted)
        ]

    def sent(self, notice_id: int, now: datetime) -> None:
        """Note that it left."""
        self._change(notice_id, status="sent", done_at=now)

    def retry(self, notice_id: int, at: datetime) -> None:
        """Note that it failed, and try again then."""
        self._change(notice_id, attempts=outbox.c.attempts + 1, next_try_at=at)

    def drop(self, notice_id: int, now: datetime) -> None:
        """Give it up: its hour has passed, or its subject is gone."""
        self._change(notice_id, status="dropped", done_at=now)

    def oldest_waiting(self) -> datetime | None:
        """When the notice that waits longest was due."""
        due: datetime | None = self._connection.execute(select(func.min(outbox.c.next_try_at)).where(_WAITING)).scalar()
        return due

    def _change(self, notice_id: int, **values: object) -> None:
        self._connection.execute(update(outbox).where(outbox.c.id == notice_id).values(**values))
