"""Puts the pieces of a sentence together into one reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.french_time import alternatives, dates, groups
from bot.domain.french_time.clauses import Link, Said, Side, sort_out
from bot.domain.french_time.pieces import Days, Mark, Piece, Weekdays
from bot.domain.french_time.preference import Preference, Span
from bot.domain.french_time.readings import Ambiguous, Nothing, Past, Reading, Wanted
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
    worlds = [_preference(world, now) for world in _worlds(said)] if said else [Preference(now.date())]
    possible = list(dict.fromkeys(each for each in worlds if each is not None))
    if not possible:
        return _past(said, pieces, now)
    if possible[0].is_open and Mark.ANYTIME not in pieces and Mark.GAP in pieces:
        # "Elle m'appelle tous les jours" asks for nothing.
        return Nothing()
    is_bare = len(said) == 1 and isinstance(said[0].time, Days) and said[0].time.is_bare
    wanted = tuple(Wanted(each, words_of(each)) for each in possible)
    return Ambiguous(wanted) if len(wanted) > 1 else replace(wanted[0], is_bare_number=is_bare)


def _preference(said: tuple[Said, ...], now: datetime) -> Preference | None:
    """The preference, unless all that was asked is over."""
    asked = groups.asked(each for each in said if each.side is Side.ASKED)
    left = alternatives.still_possible(asked, now)
    if asked and not left:
        return None
    out = groups.ruled_out(each for each in said if each.side is Side.RULED_OUT)
    preferred = groups.asked(each for each in said if each.side is Side.PREFERRED)
    return Preference(
        now.date(),
        () if any(when.is_any for when in left) else alternatives.tidy(left),
        alternatives.tidy(alternatives.still_possible(out, now)),
        alternatives.tidy(alternatives.still_possible(preferred, now)),
    )


def _past(said: tuple[Said, ...], pieces: tuple[Piece, ...], now: datetime) -> Past | Nothing:
    if Mark.TOLD in pieces or pieces.count(Mark.GAP) > _MOST_WORDS_WITH_THE_PAST:
        return Nothing()
    spans = groups.asked(each for each in said if each.side is Side.ASKED)
    day = min(alternatives.last_day(spans, now.date()), now.date())
    return Past(day) if (now.date() - day).days < _LONG_AGO else Nothing()


def _worlds(said: tuple[Said, ...]) -> Iterator[tuple[Said, ...]]:
    """The sentence once for each thing it may mean; two doubts are settled the same way."""
    meanings = [_meanings(each) for each in said]
    for number in range(max(len(each) for each in meanings)):
        yield tuple(each[min(number, len(each) - 1)] for each in meanings)


def _meanings(said: Said) -> list[Said]:
    if not isinstance(said.time, Days) or said.side is Side.RULED_OUT:
        return [said]
    return [replace(said, time=replace(said.time, options=(span,))) for span in said.time.options]


def _settle_weekdays(said: tuple[Said, ...], now: datetime) -> tuple[Said, ...]:
    """A weekday alone is the next one; among others, it is that of any week; with a date, it must agree."""
    bare = [place for place, each in enumerate(said) if _is_bare_weekday(each)]
    days = [place for place, each in enumerate(said) if each.side is Side.ASKED and isinstance(each.time, Days)]
    if len(bare) != 1:
        return said
    place = bare[0]
    if not days or any(said[each].link is Link.OR for each in (*days, place)):
        return _replaced(said, place, _next(said[place], now))
    return _agreed(said, place, days, now)


def _within_what_is_asked(said: tuple[Said, ...]) -> tuple[Said, ...]:
    """ "En décembre mais pas le 25": the 25th that is ruled out is the one of December."""
    asked = [each.time for each in said if each.side is Side.ASKED and isinstance(each.time, Days)]
    periods = [span for time in asked for span in time.options if not span.is_one_day]
    return tuple(_moved_into(each, periods) if each.side is Side.RULED_OUT else each for each in said)


def _moved_into(said: Said, periods: list[Span]) -> Said:
    if not isinstance(said.time, Days) or not said.time.is_bare:
        return said
    number = said.time.options[0].first.day
    found = [day for span in periods for day in dates.days_of(span) if day.day == number]
    return replace(said, time=replace(said.time, options=tuple(map(dates.one_day, found)))) if found else said


def _is_bare_weekday(said: Said) -> bool:
    time = said.time
    return said.side is Side.ASKED and isinstance(time, Weekdays) and not time.is_habitual and len(time.days) == 1


def _next(said: Said, now: datetime) -> Days:
    """The coming one; said on the same weekday, today or in a week."""
    assert isinstance(said.time, Weekdays)
    weekday = min(said.time.days)
    coming = {dates.next_weekday(now.date(), weekday, today_counts=counts) for counts in (True, False)}
    return Days(tuple(dates.one_day(day) for day in sorted(coming)))


def _agreed(said: tuple[Said, ...], place: int, days: list[int], now: datetime) -> tuple[Said, ...]:
    """ "Demain mercredi": the weekday is dropped if it agrees, and one or the other is meant if not."""
    time = said[place].time
    assert isinstance(time, Weekdays)
    weekday = min(time.days)
    for near in days:
        found = said[near].time
        if abs(near - place) == 1 and isinstance(found, Days) and all(span.is_one_day for span in found.options):
            agreeing = tuple(span for span in found.options if span.first.weekday() == weekday)
            other = dates.nearest_weekday(found.options[0].first, weekday, now.date())
            both = sorted({found.options[0].first, other})
            days_meant = Days(agreeing or tuple(dates.one_day(day) for day in both))
            kept = _replaced(said, near, days_meant)
            return kept[:place] + kept[place + 1 :]
    return said


def _replaced(said: tuple[Said, ...], place: int, time: Days) -> tuple[Said, ...]:
    return (*said[:place], replace(said[place], time=time), *said[place + 1 :])
