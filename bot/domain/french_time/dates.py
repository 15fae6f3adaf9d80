"""Arithmetic of days, weeks and months as people speak of them; every function is told which day it is."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bot.domain.french_time.preference import Span

WEEK = 7
_THREE_MONTHS = 92
# A date without a year is next year's when that is less far than this, and over otherwise.
_AHEAD = timedelta(days=305)
_AROUND = timedelta(days=3)
_LAST_YEAR = 2200


def one_day(day: date) -> Span:
    """A span of a single day."""
    return Span(day, day)


def around(day: date) -> Span:
    """A day and those near it."""
    return Span(day - _AROUND, day + _AROUND, day)


def in_days(today: date, count: int) -> date:
    """The day this many days from today."""
    return today + timedelta(days=count)


def in_months(today: date, count: int) -> date:
    """The same day this many months later, or the last of a shorter month."""
    months = today.month - 1 + count
    year, month = today.year + months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def next_weekday(today: date, weekday: int, *, today_counts: bool = False) -> date:
    """The first such weekday after today, or today if it counts."""
    ahead = (weekday - today.weekday()) % WEEK
    return in_days(today, ahead if ahead or today_counts else WEEK)


def nearest_weekday(day: date, weekday: int, today: date) -> date:
    """The nearest such weekday to a day, today at the earliest."""
    ahead = (weekday - day.weekday()) % WEEK
    near = in_days(day, ahead if ahead <= WEEK // 2 else ahead - WEEK)
    return near if near >= today else in_days(near, WEEK)


def week_of(day: date) -> Span:
    """The week of a day, Monday to Sunday."""
    monday = in_days(day, -day.weekday())
    return Span(monday, in_days(monday, WEEK - 1))


def real_date(year: int, month: int, day: int) -> date | None:
    """The date of these numbers, or none if there is no such day."""
    if not (0 < month <= 12 and 0 < year <= _LAST_YEAR and 0 < day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def dated(day: int, month: int, year: int, today: date) -> date | None:
    """The date meant by a day and a month; it may be over. Without a year (0), the one plainly meant."""
    if year:
        return real_date(year, month, day)
    this_year, next_year = real_date(today.year, month, day), real_date(today.year + 1, month, day)
    if this_year and this_year >= today:
        return this_year
    if next_year and next_year - today <= _AHEAD:
        return next_year
    return this_year


def numbered(day: int, today: date) -> tuple[date, ...]:
    """The next three days that bear this number."""
    months = (in_months(today.replace(day=1), count) for count in range(8))
    found = [real_date(month.year, month.month, day) for month in months]
    return tuple(each for each in found if each and each >= today)[:3]


def days_of(span: Span) -> tuple[date, ...]:
    """The days of a span, those of three months at most."""
    last = min(span.last or in_days(span.first, _THREE_MONTHS), in_days(span.first, _THREE_MONTHS))
    return tuple(in_days(span.first, count) for count in range((last - span.first).days + 1))


def weekdays_in(span: Span, weekdays: frozenset[int]) -> tuple[Span, ...] | None:
    """The days of these weekdays in a span of a week at most; none at all for a longer one."""
    if span.last is None or (span.last - span.first).days >= WEEK:
        return None
    days = (in_days(span.first, count) for count in range((span.last - span.first).days + 1))
    return tuple(one_day(day) for day in days if day.weekday() in weekdays)


def month_span(month: int, year: int, today: date) -> Span:
    """A whole month; without a year (0), the one under way or the next."""
    if not year:
        year = today.year + (month < today.month)
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def part_of_month(span: Span, part: str) -> Span:
    """Its beginning, middle or end, of about ten days each."""
    first, last = span.first, span.last or span.first
    if part == "debut":
        return Span(first, first.replace(day=10))
    if part == "mi":
        return Span(first.replace(day=11), first.replace(day=20))
    return Span(first.replace(day=21), last)


def before(span: Span, today: date) -> Span:
    """From today to the eve of a span."""
    return Span(today, in_days(span.first, -1))


def after(span: Span) -> Span:
    """From the day after a span on."""
    return Span(in_days(span.last or span.first, 1))


def until(span: Span, today: date) -> Span:
    """From today to the last day of a span."""
    return Span(today, span.last)


def since(span: Span) -> Span:
    """From the first day of a span on."""
    return Span(span.first)
