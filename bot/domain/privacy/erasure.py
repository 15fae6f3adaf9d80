"""What a conversation leaves behind it, and what erasing it takes away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
