"""What became of an appointment: who may be said seen, missed, excused, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.booking.appointments import Appointment, State
from bot.domain.errors import AppointmentClosed, OutcomeRefused

AFTERWARDS = frozenset({State.SEEN, State.NO_SHOW, State.UNKNOWN})
"""Known only once the hour has come."""
BEFOREHAND = frozenset({State.CANCELLED_BY_US})
"""Of use only while the person can still be told."""
EITHER = frozenset({State.EXCUSED})
"""The person warned, too late to cancel by themselves, or by phone."""
_FINAL = frozenset({State.PREPARED, State.CANCELLED, State.CANCELLED_BY_US})


def with_outcome(appointment: Appointment, outcome: State, now: datetime) -> Appointment:
    """The appointment with what became of it; a mistake may be corrected.

    `AppointmentClosed` for a cancelled one; `OutcomeRefused` for a state that is no outcome, or at the wrong time.
    """
    if appointment.state in _FINAL:
        raise AppointmentClosed
    has_begun = appointment.starts_at <= now
    possible = EITHER | (AFTERWARDS if has_begun else BEFOREHAND)
    if outcome not in possible:
        raise OutcomeRefused
    told_again = not has_begun and appointment.state is State.BOOKED
    return replace(appointment, state=outcome, sequence=appointment.sequence + told_again)
