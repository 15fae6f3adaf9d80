"""Next steps: what was promised after a refusal, a search without result, a closed hour or a failure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

ANY_ADVISER = "advisers"
"""Owed by whichever adviser reads it first."""
THE_PERSON = "person"
"""What the person can do, from that hour on or until it."""


@dataclass(frozen=True)
class NextStep:
    """What follows, by when, and who owes it: `advisers`, a relay point's code, or `person`.

    It belongs to a conversation, to an appointment, or to both.
    """

    conversation_id: str | None
    kind: str
    due_at: datetime
    owner: str
    appointment_id: str | None = None

    def __post_init__(self) -> None:
        if not (self.conversation_id or self.appointment_id):
            raise ValueError("a next step belongs to a conversation or to an appointment")
