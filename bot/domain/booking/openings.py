"""Openings: the times a person may still take, computed, never stored.

What the agenda leaves free, within the notice and the horizon of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

from bot.domain.booking.agenda import Agenda, Busy, WeeklyRange
from bot.domain.booking.rules import QUARTER as QUARTER
from bot.domain.booking.rules import BookingRules as BookingRules
from bot.domain.booking.rules import Mode as Mode

_KEY_FORMAT = "%Y%m%dT%H%MZ"


class Wish(Protocol):
    """When a person would like to come, as `french_time` reads it."""

    def fits(self, starts_at: datetime) -> bool:
        """Whether this start respects everything the person ruled out or asked for."""

    def closeness(self, starts_at: datetime) -> float:
        """How far this start is from what was asked; 0 is best."""


@dataclass(frozen=True)
class Opening:
    """A time a person may take with an adviser."""

    adviser_id: str
    adviser_name: str
    relay_point_code: str
    starts_at: datetime
    minutes: int
    mode: str

    @property
    def ends_at(self) -> datetime:
        """The end of the interview, buffer left out."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def key(self) -> str:
        """The opening as one line of text; `from_key` reads it back."""
        at = self.starts_at.astimezone(timezone.utc).strftime(_KEY_FORMAT)
        parts = (self.adviser_id, self.relay_point_code, at, str(self.minutes), self.mode, self.adviser_name)
        return "|".join(parts)

    @classmethod
    def from_key(cls, key: str) -> Opening:
        """The opening this key was made from; `ValueError` if no opening gave it."""
        adviser_id, code, at, minutes, mode, name = key.split("|", 5)
        starts_at = datetime.strptime(at, _KEY_FORMAT).replace(tzinfo=timezone.utc)
        return cls(adviser_id, name, code, starts_at, int(minutes), Mode(mode).value)

    def quarters(self, buffer_quarters: int) -> tuple[datetime, ...]:
        """The start of each quarter-hour it takes from the adviser, buffer included."""
        count = self.minutes // 15 + buffer_quarters
        return tuple(self.starts_at + number * QUARTER for number in range(count))


def openings(agenda: Agenda, rules: BookingRules, now: datetime, mode: str = "in_person") -> Iterator[Opening]:
    """Every opening of the relay point in this mode, day after day; earliest first within a day."""
    if mode not in rules.modes:
        return
    first, last = rules.bookable(now)
    taken = _by_day(agenda.taken)
    day, last_day = first.astimezone(agenda.zone).date(), last.astimezone(agenda.zone).date()
    while day <= last_day:
        if day not in agenda.holidays:
            around = [each for offset in (-1, 0, 1) for each in taken.get(day + timedelta(days=offset), ())]
            found = _on_day(replace(agenda, taken=tuple(around)), rules, day, mode)
            yield from sorted((each for each in found if first <= each.starts_at <= last), key=_order)
        day += timedelta(days=1)


def can_take(agenda: Agenda, opening: Opening, rules: BookingRules, now: datetime) -> bool:
    """Whether this opening is still free, and still within the rules."""
    first, last = rules.bookable(now)
    local_day = opening.starts_at.astimezone(agenda.zone).date()
    return (
        first <= opening.starts_at <= last
        and opening.minutes == rules.minutes
        and opening.mode in rules.modes
        and opening.starts_at == _next_quarter(opening.starts_at)
        and local_day not in agenda.holidays
        and any(_holds(weekly, opening, local_day, agenda) for weekly in agenda.ranges)
        and not _obstacles(agenda, opening.adviser_id, opening.starts_at, rules)
    )


def _holds(weekly: WeeklyRange, opening: Opening, day: date, agenda: Agenda) -> bool:
    period = weekly.on(day, agenda.zone)
    return (
        period is not None
        and weekly.adviser_id == opening.adviser_id
        and opening.mode in weekly.modes
        and period[0] <= opening.starts_at
        and opening.ends_at <= period[1]
    )


def _by_day(taken: Iterable[Busy]) -> dict[date, list[Busy]]:
    days: dict[date, list[Busy]] = {}
    for each in taken:
        days.setdefault(each.starts_at.date(), []).append(each)
    return days


def _order(opening: Opening) -> tuple[datetime, str]:
    return opening.starts_at, opening.adviser_id


def _on_day(agenda: Agenda, rules: BookingRules, day: date, mode: str) -> Iterator[Opening]:
    for weekly in agenda.ranges:
        period = weekly.on(day, agenda.zone) if mode in weekly.modes else None
        if period is None:
            continue
        name = agenda.advisers.get(weekly.adviser_id, "")
        for start in _starts(agenda, rules, weekly.adviser_id, *period):
            yield Opening(weekly.adviser_id, name, agenda.relay_point_code, start, rules.minutes, mode)


def _starts(
    agenda: Agenda, rules: BookingRules, adviser_id: str, begins: datetime, ends: datetime
) -> Iterator[datetime]:
    """Starts one behind the other from the range's beginning, and again after each obstacle.

    So the least time is lost: a start every quarter would let one booking waste its neighbours.
    """
    start = _next_quarter(begins)
    while start + rules.length <= ends:
        obstacles = _obstacles(agenda, adviser_id, start, rules)
        if obstacles:
            start = _next_quarter(max(each.ends_at for each in obstacles))
            continue
        yield start
        start += rules.occupied


def _obstacles(agenda: Agenda, adviser_id: str, start: datetime, rules: BookingRules) -> list[Busy]:
    """What stands in the way; the buffer may reach into a closure, never into somebody's time."""
    closed = [each for each in agenda.closures if each.overlaps(start, start + rules.length)]
    taken = [each for each in agenda.taken if each.overlaps(start, start + rules.occupied)]
    return [each for each in (*closed, *taken) if each.concerns(adviser_id)]


def _next_quarter(moment: datetime) -> datetime:
    late = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not late else moment - late + QUARTER
