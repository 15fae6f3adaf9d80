"""Counts that can be shown: small ones are hidden, and so is what would give a hidden one away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FEWEST_SHOWN = 5
"""Under this, a count in a small place points at somebody. None is no secret."""

Hidden = int | None
"""A count, or `None` when it is too small to be shown."""


def protected(counts: Mapping[str, int]) -> dict[str, Hidden]:
    """The counts of one whole, whose sum may be known: one hidden alone takes the next smallest with it."""
    small = {label for label, count in counts.items() if 0 < count < FEWEST_SHOWN}
    if len(small) == 1:
        others = [label for label, count in counts.items() if count >= FEWEST_SHOWN]
        small |= {min(others, key=lambda label: (counts[label], label))} if others else set()
    return {label: None if label in small else count for label, count in counts.items()}


def alone(count: int) -> Hidden:
    """A count that is part of no sum."""
    return None if 0 < count < FEWEST_SHOWN else count


def share(part: int, whole: int) -> float | None:
    """A percentage; `None` when it stands for too few to be shown, or for nobody."""
    return round(100 * part / whole, 1) if whole >= FEWEST_SHOWN else None


FEWEST_ADVISERS = 3
"""Under this, the length of interviews would tell how somebody works."""
_MINUTES_OVER = (("much_shorter", -21), ("shorter", -6), ("as_planned", 5), ("longer", 20))
"""What a real length is called, up to so many minutes over the planned one."""


@dataclass(frozen=True)
class Length:
    """How long an interview was planned and really was, in minutes; whose it was only serves to count advisers."""

    planned: int
    real: int
    adviser: str


def spread(lengths: Sequence[Length]) -> Mapping[str, Hidden]:
    """How many interviews were shorter or longer than planned; nothing when it would tell of one adviser."""
    counts = dict.fromkeys((*(name for name, _ in _MINUTES_OVER), "much_longer"), 0)
    if len({each.adviser for each in lengths}) < FEWEST_ADVISERS:
        return {}
    for each in lengths:
        over = each.real - each.planned
        counts[next((name for name, most in _MINUTES_OVER if over <= most), "much_longer")] += 1
    return protected(counts)


@dataclass(frozen=True)
class AtPoint:
    """How many of something at a relay point; an empty code: at none in particular."""

    point: str
    what: str
    count: int


@dataclass(frozen=True)
class Asked:
    """A request for a person: how long it waited in minutes, when somebody took it."""

    point: str
    waited: int | None
    is_open: bool


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday, and what was counted in them by label."""

    monday: date
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All labels together."""
        return sum(self.counts.values())


def by_week(numbers: Sequence[tuple[date, str, int]], since: date, until: date) -> tuple[Week, ...]:
    """The numbers of days gathered by week, those without any included."""
    found: dict[date, dict[str, int]] = {}
    first, last = _monday(since), _monday(until)
    while first <= last:
        found[first] = {}
        first += timedelta(days=7)
    for day, label, number in numbers:
        counts = found.setdefault(_monday(day), {})
        counts[label] = counts.get(label, 0) + number
    return tuple(Week(monday, counts) for monday, counts in sorted(found.items()))


def median(values: Sequence[int]) -> int | None:
    """The middle one; `None` when they are too few to be shown."""
    return sorted(values)[len(values) // 2] if len(values) >= FEWEST_SHOWN else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
