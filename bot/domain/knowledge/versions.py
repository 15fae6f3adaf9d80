"""Dated statements: for which scheme one holds, when, who says so, and which version answers a question.

Shared by answers, levels of service, operators, terms and eligibility rules: a statement is written once a
scheme and a period, and never corrected in place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.domain.knowledge.schemes import PAST_SCHEMES, Scheme


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


@dataclass(frozen=True, kw_only=True)
class Dated:
    """What every version of a statement carries, whatever it says."""

    scheme: Scheme
    validity: Validity
    sources: tuple[Source, ...]
    review_by: date

    def is_overdue(self, today: date) -> bool:
        """Whether somebody should have read it again before today."""
        return today > self.review_by


D = TypeVar("D", bound=Dated)


def in_force(versions: Sequence[D], scheme: Scheme | None, today: date) -> D | None:
    """The version that answers for this scheme, or none.

    A past scheme is answered from its last version, whatever today is. Where the scheme asked about
    has no version, the statement is answered from the scheme it does speak of: the caller reads
    `scheme` to say so. A statement about today that has run out is never replaced by an older scheme's.
    """
    if scheme in PAST_SCHEMES:
        common = [version for version in versions if version.scheme is Scheme.ALL]
        return last_of(versions, scheme) or _of_today(common, today) or in_force(versions, None, today)
    if any(version.scheme not in PAST_SCHEMES for version in versions):
        return _of_today(versions, today)
    return max(versions, key=_start, default=None)


def last_of(versions: Sequence[D], scheme: Scheme) -> D | None:
    """The last version written for this scheme alone."""
    return max((each for each in versions if each.scheme is scheme), key=_start, default=None)


def _of_today(versions: Sequence[D], today: date) -> D | None:
    current = [each for each in versions if each.scheme not in PAST_SCHEMES and each.validity.covers(today)]
    # A statement about today's scheme is more precise than one that holds for all.
    return max(current, key=lambda each: (each.scheme is not Scheme.ALL, _start(each)), default=None)


def _start(version: Dated) -> date:
    return version.validity.valid_from
