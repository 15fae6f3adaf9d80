"""What a person said of the time that suits them, how well an appointment suits it, and what reading may give.

Only the day and the wall-clock time of a start are compared, so a change of clocks breaks nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Window:
    """Part of a day a start may fall in, in minutes since midnight; `ends` is left out.

    `target` is the very hour asked for, when there is one.
    """

    begins: int = 0
    ends: int = DAY_MINUTES
    target: int | None = None

    def covers(self, minute: int) -> bool:
        """Whether a start at this minute of the day falls in it."""
        return self.begins <= minute < self.ends


@dataclass(frozen=True)
class Period:
    """Days in a row, both ends included; without `last` it never ends.

    `target` is the very day asked for, when the days around it are accepted too.
    """

    first: date
    last: date | None = None
    target: date | None = None

    def covers(self, day: date) -> bool:
        """Whether this day is in it."""
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def is_one_day(self) -> bool:
        """Whether it holds a single day."""
        return self.first == self.last


@dataclass(frozen=True)
class When:
    """Days and hours said together; an empty field means any."""

    periods: tuple[Period, ...] = ()
    weekdays: frozenset[int] = frozenset()
    windows: tuple[Window, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether it says nothing at all."""
        return not (self.periods or self.weekdays or self.windows)

    def covers(self, starts_at: datetime) -> bool:
        """Whether this start is within the days and the hours."""
        day, minute = starts_at.date(), starts_at.hour * 60 + starts_at.minute
        return (
            (not self.periods or any(period.covers(day) for period in self.periods))
            and (not self.weekdays or day.weekday() in self.weekdays)
            and (not self.windows or any(window.covers(minute) for window in self.windows))
        )

    def distance(self, starts_at: datetime) -> float:
        """How far this start is from it; 0 when it is exactly what was asked."""
        day, minute = starts_at.date(), starts_at.hour * 60 + starts_at.minute
        periods = min(
            (_days_away(day, period.first, period.last, period.target) for period in self.periods), default=0.0
        )
        weekdays = _weekdays_away(day.weekday(), self.weekdays)
        hours = (_hours_away(minute, window.begins, window.ends, window.target) for window in self.windows)
        return max(periods, weekdays) + min(hours, default=0.0)


@dataclass(frozen=True)
class Preference:
    """The wish of a person: what they asked, what they ruled out, what they would rather have.

    `alternatives` are joined by "or", none meaning any time; `excluded` always wins; `preferred`
    only ranks. No day before `today` ever fits.
    """

    today: date
    alternatives: tuple[When, ...] = ()
    excluded: tuple[When, ...] = ()
    preferred: tuple[When, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether any time will do."""
        return not (self.alternatives or self.excluded or self.preferred)

    def fits(self, starts_at: datetime) -> bool:
        """Whether this start, in local time, respects everything that was asked or ruled out."""
        if starts_at.date() < self.today or any(when.covers(starts_at) for when in self.excluded):
            return False
        return not self.alternatives or any(when.covers(starts_at) for when in self.alternatives)

    def closeness(self, starts_at: datetime) -> float:
        """How far this start, in local time, is from what was asked; 0 is best, 1 is about a day."""
        asked = min((when.distance(starts_at) for when in self.alternatives), default=0.0)
        ruled_out = _RULED_OUT * any(when.covers(starts_at) for when in self.excluded)
        leaning = min((when.distance(starts_at) for when in self.preferred), default=0.0)
        return asked + ruled_out + leaning


_RULED_OUT = 10.0
_WRONG_HOUR = 1.0
_LATER_WEEK = 1.5


def _days_away(day: date, first: date, last: date | None, target: date | None) -> float:
    """Distance to a period of _days_away; the same weekday a week later is nearer than six _days_away later."""
    if target is not None:
        return abs((day - target).days) / 2
    if day < first:
        return float((first - day).days)
    if last is None or day <= last:
        return 0.0
    late = (day - last).days
    if first == last and late % 7 == 0:
        return _LATER_WEEK * late / 7
    return float(late)


def _weekdays_away(weekday: int, wanted: Collection[int]) -> float:
    """Distance to the nearest of the wanted _weekdays_away, in _days_away either way."""
    return float(min((min((weekday - each) % 7, (each - weekday) % 7) for each in wanted), default=0))


def _hours_away(minute: int, begins: int, ends: int, target: int | None) -> float:
    """Distance to part of a day; within it, to the very hour asked if there is one."""
    if target is not None:
        outside = not begins <= minute < ends
        return outside * _WRONG_HOUR + abs(minute - target) / 60
    if begins <= minute < ends:
        return 0.0
    return _WRONG_HOUR + (begins - minute if minute < begins else minute - ends) / 60


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
