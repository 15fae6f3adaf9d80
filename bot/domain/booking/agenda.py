"""The agenda of a relay point: weekly ranges, public holidays, closures, and what is taken.

Ranges are said in the relay point's own wall-clock time; every instant that comes out is UTC, so
the clock changes are settled here, once.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timezone, tzinfo

from bot.domain.knowledge.versions import Validity


@dataclass(frozen=True)
class WeeklyRange:
    """Hours an adviser gives every week at a relay point, in its wall-clock time."""

    adviser_id: str
    weekday: int
    starts: time
    ends: time
    validity: Validity
    modes: frozenset[str] = frozenset({"in_person", "phone"})

    def on(self, day: date, zone: tzinfo) -> tuple[datetime, datetime] | None:
        """Its two ends on that day, in UTC; `None` when it does not apply."""
        if day.weekday() != self.weekday or not self.validity.covers(day):
            return None
        return _instant(day, self.starts, zone), _instant(day, self.ends, zone)


@dataclass(frozen=True)
class Busy:
    """Time that cannot be given: a closure, an absence, a hold or an appointment.

    `adviser_id` empty: everybody at the relay point.
    """

    starts_at: datetime
    ends_at: datetime
    adviser_id: str = ""

    def concerns(self, adviser_id: str) -> bool:
        """Whether it keeps this adviser away."""
        return self.adviser_id in ("", adviser_id)

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether the two periods share an instant; touching ends do not."""
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True)
class Agenda:
    """All that decides the openings of one relay point."""

    relay_point_code: str
    zone: tzinfo
    advisers: dict[str, str] = field(default_factory=dict)
    ranges: tuple[WeeklyRange, ...] = ()
    closures: tuple[Busy, ...] = ()
    taken: tuple[Busy, ...] = ()
    holidays: frozenset[date] = frozenset()


def _instant(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(timezone.utc)
