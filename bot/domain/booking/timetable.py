"""The days of an agenda as advisers read them: who is where, who is away, who comes; and what no longer fits."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.hours import Booked
from bot.domain.places.network import Closure, Presence

DAY = timedelta(days=1)
Meeting = Appointment | Booked
"""Whatever takes an adviser's time at a relay point."""
Zones = Callable[[str], tzinfo]
"""The zone of a relay point, by its code."""


@dataclass(frozen=True)
class Stay:
    """Hours somebody is at a relay point on one day."""

    adviser_id: str
    relay_point_code: str
    starts_at: datetime
    ends_at: datetime
    modes: frozenset[str]


@dataclass(frozen=True)
class Away:
    """What of a closure falls on one day."""

    closure: Closure
    starts_at: datetime
    ends_at: datetime
    whole_day: bool


@dataclass(frozen=True)
class DayPlan:
    """One day: everything in it, earliest first."""

    day: date
    is_holiday: bool
    stays: tuple[Stay, ...]
    aways: tuple[Away, ...]
    meetings: tuple[Appointment, ...]

    @property
    def is_filled(self) -> bool:
        """Whether somebody is there, or comes."""
        return bool(self.stays or self.meetings)


class Misfit(str, Enum):
    """Why an appointment no longer fits the agenda it is in."""

    AWAY = "away"
    OUT_OF_HOURS = "out_of_hours"
    HOLIDAY = "holiday"


def week_of(day: date) -> tuple[date, ...]:
    """The seven days of its week, Monday first."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=number) for number in range(7))


def plan(
    days: Iterable[date],
    presences: Sequence[Presence],
    closures: Sequence[Closure],
    meetings: Sequence[Appointment],
    holidays: frozenset[date],
    zone: tzinfo,
    zones: Zones,
) -> tuple[DayPlan, ...]:
    """These days as they are read in this zone; ranges keep the hours of their own relay point."""
    return tuple(
        DayPlan(
            day,
            day in holidays,
            () if day in holidays else tuple(sorted(_stays(day, presences, zones), key=lambda stay: stay.starts_at)),
            tuple(_aways(day, closures, zone)),
            tuple(sorted((each for each in meetings if _day(each.starts_at, zone) == day), key=_start)),
        )
        for day in days
    )


def misfit(
    meeting: Meeting,
    presences: Sequence[Presence],
    closures: Sequence[Closure],
    holidays: frozenset[date],
    zones: Zones,
) -> Misfit | None:
    """Why this meeting no longer fits, if it does not: it stays booked until somebody moves or cancels it."""
    zone = zones(meeting.relay_point_code)
    day = _day(meeting.starts_at, zone)
    if any(_stands_in_the_way(closure, meeting) for closure in closures):
        return Misfit.AWAY
    if day in holidays:
        return Misfit.HOLIDAY
    if not any(_receives(presence, meeting, day, zone) for presence in presences):
        return Misfit.OUT_OF_HOURS
    return None


def _stands_in_the_way(closure: Closure, meeting: Meeting) -> bool:
    return (
        closure.adviser_id in ("", meeting.adviser_id)
        and closure.relay_point_code in ("", meeting.relay_point_code)
        and closure.starts_at < meeting.ends_at
        and meeting.starts_at < closure.ends_at
    )


def _receives(presence: Presence, meeting: Meeting, day: date, zone: tzinfo) -> bool:
    weekly = presence.weekly
    hours = weekly.on(day, zone)
    return (
        hours is not None
        and presence.relay_point_code == meeting.relay_point_code
        and weekly.adviser_id == meeting.adviser_id
        and meeting.mode in weekly.modes
        and hours[0] <= meeting.starts_at
        and meeting.ends_at <= hours[1]
    )


def _stays(day: date, presences: Sequence[Presence], zones: Zones) -> Iterable[Stay]:
    for presence in presences:
        weekly = presence.weekly
        hours = weekly.on(day, zones(presence.relay_point_code))
        if hours:
            yield Stay(weekly.adviser_id, presence.relay_point_code, *hours, weekly.modes)


def _aways(day: date, closures: Sequence[Closure], zone: tzinfo) -> Iterable[Away]:
    begins = datetime.combine(day, time.min, zone)
    ends = datetime.combine(day + DAY, time.min, zone)
    for closure in sorted(closures, key=lambda each: each.starts_at):
        if closure.starts_at < ends and begins < closure.ends_at:
            first, last = max(closure.starts_at, begins), min(closure.ends_at, ends)
            yield Away(closure, first, last, whole_day=first == begins and last == ends)


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def _start(meeting: Meeting) -> datetime:
    return meeting.starts_at
