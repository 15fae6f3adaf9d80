"""The figures of the service over some weeks: counted without a person, small numbers hidden, nobody ranked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.booking.openings import BookingRules, Mode
from bot.domain.conversation.turns import TurnOutcome
from bot.domain.statistics.figures import Hidden, Week, alone, by_week, median, protected, share, spread
from bot.services.booking.proposing import openings_at
from bot.services.content import unanswered
from bot.services.uow import UnitOfWork

FIRST_OPENING = "first_opening"
NO_OPENING = "no_opening"
ABANDONED = "abandoned"
APPOINTMENTS = ("taken", "moved", "cancelled", "cancelled_by_us", "seen", "excused", "no_show", "unknown")
HANDOVER_DAYS = 28
"""Requests are erased after thirty days: no longer period would be whole."""


@dataclass(frozen=True)
class Period:
    """Whole days, the last one included, and the instants they begin and end."""

    since: date
    until: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Handovers:
    """Requests for a person: how many, what became of them, the middle wait in minutes."""

    counts: Mapping[str, Hidden]
    wait: int | None


@dataclass(frozen=True)
class Figures:
    """Everything one page shows, safe to be shown."""

    turns: Mapping[str, Hidden]
    understood: float | None
    weeks: tuple[Week, ...]
    near: tuple[tuple[str, Hidden], ...]
    opinions: tuple[tuple[str, Hidden, Hidden], ...]
    abandoned: tuple[tuple[str, Hidden], ...]
    openings: Mapping[str, Mapping[str, int | None]]
    opening_weeks: tuple[tuple[date, float | None], ...]
    appointments: Mapping[str, Mapping[str, Hidden]]
    handovers: Handovers
    notices: Mapping[str, Mapping[str, Hidden]]
    lengths: Mapping[str, Hidden]


def figures(uow: UnitOfWork, period: Period) -> Figures:
    """The figures of this period."""
    with uow.reading() as view:
        counters = view.counters
        turns = counters.sums(unanswered.TURNS, period.since, period.until)
        counted = {outcome.value: turns.get(outcome.value, 0) for outcome in TurnOutcome}
        return Figures(
            turns=protected(counted),
            understood=share(counted[TurnOutcome.UNDERSTOOD.value], sum(counted.values())),
            weeks=by_week(counters.by_day(unanswered.TURNS, period.since, period.until), period.since, period.until),
            near=_most(counters.sums(unanswered.NEAR, period.since, period.until)),
            opinions=_opinions(counters.sums(unanswered.OPINIONS, period.since, period.until)),
            abandoned=_most(counters.sums(ABANDONED, period.since, period.until)),
            openings=_openings(view, period.until),
            opening_weeks=_opening_weeks(view, period),
            appointments=_appointments(view, period),
            handovers=_handovers(view, period),
            notices=_notices(view, period),
            lengths=spread(view.tallies.lengths(period.starts_at, period.ends_at)),
        )


def note_first_openings(uow: UnitOfWork, now: datetime, today: date, rules: BookingRules) -> int:
    """Once a day, the days until the first opening of each point and mode; how many were noted."""
    with uow:
        noted = uow.counters.sums(FIRST_OPENING, today, today) or uow.counters.sums(NO_OPENING, today, today)
        if noted:
            return 0
        labels = 0
        for point in uow.relay_points.open_on(today):
            for mode in Mode:
                free = openings_at(uow, point, now, rules, mode.value)
                first = min((opening.starts_at for opening in free), default=None)
                days = (first.astimezone(point.zone).date() - today).days if first else 0
                uow.counters.add(today, FIRST_OPENING if first else NO_OPENING, f"{point.code}:{mode.value}", days)
                labels += 1
        uow.commit()
        return labels


def _most(sums: Mapping[str, int], limit: int = 10) -> tuple[tuple[str, Hidden], ...]:
    ordered = sorted(sums.items(), key=lambda each: (-each[1], each[0]))
    return tuple((label, alone(count)) for label, count in ordered[:limit])


def _opinions(sums: Mapping[str, int]) -> tuple[tuple[str, Hidden, Hidden], ...]:
    """Answers people said did not help, first; an entry with few opinions shows none."""
    entries = sorted({label.rpartition(":")[0] for label in sums})
    rows = [(entry, sums.get(f"{entry}:yes", 0), sums.get(f"{entry}:no", 0)) for entry in entries]
    ordered = sorted(rows, key=lambda row: (-row[2], row[0]))
    shown = ((entry, protected({"yes": yes, "no": no})) for entry, yes, no in ordered)
    return tuple((entry, counts["yes"], counts["no"]) for entry, counts in shown)


def _openings(view: UnitOfWork, until: date) -> Mapping[str, Mapping[str, int | None]]:
    """Days until the first opening by point then mode, as last noted; `None`: nothing free."""
    last = max((day for day, _, _ in _noted(view, until - timedelta(days=7), until)), default=until)
    found: dict[str, dict[str, int | None]] = {}
    for _, label, days in _noted(view, last, last):
        code, _, mode = label.rpartition(":")
        found.setdefault(code, {})[mode] = days
    return found


def _noted(view: UnitOfWork, since: date, until: date) -> list[tuple[date, str, int | None]]:
    some = [(day, label, days) for day, label, days in view.counters.by_day(FIRST_OPENING, since, until)]
    return [*some, *((day, label, None) for day, label, _ in view.counters.by_day(NO_OPENING, since, until))]


def _opening_weeks(view: UnitOfWork, period: Period) -> tuple[tuple[date, float | None], ...]:
    """The mean of the days of each week over points, face to face."""
    weeks: dict[date, list[int]] = {week.monday: [] for week in by_week([], period.since, period.until)}
    for day, label, days in view.counters.by_day(FIRST_OPENING, period.since, period.until):
        if label.endswith(f":{Mode.IN_PERSON.value}"):
            weeks[day - timedelta(days=day.weekday())].append(days)
    return tuple((monday, round(sum(days) / len(days), 1) if days else None) for monday, days in weeks.items())


def _appointments(view: UnitOfWork, period: Period) -> Mapping[str, Mapping[str, Hidden]]:
    counts: dict[str, Counter[str]] = {}
    for each in view.tallies.appointments(period.starts_at, period.ends_at):
        counts.setdefault(each.point, Counter())[each.what] += each.count
    return {code: {what: alone(found[what]) for what in APPOINTMENTS} for code, found in sorted(counts.items())}


def _handovers(view: UnitOfWork, period: Period) -> Handovers:
    first = max(period.starts_at, period.ends_at - timedelta(days=HANDOVER_DAYS))
    asked = view.tallies.handovers(first, period.ends_at)
    waits = [each.waited for each in asked if each.waited is not None]
    waiting = sum(each.is_open for each in asked)
    counts = {"taken": len(waits), "waiting": waiting, "untaken": len(asked) - len(waits) - waiting}
    return Handovers({"asked": alone(len(asked)), **protected(counts)}, median(waits))


def _notices(view: UnitOfWork, period: Period) -> Mapping[str, Mapping[str, Hidden]]:
    counts: dict[str, dict[str, int]] = {}
    for kind, status, count in view.tallies.notices(period.starts_at, period.ends_at):
        counts.setdefault(kind, {})[status] = count
    return {
        kind: protected({status: found.get(status, 0) for status in ("sent", "waiting", "dropped")})
        for kind, found in counts.items()
    }
