"""A unit of work whose outbox tells when it will next have something to send, so that no clock has to ask it."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from bot.storage.repositories.notifications import OutboxRepository
from bot.storage.unit_of_work import SqlUnitOfWork


class WatchedOutbox(OutboxRepository):
    """Notes every hour at which a notice may be due; some come to nothing, none is missed."""

    hours: list[datetime]

    def add(self, kind: str, subject_id: str, due_at: datetime, payload: Mapping[str, str]) -> None:
        """Note the hour it is due at."""
        heapq.heappush(self.hours, due_at)
        super().add(kind, subject_id, due_at, payload)

    def retry(self, notice_id: int, at: datetime) -> None:
        """Note the hour it is tried again at."""
        heapq.heappush(self.hours, at)
        super().retry(notice_id, at)

    def postpone(self, notice_id: int, until: datetime) -> None:
        """Note the hour it was put off to."""
        heapq.heappush(self.hours, until)
        super().postpone(notice_id, until)


class WatchedUnitOfWork(SqlUnitOfWork):
    """The real one, its outbox watched."""

    outbox: WatchedOutbox
    repositories = {**SqlUnitOfWork.repositories, "outbox": WatchedOutbox}

    def __init__(self, *wired: Any, **more: Any) -> None:
        super().__init__(*wired, **more)
        self.hours: list[datetime] = []

    def next_due(self) -> datetime | None:
        """When something may be due next."""
        return self.hours[0] if self.hours else None

    def pass_by(self) -> None:
        """The next hour has been dealt with."""
        heapq.heappop(self.hours)

    def _open_repositories(self, connection: Connection) -> None:
        super()._open_repositories(connection)
        self.outbox.hours = self.hours
