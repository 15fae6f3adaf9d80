"""When a message may reach a person: not at night, not on Sundays nor public holidays.

Hours are those of the place of the appointment, across clock changes.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

SUNDAY = 6
_A_DAY = timedelta(days=1)
_DAYS_AHEAD = 14


@dataclass(frozen=True)
class QuietHours:
    """From `starts` in the evening until `ends` in the morning, and all day on Sundays and public holidays."""

    starts: time = time(20)
    ends: time = time(8)

    def __post_init__(self) -> None:
        if not self.ends < self.starts:
            raise ValueError("quiet hours start in the evening and end in the morning")

    def next_open(self, moment: datetime, zone: tzinfo, holidays: Container[date]) -> datetime:
        """This instant when it is not quiet, else the next one that is not."""
        local = moment.astimezone(zone)
        if _is_open_day(local.date(), holidays) and self.ends <= local.time() < self.starts:
            return moment
        first = local.date() + (_A_DAY if local.time() >= self.ends else timedelta(0))
        day = next(each for each in _days(first, _A_DAY) if _is_open_day(each, holidays))
        return _at(day, self.ends, zone)

    def reminder_at(self, starts_at: datetime, days: int, zone: tzinfo, holidays: Container[date]) -> datetime:
        """The hour of the appointment so many days before, by the clock on the wall.

        An hour that falls in quiet hours is brought forward, so that there is still time to change.
        """
        local = starts_at.astimezone(zone)
        day = next(each for each in _days(local.date() - timedelta(days=days), -_A_DAY) if _is_open_day(each, holidays))
        latest = (datetime.combine(day, self.starts) - timedelta(minutes=15)).time()
        return _at(day, min(max(local.time(), self.ends), latest), zone)


def _days(first: date, step: timedelta) -> list[date]:
    return [first + number * step for number in range(_DAYS_AHEAD)]


def _is_open_day(day: date, holidays: Container[date]) -> bool:
    return day.weekday() != SUNDAY and day not in holidays


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(timezone.utc)
