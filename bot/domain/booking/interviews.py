"""An appointment as its adviser reads it: its history, its path, what became of it, what is noted of the interview.

How long it was, what was delivered, what follows; never what was said.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.domain.booking.appointments import Appointment, State
from bot.domain.errors import AppointmentClosed, OutcomeRefused

SHORTEST, LONGEST = 5, 480
"""Minutes: below, nobody was received; above, a slip of the keyboard."""
AFTERWARDS = frozenset({State.SEEN, State.NO_SHOW, State.UNKNOWN})
"""Known only once the hour has come."""
BEFOREHAND = frozenset({State.CANCELLED_BY_US})
"""Of use only while the person can still be told."""
EITHER = frozenset({State.EXCUSED})
"""The person warned, too late to cancel by themselves, or by phone."""
_FINAL = frozenset({State.PREPARED, State.CANCELLED, State.CANCELLED_BY_US})


class Sequel(str, Enum):
    """What follows for the person, among a few plain choices: no free text about anybody."""

    ENOUGH = "enough"
    THINKING = "thinking"
    ANOTHER = "another"
    FILE = "file"
    ELSEWHERE = "elsewhere"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Interview:
    """An interview that took place; `level` is numbered within the scheme in force that day, if one was delivered."""

    minutes: int
    level: int | None
    sequel: Sequel

    def __post_init__(self) -> None:
        if not SHORTEST <= self.minutes <= LONGEST:
            raise ValueError("the length of an interview is between five minutes and eight hours")


@dataclass(frozen=True)
class Change:
    """One line of an appointment's history; `actor` is empty for the person themselves."""

    at: datetime
    what: str
    starts_at: datetime
    relay_point_code: str
    actor: str


@dataclass(frozen=True)
class Stage:
    """One appointment of a person's path, without who it is for."""

    appointment_id: str
    starts_at: datetime
    rank: int
    state: str
    point_name: str
    adviser_name: str
    interview: Interview | None


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
