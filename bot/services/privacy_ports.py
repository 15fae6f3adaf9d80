"""What forgetting needs from outside: what is old in our tables, and what the assistant remembers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class OldRecords(Protocol):
    """What has been kept long enough."""

    def conversations(self, idle_since: datetime, handed_over_since: datetime) -> Sequence[str]:
        """Those nobody wrote in since, whose requests for a person are over since."""

    def erase_conversations(self, ids: Sequence[str]) -> None:
        """Delete these, with all that was said and promised in them."""

    def forget_persons(self, before: datetime) -> int:
        """Take the person off the appointments that began before; how many."""

    def forget_person(self, appointment_id: str) -> None:
        """Take the person off this appointment."""

    def erase_receipts(self, before: datetime) -> int:
        """Delete the notices settled before; how many."""

    def erase_proofs(self, before: datetime) -> int:
        """Delete the tries at proving an appointment made before; how many."""


class Memory(Protocol):
    """What the assistant itself remembers of conversations, elsewhere than in our tables."""

    def erase(self, ids: Sequence[str]) -> None:
        """Forget these; forgetting again changes nothing."""
