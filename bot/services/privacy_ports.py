"""What forgetting needs from outside: what is old in our tables, and what the assistant remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.domain.booking.appointments import Appointment
from bot.domain.privacy.erasure import Trace

Copy = Mapping[str, Sequence[Mapping[str, Any]]]


class OldRecords(Protocol):
    """What has been kept long enough."""

    def conversations(self, idle_since: datetime, handed_over_since: datetime) -> Sequence[str]:
        """Those nobody wrote in since, whose requests for a person are over since."""

    def forget_persons(self, before: datetime) -> int:
        """Take the person off the appointments that began before; how many."""

    def forget_person(self, appointment_id: str) -> None:
        """Take the person off this appointment."""

    def without_person(self) -> Sequence[str]:
        """The appointments whose person was taken off, by identifier."""

    def erase_receipts(self, before: datetime) -> int:
        """Delete the notices settled before; how many."""

    def erase_record(self, before: datetime) -> int:
        """Delete the lines of the desk's record written before; how many."""

    def erase_sign_ins(self, before: datetime) -> int:
        """Delete the sign-ins nobody used since; how many."""

    def erase_proofs(self, before: datetime) -> int:
        """Delete the tries at proving an appointment made before; how many."""


class Erasures(Protocol):
    """Conversations that are no more; of each its identifier alone is kept for a time, so that nothing revives it."""

    def traces(self, conversation_id: str) -> frozenset[Trace]:
        """What our tables hold of this conversation."""

    def erase(self, ids: Sequence[str], now: datetime) -> None:
        """Delete all that was said and promised in these, and note that they are erased."""

    def is_erased(self, conversation_id: str) -> bool:
        """Whether this one was erased."""

    def erased(self) -> Sequence[str]:
        """Those whose note is still kept."""

    def unfinished(self) -> Sequence[str]:
        """Those the assistant's memory may still hold."""

    def finish(self, ids: Sequence[str], now: datetime) -> None:
        """Note that the assistant's memory holds nothing of these any more."""

    def forget(self, before: datetime) -> int:
        """Forget that those erased before, and finished, ever were; how many."""


class Personal(Protocol):
    """What is kept of one person."""

    def appointments(self, conversation_id: str) -> Sequence[Appointment]:
        """Those taken in this conversation whose person is still known, the earliest first."""

    def copy(self, conversation_id: str) -> Copy:
        """The rows of each table that has any, by its name."""


class Memory(Protocol):
    """What the assistant itself remembers of conversations, elsewhere than in our tables."""

    def erase(self, ids: Sequence[str]) -> None:
        """Forget these; forgetting again changes nothing."""
