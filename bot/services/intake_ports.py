"""What the intake needs from outside: where what people decided is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.booking.intake import Intake


class Intakes(Protocol):
    """What people agreed to pass on: one decision a conversation, one intake an appointment."""

    def decide(self, intake: Intake) -> None:
        """Store what was decided, in place of what was before in this conversation or for this appointment."""

    def of_conversation(self, conversation_id: str) -> Intake | None:
        """What was decided in this conversation."""

    def of_appointment(self, appointment_id: str) -> Intake | None:
        """What whoever receives the person at this appointment may read."""

    def appointment_in(self, conversation_id: str, now: datetime) -> str | None:
        """The appointment to come that was booked last in this conversation."""

    def withdraw(self, conversation_id: str) -> bool:
        """Delete what was decided in this conversation; whether anything was."""

    def withdraw_from(self, appointment_id: str) -> bool:
        """Delete what was agreed for this appointment; whether anything was."""

    def leave(self, conversation_ids: Sequence[str]) -> None:
        """These conversations are erased: what is for an appointment stays with it, the rest goes."""

    def sweep(self, began_before: datetime) -> int:
        """Delete what was for interviews that began before then, or will not be held; how many."""
