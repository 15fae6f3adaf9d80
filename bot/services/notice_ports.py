"""What notices need from outside: the outbox, a writer of letters, a way to send them, the jobs' runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.appointments import Appointment
from bot.domain.letters import Letter, Mail
from bot.domain.notices import Notice
from bot.domain.relay_points import RelayPoint


class Outbox(Protocol):
    """Notices to send, written in the transaction of what they announce."""

    def add(self, kind: str, subject_id: str, due_at: datetime, payload: Mapping[str, str]) -> None:
        """Ask for a notice about this subject, to be sent from `due_at` on."""

    def withdraw(self, subject_id: str, kind: str) -> None:
        """Forget the notices of this kind that were not sent yet."""

    def claim(self, now: datetime, limit: int) -> Sequence[Notice]:
        """Notices to send now, oldest first, each counted as tried; given to nobody else for some minutes."""

    def sent(self, notice_id: int, now: datetime) -> None:
        """Note that it left."""

    def retry(self, notice_id: int, at: datetime) -> None:
        """Try again then; the hour it was due at stays."""

    def postpone(self, notice_id: int, until: datetime) -> None:
        """It is due later than was thought."""

    def drop(self, notice_id: int, now: datetime, reason: str) -> None:
        """Give it up, and keep why."""

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


class Letters(Protocol):
    """Writes what a person reads about their appointment."""

    def about(self, kind: str, appointment: Appointment, point: RelayPoint, now: datetime) -> Letter:
        """The letter for a notice of this kind; `LookupError` when nobody wrote one for it."""


class Refused(Exception):
    """This mail can never reach its reader; says why in one word."""


class Deferred(Exception):
    """The reader's mailbox asks to come back later."""


class Unavailable(Exception):
    """Nothing can be sent for now, to anybody; says why in one word."""


class Mailer(Protocol):
    """Sends a mail, or says why not: `Refused`, `Deferred` or `Unavailable`."""

    def send(self, mail: Mail) -> None:
        """Send it; sent again with the same key, it is the same message for the reader."""
