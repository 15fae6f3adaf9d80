"""Puts days and hours said together: "mardi ou jeudi après-midi", "après 18h ou le samedi matin"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from bot.domain.french_time.clauses import Link, TimeSaid
from bot.domain.french_time.dates import WEEK, one_day, weekdays_in
from bot.domain.french_time.preference import Period, When, Window
from bot.domain.french_time.tokens import Days, Hours, Weekdays


@dataclass
class _Cell:
    """Weekdays, a period, or weekdays within a period."""

    period: Period | None = None
    weekdays: frozenset[int] = frozenset()
    period_came_first: bool = False


@dataclass
class _Group:
    cells: list[_Cell] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    last_is_hours: bool = False
    hours_came_first: bool = False


def asked(said: Iterable[TimeSaid]) -> tuple[When, ...]:
    """The alternatives that were asked; ambiguous days must have been settled."""
    groups = [_Group()]
    for each in said:
        if isinstance(each.time, Hours):
            groups[-1] = _with_hours(groups, each.time.window, each.link)
        else:
            groups[-1] = _with_days(groups, each.time, each.link)
    return tuple(when for group in groups for when in _whens(group))


def ruled_out(said: Iterable[TimeSaid]) -> tuple[When, ...]:
    """What was ruled out: each "or" begins another exclusion, neighbours are one."""
    found: list[When] = []
    for each in said:
        when = _alone(each)
        if found and each.link is Link.NEXT:
            found[-1] = _narrowed(found[-1], when)
        else:
            found.append(when)
    return tuple(atom for when in found for atom in _by_period(when))


def _by_period(when: When) -> list[When]:
    return [replace(when, periods=(period,)) for period in when.periods] or [when]


def _narrowed(when: When, more: When) -> When:
    windows = when.windows + more.windows
    if when.windows and more.windows:
        windows = (_together(when.windows[-1], more.windows[0]),)
    return When(when.periods + more.periods, when.weekdays | more.weekdays, windows)


def _alone(said: TimeSaid) -> When:
    if isinstance(said.time, Hours):
        return When(windows=(said.time.window,))
    if isinstance(said.time, Weekdays):
        return When(weekdays=said.time.days if len(said.time.days) < WEEK else frozenset())
    return When(periods=said.time.options)


def _with_hours(groups: list[_Group], window: Window, link: Link) -> _Group:
    group = groups[-1]
    if group.cells and not group.windows and link is Link.OR:
        group = _new(groups)
    elif group.windows and group.cells and not group.last_is_hours:
        # "9h le lundi et 17h le jeudi": what follows the "et" is another wish, not more of the first.
        both_ways = link is Link.OR and group.hours_came_first
        group = _new(groups) if both_ways else _split_last_days(groups)
    if group.windows and group.last_is_hours and link is not Link.OR:
        group.windows[-1] = _together(group.windows[-1], window)
    else:
        group.windows.append(window)
    group.hours_came_first = group.hours_came_first or not group.cells
    group.last_is_hours = True
    return group


def _with_days(groups: list[_Group], time: Days | Weekdays, link: Link) -> _Group:
    group = groups[-1]
    is_complete = group.cells and group.windows and group.last_is_hours and not _refines(group, time, link)
    if is_complete or (group.windows and not group.cells and link is Link.OR):
        group = _new(groups)
    _add_days(group.cells, time, link)
    group.last_is_hours = False
    return group


def _refines(group: _Group, time: Days | Weekdays, link: Link) -> bool:
    """ "Mardi matin la semaine prochaine": the week tells which Tuesday."""
    if link is Link.OR:
        return False
    if isinstance(time, Days):
        return all(cell.period is None for cell in group.cells)
    return all(not cell.weekdays and cell.period and not cell.period.is_one_day for cell in group.cells)


def _new(groups: list[_Group]) -> _Group:
    groups.append(_Group())
    return groups[-1]


def _split_last_days(groups: list[_Group]) -> _Group:
    """ "Après 18h, samedi matin": the last day goes with the hours that follow it."""
    group = groups[-1]
    if not group.hours_came_first:
        return group
    last = group.cells.pop()
    new = _new(groups)
    new.cells.append(last)
    return new


def _together(first: Window, second: Window) -> Window:
    """Hours said one after the other narrow each other; the very hour wins."""
    for window in (second, first):
        if window.target is not None:
            return window
    both = Window(max(first.begins, second.begins), min(first.ends, second.ends))
    return both if both.begins < both.ends else second


def _add_days(cells: list[_Cell], time: Days | Weekdays, link: Link) -> None:
    last = cells[-1] if cells else None
    if isinstance(time, Weekdays):
        within = last is not None and last.period is not None and not last.period.is_one_day
        if last and within and (link is not Link.OR or (last.weekdays and last.period_came_first)):
            last.weekdays, last.period_came_first = last.weekdays | time.days, True
        else:
            cells.append(_Cell(weekdays=time.days))
        return
    period = time.options[0]
    free = [cell for cell in cells if cell.period is None]
    if link is not Link.OR and free:
        for cell in free:
            cell.period = period
    elif link is not Link.OR and last and last.period and _overlap(last.period, period):
        last.period = _overlap(last.period, period)
    else:
        cells.append(_Cell(period=period))


def _overlap(first: Period, second: Period) -> Period | None:
    begins = max(first.first, second.first)
    ends = min((period.last for period in (first, second) if period.last), default=None)
    if ends is not None and ends < begins:
        return None
    if begins == ends:
        return one_day(begins)
    return Period(begins, ends, second.target or first.target)


def _whens(group: _Group) -> Iterator[When]:
    windows = tuple(dict.fromkeys(group.windows))
    if not group.cells and windows:
        yield When(windows=windows)
    for cell in group.cells:
        yield replace(_days_of(cell), windows=windows)


def _days_of(cell: _Cell) -> When:
    if len(cell.weekdays) == WEEK:
        return When((cell.period,) if cell.period else ())
    if cell.period is None or not cell.weekdays:
        return When((cell.period,) if cell.period else (), cell.weekdays)
    days = weekdays_in(cell.period, cell.weekdays)
    # No day: a weekday that is not in the period, which nothing can fit.
    return When(days) if days else When((cell.period,), cell.weekdays)
