"""What the public pages need from outside: secret links, receipts, requests being written."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.drafts import Draft
from bot.domain.booking.receipts import Receipt


class AppointmentLinks(Protocol):
    """The secret of each appointment's own page; what is kept of it is a keyed digest."""

    def open(self, appointment_id: str) -> None:
        """Let its secret lead to it."""

    def find(self, secret: str) -> Appointment | None:
        """The appointment this secret leads to."""

    def close(self, appointment_id: str) -> None:
        """Let its secret lead nowhere any more."""


class Receipts(Protocol):
    """Receipts of requests: only added, never changed."""

    def add(self, receipt: Receipt) -> None:
        """Keep it; one that is kept already stays as it is."""

    def get(self, number: str) -> Receipt | None:
        """The receipt with this number."""


class Drafts(Protocol):
    """Requests being written, each under the secret of one browser, of which a keyed digest is kept."""

    def open(self, secret: str, draft: Draft, now: datetime) -> None:
        """Start one; what this browser had started before is forgotten."""

    def get(self, secret: str, since: datetime) -> Draft | None:
        """The one under this secret, touched since then."""

    def locked(self, secret: str, since: datetime) -> Draft | None:
        """The same, which nobody else may change until the end of this transaction."""

    def save(self, draft: Draft, now: datetime) -> None:
        """Store what changed."""

    def erase(self, draft_id: str) -> None:
        """Forget it."""

    def sweep(self, before: datetime) -> int:
        """Forget those nobody touched since then; how many."""
