"""How long what people said and gave is kept, and what erasing a conversation takes away.

Past its time, only what no longer names anybody stays.
"""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Retention:
    """Every duration is a setting of the territory, counted from what ended."""

    appointment_days: int = 183
    conversation_hours: int = 24
    handover_days: int = 30
    intake_days: int = 30
    receipt_days: int = 183
    proof_hours: int = 24
    question_days: int = 90
    feedback_days: int = 365
    exchange_days: int = 730
    record_days: int = 365
    sign_in_hours: int = 24


class Trace(str, Enum):
    """Something kept of a conversation."""

    MESSAGES = "messages"
    ADVISER_REQUEST = "adviser_request"
    HOLD = "hold"
    DRAFT = "draft"
    PROMISES = "promises"
    INTAKE = "intake"
    NOTICES = "notices"
    MEMORY = "memory"
    APPOINTMENT = "appointment"


KEPT = frozenset({Trace.APPOINTMENT})
"""What outlives the conversation: an appointment is the person's, and is cancelled with its reference."""


@dataclass(frozen=True)
class Erased:
    """What went, and what stays because it is not the conversation's."""

    gone: tuple[Trace, ...]
    kept: tuple[Trace, ...]


def outcome(traces: frozenset[Trace]) -> Erased:
    """What erasing a conversation that left these traces takes away; the assistant's memory always goes."""
    found = [trace for trace in Trace if trace in traces | {Trace.MEMORY}]
    return Erased(
        tuple(trace for trace in found if trace not in KEPT), tuple(trace for trace in found if trace in KEPT)
    )
