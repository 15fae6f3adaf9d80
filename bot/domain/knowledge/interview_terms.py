"""The terms of an interview, agreed before it: who receives, what stays secret, how long, what is done or not.

The five lines are versions of one statement: the one a person read is kept with their appointment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.knowledge.versions import Dated, in_force

LENGTH = "{length}"
"""Where a line says how long the appointment lasts."""


@dataclass(frozen=True, kw_only=True)
class InterviewTerms(Dated):
    """One version of the terms, a plain line for each of the five things it says."""

    adviser: str
    secrecy: str
    length: str
    level: str
    yours: str

    @property
    def version(self) -> str:
        """What it is known by once accepted: the day it began to be read."""
        return self.validity.valid_from.isoformat()

    def lines(self, length: str) -> tuple[str, ...]:
        """The five lines in their order, with the length of this appointment as words."""
        written = (self.adviser, self.secrecy, self.length, self.level, self.yours)
        return tuple(line.replace(LENGTH, length) for line in written)


def current(versions: Sequence[InterviewTerms], today: date) -> InterviewTerms | None:
    """The version to be read today, if one is in force."""
    return in_force(versions, None, today)


def accepted(versions: Sequence[InterviewTerms], version: str) -> InterviewTerms | None:
    """The version a person read, whatever was written since."""
    return next((each for each in versions if each.version == version), None)
