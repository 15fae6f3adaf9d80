"""Which statements nobody may give any more, and which somebody should read again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.domain.knowledge.schemes import PAST_SCHEMES
from bot.domain.knowledge.versions import Dated


class Fault(str, Enum):
    """Why a version is listed."""

    EXPIRED = "expired"
    TO_READ_AGAIN = "to_read_again"


@dataclass(frozen=True)
class Statement:
    """Something said from a content file, under its identifier, with all its versions."""

    kind: str
    id: str
    versions: Sequence[Dated]


@dataclass(frozen=True)
class Finding:
    """A version to look at, and the day it should have been."""

    statement: Statement
    version: Dated
    fault: Fault
    since: date


def review(statements: Iterable[Statement], today: date) -> tuple[Finding, ...]:
    """Every version to look at, the longest overdue first."""
    found = [finding for statement in statements for finding in _findings(statement, today)]
    return tuple(sorted(found, key=lambda each: (each.since, each.statement.kind, each.statement.id)))


def _findings(statement: Statement, today: date) -> list[Finding]:
    found = []
    present = [version for version in statement.versions if version.scheme not in PAST_SCHEMES]
    if present and not any(version.validity.covers(today) for version in present):
        last = max(present, key=lambda version: version.validity.valid_until or date.max)
        if last.validity.valid_until and last.validity.valid_until < today:
            found.append(Finding(statement, last, Fault.EXPIRED, last.validity.valid_until))
    for version in statement.versions:
        # What was true of a past scheme is still said of it, whatever its end.
        said = version.scheme in PAST_SCHEMES or version.validity.covers(today)
        if said and version.is_overdue(today):
            found.append(Finding(statement, version, Fault.TO_READ_AGAIN, version.review_by))
    return found
