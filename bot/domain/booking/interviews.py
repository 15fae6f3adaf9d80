"""What an adviser notes of an interview: how long it was, what was delivered, what follows. Never what was said."""

from __future__ import annotations

from dataclasses import dataclass
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
