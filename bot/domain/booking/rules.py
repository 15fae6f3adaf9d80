"""What a territory decides about appointments: lengths, notice, limits, ways to meet, quotas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from enum import Enum
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.domain.booking.quiet_hours import QuietHours

QUARTER = timedelta(minutes=15)
FIRST = 1
"""The rank of the first interview of a path."""
_PARIS = ZoneInfo("Europe/Paris")


class Mode(str, Enum):
    """How the person and the adviser meet."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"


USUAL_MODES = frozenset({Mode.IN_PERSON.value, Mode.PHONE.value})
"""A video needs somewhere to meet, which a territory names first."""


@dataclass(frozen=True)
class AppointmentKind:
    """What one kind of appointment has of its own: its length, its notice, how far ahead it is given."""

    minutes: int = 75
    notice_hours: int = 24
    horizon_days: int = 60


@dataclass(frozen=True)
class Quota:
    """So many first appointments a year in these departments, and no more."""

    departments: frozenset[str]
    year: int
    appointments: int

    @property
    def period(self) -> tuple[datetime, datetime]:
        """Its year, from the first instant to the first one of the next."""
        first, after = (datetime(year, 1, 1, tzinfo=_PARIS) for year in (self.year, self.year + 1))
        return first.astimezone(timezone.utc), after.astimezone(timezone.utc)

    def counts(self, department: str, starts_at: datetime) -> bool:
        """Whether a first appointment there and then is one of those it counts."""
        first, after = self.period
        return department in self.departments and first <= starts_at < after


@dataclass(frozen=True)
class BookingRules:
    """What a territory decides about appointments; every number is a setting."""

    minutes: int = 75
    buffer_quarters: int = 1
    notice_hours: int = 24
    horizon_days: int = 60
    hold_minutes: int = 10
    move_until_hours: int = 24
    cancel_until_hours: int = 2
    reminder_days: int = 2
    quiet: QuietHours = QuietHours()
    proofs_per_hour: int = 5
    last_rank: int = 3
    earlier_offers: int = 3
    earlier_hours: int = 4
    earlier_gain_hours: int = 24
    prepared_hours: int = 24
    km_per_day: float = 2.0
    far_km: float = 40.0
    modes: frozenset[str] = USUAL_MODES
    following: AppointmentKind | None = None
    quotas: tuple[Quota, ...] = ()

    def __post_init__(self) -> None:
        lengths = [self.minutes, *([self.following.minutes] if self.following else [])]
        if any(minutes <= 0 or minutes % 15 for minutes in lengths):
            raise ValueError("the length of an appointment is a whole number of quarters")

    @cached_property
    def length(self) -> timedelta:
        """The time spent together."""
        return timedelta(minutes=self.minutes)

    @cached_property
    def occupied(self) -> timedelta:
        """What an appointment takes from the adviser: its length and the buffer after it."""
        return self.length + self.buffer_quarters * QUARTER

    def bookable(self, now: datetime) -> tuple[datetime, datetime]:
        """The first and the last instant an appointment may start at."""
        return now + timedelta(hours=self.notice_hours), now + timedelta(days=self.horizon_days)

    def for_rank(self, rank: int) -> BookingRules:
        """What holds for the appointment of this rank on a path; only first ones are counted by quotas."""
        if rank == FIRST:
            return self
        kind = self.following or AppointmentKind(self.minutes, self.notice_hours, self.horizon_days)
        return replace(
            self,
            minutes=kind.minutes,
            notice_hours=kind.notice_hours,
            horizon_days=kind.horizon_days,
            quotas=(),
        )

    def at_desk(self) -> BookingRules:
        """These rules without notice or limits: an adviser and the person are speaking with each other."""
        following = replace(self.following, notice_hours=0) if self.following else None
        return replace(self, notice_hours=0, move_until_hours=0, cancel_until_hours=0, following=following)

    def for_change_of(self, rank: int, starts_at: datetime) -> BookingRules:
        """What holds for changing an appointment: the quota of its year counts it already."""
        kept = tuple(each for each in self.quotas if not each.period[0] <= starts_at < each.period[1])
        return replace(self.for_rank(rank), quotas=kept if rank == FIRST else ())
