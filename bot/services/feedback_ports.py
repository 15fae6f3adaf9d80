"""What people's answers about interviews need to be kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.domain.booking.appointments import Appointment
from bot.domain.statistics.feedback import Feedback


class FeedbackBook(Protocol):
    """Who may still answer about which interview, and answers that lead to nobody."""

    def ask(self, appointment_id: str, secret: str) -> None:
        """Let this secret answer about it, in place of any former one."""

    def asked(self, secret: str) -> Appointment | None:
        """The interview this secret may answer about."""

    def close(self, appointment_id: str) -> bool:
        """Let nobody answer about it any more; whether somebody still could."""

    def add(self, adviser_id: str, month: date, answer: Feedback, together: int) -> None:
        """Keep an answer; once so many wait, they may all be read."""

    def readable(self, adviser_id: str) -> Sequence[Feedback]:
        """The answers about this adviser's interviews that may be read."""

    def erase(self, before: date) -> int:
        """Forget the answers of months before this day; how many."""
