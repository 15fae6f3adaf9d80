"""How far a start is from what was asked, in something like days.

Missing the hour costs more than missing the day: hours of work seldom move.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

RULED_OUT = 10.0
_WRONG_HOUR = 1.0
_LATER_WEEK = 1.5


def days(day: date, first: date, last: date | None, target: date | None) -> float:
    """Distance to a span of days; the same weekday a week later is nearer than six days later."""
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


def weekdays(weekday: int, wanted: Collection[int]) -> float:
    """Distance to the nearest of the wanted weekdays, in days either way."""
    return float(min((min((weekday - each) % 7, (each - weekday) % 7) for each in wanted), default=0))


def hours(minute: int, begins: int, ends: int, target: int | None) -> float:
    """Distance to part of a day; within it, to the very hour asked if there is one."""
    if target is not None:
        outside = not begins <= minute < ends
        return outside * _WRONG_HOUR + abs(minute - target) / 60
    if begins <= minute < ends:
        return 0.0
    return _WRONG_HOUR + (begins - minute if minute < begins else minute - ends) / 60
