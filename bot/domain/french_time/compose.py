"""Puts the pieces of a sentence together into one reading, tidy: what is over left out, what is alike joined."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from bot.domain.french_time import dates, groups
from bot.domain.french_time.clauses import Link, Side, TimeSaid, sort_out
from bot.domain.french_time.dates import weekdays_in
from bot.domain.french_time.preference import (
    Ambiguous,
    Nothing,
    Past,
    Period,
    Preference,
    Reading,
    Wanted,
    When,
    Window,
)
from bot.domain.french_time.tokens import Days, Mark, Piece, Weekdays
from bot.domain.french_time.words import words_of

# "J'ai démissionné hier" tells a story, "je voudrais le 3 novembre" asks for a day that is over.
_MOST_WORDS_WITH_THE_PAST = 2
_LONG_AGO = 366


def compose(pieces: tuple[Piece, ...], now: datetime) -> Reading:
    """What the pieces mean together."""
    said = sort_out(pieces)
    if Mark.UNREAL in pieces or not (said or Mark.ANYTIME in pieces):
        return Nothing()
    said = _within_what_is_asked(_settle_weekdays(said, now))
    interpretations = [_preference(each, now) for each in _interpretations(said)] if said else [Preference(now.date())]
    possible = list(dict.fromkeys(each for each in interpretations if each is not None))
    if not possible:
        return _past(said, pieces, now)
    if possible[0].is_open and Mark.ANYTIME not in pieces and Mark.GAP in pieces:
        # "Elle m'appelle tous les jours" asks for nothing.
        return Nothing()
    without_month = len(said) == 1 and isinstance(said[0].time, Days) and said[0].time.without_month
    wanted = tuple(Wanted(each, words_of(each)) for each in possible)
    return Ambiguous(wanted) if len(wanted) > 1 else replace(wanted[0], is_bare_number=without_month)


def _preference(said: tuple[TimeSaid, ...], now: datetime) -> Preference | None:
    """The preference, unless all that was asked is over."""
    asked = groups.asked(each for each in said if each.side is Side.ASKED)
    left = still_possible(asked, now)
    if asked and not left:
        return None
    out = groups.ruled_out(each for each in said if each.side is Side.RULED_OUT)
    preferred = groups.asked(each for each in said if each.side is Side.PREFERRED)
    return Preference(
        now.date(),
        () if any(when.is_any for when in left) else tidy(left),
        tidy(still_possible(out, now)),
        tidy(still_possible(preferred, now)),
    )


def _past(said: tuple[TimeSaid, ...], pieces: tuple[Piece, ...], now: datetime) -> Past | Nothing:
    if Mark.TOLD in pieces or pieces.count(Mark.GAP) > _MOST_WORDS_WITH_THE_PAST:
        return Nothing()
    periods = groups.asked(each for each in said if each.side is Side.ASKED)
    day = min(last_day(periods, now.date()), now.date())
    return Past(day) if (now.date() - day).days < _LONG_AGO else Nothing()


def _interpretations(said: tuple[TimeSaid, ...]) -> Iterator[tuple[TimeSaid, ...]]:
    """The sentence once for each thing it may mean; two doubts are settled the same way."""
    meanings = [_meanings(each) for each in said]
    for number in range(max(len(each) for each in meanings)):
        yield tuple(each[min(number, len(each) - 1)] for each in meanings)


def _meanings(said: TimeSaid) -> list[TimeSaid]:
    if not isinstance(said.time, Days) or said.side is Side.RULED_OUT:
        return [said]
    return [replace(said, time=replace(said.time, options=(period,))) for period in said.time.options]


def _settle_weekdays(said: tuple[TimeSaid, ...], now: datetime) -> tuple[TimeSaid, ...]:
    """A weekday alone is the next one; among others, it is that of any week; with a date, it must agree."""
    bare = [place for place, each in enumerate(said) if _is_bare_weekday(each)]
    days = [place for place, each in enumerate(said) if each.side is Side.ASKED and isinstance(each.time, Days)]
    if len(bare) != 1:
        return said
    place = bare[0]
    if not days or any(said[each].link is Link.OR for each in (*days, place)):
        return _replaced(said, place, _next(said[place], now))
    return _agreed(said, place, days, now)


def _within_what_is_asked(said: tuple[TimeSaid, ...]) -> tuple[TimeSaid, ...]:
    """ "En décembre mais pas le 25": the 25th that is ruled out is the one of December."""
    asked = [each.time for each in said if each.side is Side.ASKED and isinstance(each.time, Days)]
    periods = [period for time in asked for period in time.options if not period.is_one_day]
    return tuple(_moved_into(each, periods) if each.side is Side.RULED_OUT else each for each in said)


def _moved_into(said: TimeSaid, periods: list[Period]) -> TimeSaid:
    if not isinstance(said.time, Days) or not said.time.without_month:
        return said
    number = said.time.options[0].first.day
    found = [day for period in periods for day in dates.days_of(period) if day.day == number]
    return replace(said, time=replace(said.time, options=tuple(map(dates.one_day, found)))) if found else said


def _is_bare_weekday(said: TimeSaid) -> bool:
    time = said.time
    return said.side is Side.ASKED and isinstance(time, Weekdays) and not time.is_habitual and len(time.days) == 1


def _next(said: TimeSaid, now: datetime) -> Days:
    """The coming one; said on the same weekday, today or in a week."""
    assert isinstance(said.time, Weekdays)
    weekday = min(said.time.days)
    coming = {dates.next_weekday(now.date(), weekday, today_counts=counts) for counts in (True, False)}
    return Days(tuple(dates.one_day(day) for day in sorted(coming)))


def _agreed(said: tuple[TimeSaid, ...], place: int, days: list[int], now: datetime) -> tuple[TimeSaid, ...]:
    """ "Demain mercredi": the weekday is dropped if it agrees, and one or the other is meant if not."""
    time = said[place].time
    assert isinstance(time, Weekdays)
    weekday = min(time.days)
    for near in days:
        found = said[near].time
        if abs(near - place) == 1 and isinstance(found, Days) and all(period.is_one_day for period in found.options):
            agreeing = tuple(period for period in found.options if period.first.weekday() == weekday)
            other = dates.nearest_weekday(found.options[0].first, weekday, now.date())
            both = sorted({found.options[0].first, other})
            days_meant = Days(agreeing or tuple(dates.one_day(day) for day in both))
            kept = _replaced(said, near, days_meant)
            return kept[:place] + kept[place + 1 :]
    return said


def _replaced(said: tuple[TimeSaid, ...], place: int, time: Days) -> tuple[TimeSaid, ...]:
    return (*said[:place], replace(said[place], time=time), *said[place + 1 :])


def still_possible(alternatives: Iterable[When], now: datetime) -> tuple[When, ...]:
    """The alternatives that are not over, cut to what is left of them."""
    cut = (_cut(when, now.date()) for when in alternatives)
    left = (_without_hours_over(when, now) for when in cut if when is not None)
    return tuple(when for when in left if when is not None)


def last_day(alternatives: Iterable[When], today: date) -> date:
    """The last day they spoke of, today if they named none."""
    return max((period.last or period.first for when in alternatives for period in when.periods), default=today)


def tidy(alternatives: Iterable[When]) -> tuple[When, ...]:
    """Alternatives of the same hours joined, each kind of them in its place."""
    joined: dict[tuple[object, ...], When] = {}
    for when in alternatives:
        key = _likeness(when)
        joined[key] = _join(joined[key], when) if key in joined else _join(when, when)
    return tuple(sorted((when for when in joined.values() if not when.is_any), key=_place))


def _cut(when: When, today: date) -> When | None:
    if not when.periods:
        return when
    left = tuple(
        replace(period, first=max(period.first, today)) for period in when.periods if _is_to_come(period, today)
    )
    days = [weekdays_in(period, when.weekdays) if when.weekdays else None for period in left]
    if not left or None in days:
        return replace(when, periods=left) if left else None
    named = tuple(day for each in days for day in each or ())
    return replace(when, periods=named, weekdays=frozenset()) if named else None


def _is_to_come(period: Period, today: date) -> bool:
    return period.last is None or (period.last >= today and period.last >= period.first)


def _without_hours_over(when: When, now: datetime) -> When | None:
    """Without today, if the hours asked are over."""
    minute = now.hour * 60 + now.minute
    if not when.periods or not when.windows or any(_latest(window) > minute for window in when.windows):
        return when
    left = tuple(period for period in when.periods if not (period.is_one_day and period.first == now.date()))
    return replace(when, periods=left) if left else None


def _latest(window: Window) -> int:
    return window.ends if window.target is None else window.target


def _likeness(when: When) -> tuple[object, ...]:
    if when.periods and when.weekdays:
        return when.periods, when.windows
    return bool(when.periods), bool(when.weekdays), when.windows if when.periods or when.weekdays else ()


def _join(first: When, second: When) -> When:
    periods = sorted({*first.periods, *second.periods}, key=_period_order)
    windows = sorted({*first.windows, *second.windows}, key=lambda each: (each.begins, each.ends))
    return When(tuple(periods), first.weekdays | second.weekdays, tuple(windows))


def _period_order(period: Period) -> tuple[date, date]:
    return period.first, period.last or date.max


def _place(when: When) -> tuple[object, ...]:
    """Days with hours, then days, then hours; within them periods before habits.

    TimeSaid in another order, the words of one would run into the next.
    """
    days, hours = bool(when.periods or when.weekdays), bool(when.windows)
    order = 0 if days and hours else 1 if days else 2
    first = min((period.first for period in when.periods), default=date.max)
    begins = min((window.begins for window in when.windows), default=0)
    kind = 0 if when.periods and when.weekdays else 1 if when.periods else 2
    return order, kind, first, sorted(when.weekdays), begins
