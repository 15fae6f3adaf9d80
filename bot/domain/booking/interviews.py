"""An appointment as its adviser reads it, its history and its path; and what is noted of the interview.

How long it was, what was delivered, what follows; never what was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

SHORTEST, LONGEST = 5, 480
"""Minutes: below, nobody was received; above, a slip of the keyboard."""


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
