"""What figures are counted from, where it already is; never by adviser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.statistics.figures import Length


@dataclass(frozen=True)
class AtPoint:
    """How many of something at a relay point; an empty code: at none in particular."""

    point: str
    what: str
    count: int


@dataclass(frozen=True)
class Asked:
    """A request for a person: how long it waited in minutes, when somebody took it."""

    point: str
    waited: int | None
    is_open: bool


class Tallies(Protocol):
    """Counts over a period, its end left out."""

    def appointments(self, since: datetime, until: datetime) -> Sequence[AtPoint]:
        """What happened to appointments, by relay point."""

    def handovers(self, since: datetime, until: datetime) -> Sequence[Asked]:
        """The requests for a person made then."""

    def lengths(self, since: datetime, until: datetime) -> Sequence[Length]:
        """How long the interviews held then were planned, and were."""

    def notices(self, since: datetime, until: datetime) -> Sequence[tuple[str, str, int]]:
        """Notices due then, by kind and status."""
