"""Arithmetic of days, weeks and months as people speak of them; every function is told which day it is."""

from calendar import monthrange
from datetime import date, timedelta

from bot.domain.french_time.preference import Period

WEEK = 7
_THREE_MONTHS = 92
# A date without a year is next year's when that is less far than this, and over otherwise.
_AHEAD = timedelta(days=305)
_AROUND = timedelta(days=3)
_LAST_YEAR = 2200


def one_day(day: date) -> Period:
    """A period of a single day."""
    return Period(day, day)


def around(day: date) -> Period:
    """A day and those near it."""
    return Period(day - _AROUND, day + _AROUND, day)


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


def week_of(day: date) -> Period:
    """The week of a day, Monday to Sunday."""
    monday = in_days(day, -day.weekday())
    return Period(monday, in_days(monday, WEEK - 1))


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


def days_of(period: Period) -> tuple[date, ...]:
    """The days of a period, those of three months at most."""
    last = min(period.last or in_days(period.first, _THREE_MONTHS), in_days(period.first, _THREE_MONTHS))
    return tuple(in_days(period.first, count) for count in range((last - period.first).days + 1))


def weekdays_in(period: Period, weekdays: frozenset[int]) -> tuple[Period, ...] | None:
    """The days of these weekdays in a period of a week at most; none at all for a longer one."""
    if period.last is None or (period.last - period.first).days >= WEEK:
        return None
    days = (in_days(period.first, count) for count in range((period.last - period.first).days + 1))
    return tuple(one_day(day) for day in days if day.weekday() in weekdays)


def whole_month(month: int, year: int, today: date) -> Period:
    """A whole month; without a year (0), the one under way or the next."""
    if not year:
        year = today.year + (month < today.month)
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def part_of_month(period: Period, part: str) -> Period:
    """Its beginning, middle or end, of about ten days each."""
    first, last = period.first, period.last or period.first
    if part == "debut":
        return Period(first, first.replace(day=10))
    if part == "mi":
        return Period(first.replace(day=11), first.replace(day=20))
    return Period(first.replace(day=21), last)


def before(period: Period, today: date) -> Period:
    """From today to the eve of a period."""
    return Period(today, in_days(period.first, -1))


def after(period: Period) -> Period:
    """From the day after a period on."""
    return Period(in_days(period.last or period.first, 1))


def until(period: Period, today: date) -> Period:
    """From today to the last day of a period."""
    return Period(today, period.last)


def since(period: Period) -> Period:
    """From the first day of a period on."""
    return Period(period.first)
