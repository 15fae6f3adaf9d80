"""What a person said of the time that suits them, and how well an appointment suits it.

Only the day and the wall-clock time of a start are compared, so a change of clocks breaks nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.french_time import gaps

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
class Span:
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

    spans: tuple[Span, ...] = ()
    weekdays: frozenset[int] = frozenset()
    windows: tuple[Window, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether it says nothing at all."""
        return not (self.spans or self.weekdays or self.windows)

    def covers(self, starts_at: datetime) -> bool:
        """Whether this start is within the days and the hours."""
        day, minute = starts_at.date(), starts_at.hour * 60 + starts_at.minute
        return (
            (not self.spans or any(span.covers(day) for span in self.spans))
            and (not self.weekdays or day.weekday() in self.weekdays)
            and (not self.windows or any(window.covers(minute) for window in self.windows))
        )

    def distance(self, starts_at: datetime) -> float:
        """How far this start is from it; 0 when it is exactly what was asked."""
        day, minute = starts_at.date(), starts_at.hour * 60 + starts_at.minute
        spans = min((gaps.days(day, span.first, span.last, span.target) for span in self.spans), default=0.0)
        weekdays = gaps.weekdays(day.weekday(), self.weekdays)
        hours = (gaps.hours(minute, window.begins, window.ends, window.target) for window in self.windows)
        return max(spans, weekdays) + min(hours, default=0.0)


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
        ruled_out = gaps.RULED_OUT * any(when.covers(starts_at) for when in self.excluded)
        leaning = min((when.distance(starts_at) for when in self.preferred), default=0.0)
        return asked + ruled_out + leaning
