"""When a statement holds, for which scheme, and who says so.

Shared by everything dated: answers, levels of service, eligibility rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Scope(str, Enum):
    """The scheme a statement is about; `ALL` holds whatever the scheme."""

    BOURGOGNE_2013 = "bourgogne_2013"
    NATIONAL_2014 = "national_2014"
    NATIONAL_2019 = "national_2019"
    ALL = "all"


@dataclass(frozen=True)
class Source:
    """A text or page a person can check, and the day somebody last read it."""

    title: str
    read_on: date
    link: str = ""
    note: str = ""


@dataclass(frozen=True)
class Validity:
    """A period, last day included; no end means still in force."""

    valid_from: date
    valid_until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the statement is in force that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
