"""What reading a sentence may give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.french_time.preference import Preference


@dataclass(frozen=True)
class Wanted:
    """A wish that was understood.

    `words` say it in full, so that they still mean the same read on another day.
    `is_bare_number` marks "le 2" and the like: a choice in a list rather than a date, if there is a list.
    """

    preference: Preference
    words: str
    is_bare_number: bool = False


@dataclass(frozen=True)
class Ambiguous:
    """A wish that means one of these, to be asked; reading the words of a choice gives that choice."""

    choices: tuple[Wanted, ...]


@dataclass(frozen=True)
class Past:
    """A day, or an hour of today, that is over."""

    day: date


@dataclass(frozen=True)
class Nothing:
    """No wish of time was found."""


Reading = Wanted | Ambiguous | Past | Nothing
