"""What notices and jobs keep: the outbox, the runs of the worker's jobs. How notices leave is in `sending_ports`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.notifications.notices import Notice, Way


class Outbox(Protocol):
    """Notices to send, written in the transaction of what they announce."""

    def add(self, kind: str, subject_id: str, due_at: datetime, payload: Mapping[str, str]) -> None:
        """Ask for a notice about this subject, to be sent from `due_at` on."""

    def subjects(self, kind: str) -> frozenset[str]:
        """Whatever a notice of this kind was asked about, sent or not."""

    def was_sent(self, subject_id: str, kind: str) -> bool:
        """Whether a notice of this kind already left about it."""

    def withdraw(self, subject_id: str, kind: str, now: datetime) -> None:
        """Give up the notices of this kind that were not sent yet, and keep that they were withdrawn."""

    def claim(self, now: datetime, limit: int) -> Sequence[Notice]:
        """Notices to send now, oldest first, each counted as tried; given to nobody else for some minutes."""

    def sent(self, notice_id: int, now: datetime, way: Way, reason: str = "") -> None:
        """Note that it left, and by which way; `reason` says why not by the usual one."""

    def retry(self, notice_id: int, at: datetime) -> None:
        """Try again then; the hour it was due at stays."""

    def postpone(self, notice_id: int, until: datetime) -> None:
        """It is due later than was thought."""

    def drop(self, notice_id: int, now: datetime, reason: str) -> None:
        """Give it up, and keep why."""

    def send_again(self, reason: str, now: datetime) -> int:
        """Give back to the worker those that were given up for this reason; how many."""

    def tally(self) -> Sequence[tuple[str, str, str, str, int]]:
        """How many notices by kind, status, way and reason, in this order."""

    def oldest_waiting(self) -> datetime | None:
        """When the notice that waits longest was due."""


class Jobs(Protocol):
    """What the worker did last, by the name of the job."""

    def done(self, name: str, now: datetime) -> None:
        """Note that the job did its work."""

    def failed(self, name: str, error: str) -> None:
        """Note what stopped it; its last good run stays."""

    def last_runs(self) -> Mapping[str, datetime]:
        """When each job last did its work; one that never did is absent."""
