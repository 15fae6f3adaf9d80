"""Matchers of periods with a border: "avant Noël", "à partir de lundi", "du 3 au 10 décembre"."""

from datetime import date
from enum import Enum, auto

from bot.domain.french_time import dates
from bot.domain.french_time.months import bounded_months, months
from bot.domain.french_time.preference import Period
from bot.domain.french_time.relative import duration, relative
from bot.domain.french_time.tokens import Cursor, Days, Mark, Phrases, Piece, TokenKind, Weekdays
from bot.domain.french_time.written import Match, bare_day, day_number, full_date, written


class Bound(Enum):
    """On which side of what follows."""

    BEFORE = auto()
    AFTER = auto()
    SINCE = auto()
    UNTIL = auto()
    AROUND = auto()


BOUNDS = Phrases(
    {
        "avant|plus tot que|avant que ce soit": Bound.BEFORE,
        "apres|plus tard que|au dela de|au dela du": Bound.AFTER,
        "a partir|a compter|des|au plus tot": Bound.SINCE,
        "jusqu a|jusqu au|jusqu en|jusqu|d ici a|d ici au|d ici|au plus tard": Bound.UNTIL,
        "vers|autour|aux alentours|alentours|aux environs|environ|aux environ|sur les|sur les coups": Bound.AROUND,
    }
)
LATEST = Phrases({"au plus tard|maximum|max|grand max|dernier delai|derniere limite": True})
ARTICLES = ("le", "la", "les", "l", "de", "du", "d", "a", "au", "en", "ce", "cette", "cet")
_OPENING = ("du", "de", "entre")
_CLOSING = Phrases({"au|a|et|jusqu au|jusqu a": True})
_NUMBERED = ("le", "au", "du")


def bounded_days(cursor: Cursor) -> Match:
    """Days up to, from, or about a day."""
    bound = BOUNDS.find(cursor)
    if bound:
        days = _days_after(bound[1]) or (_led_to(bound[1]) if bound[0] in (Bound.BEFORE, Bound.UNTIL) else None)
        return ((_bounded(days[0], bound[0], cursor.today),), days[1]) if days else None
    found = simple_days(cursor)
    latest = LATEST.find(found[1]) if found else None
    if found is None or latest is None:
        return None
    return (_bounded(_as_days(found[0][0], cursor.today), Bound.UNTIL, cursor.today),), latest[1]


def day_range(cursor: Cursor) -> Match:
    """Days from one to another, both included; weekdays from one to another, every week."""
    opening = cursor.sees(*_OPENING)
    start = cursor.step().skip(("le",)) if opening else cursor
    week = _weekday_range(start)
    if week or not opening:
        return week
    first = _end_of_range(start)
    closing = _CLOSING.find(first[1]) if first else None
    last = _end_of_range(closing[1].skip(("le",))) if closing else None
    return _between(first[0], last[0], last[1]) if first and last else None


def simple_days(cursor: Cursor) -> Match:
    """A day or a period without a border."""
    return relative(cursor) or months(cursor) or written(cursor)


def _days_after(cursor: Cursor) -> tuple[Days, Cursor] | None:
    here = cursor.skip(ARTICLES)
    found = bounded_months(here) or relative(here) or written(here)
    if found is None and here.before.text == "au":
        number = day_number(here)
        found = bare_day(*number) if number else None
    if found is None or isinstance(found[0][0], Mark):
        return None
    return _as_days(found[0][0], cursor.today), found[1]


def _led_to(cursor: Cursor) -> tuple[Days, Cursor] | None:
    """ "D'ici deux semaines"; "avant 3 mois d'ancienneté" is no date."""
    led = duration(cursor.skip(ARTICLES))
    return (Days((led[0],)), led[1]) if led and not led[1].sees("de", "d") else None


def _as_days(piece: Piece, today: date) -> Days:
    if isinstance(piece, Weekdays):
        first = dates.next_weekday(today, min(piece.days))
        return Days((Period(first, dates.in_days(first, max(piece.days) - min(piece.days))),))
    return piece if isinstance(piece, Days) else Days((dates.one_day(today),))


def _bounded(days: Days, bound: Bound, today: date) -> Days:
    sharp = (dates.one_day(period.target) if period.target else period for period in days.options)
    if bound is Bound.AROUND:
        return Days(tuple(dates.around(period.first) if period.is_one_day else period for period in sharp))
    if bound is Bound.BEFORE and not days.is_end:
        return Days(tuple(dates.before(period, today) for period in sharp))
    if bound is Bound.AFTER:
        return Days(tuple(dates.after(period) for period in sharp))
    if bound is Bound.SINCE:
        return Days(tuple(dates.since(period) for period in sharp))
    return Days(tuple(dates.until(period, today) for period in sharp))


def _weekday_range(cursor: Cursor) -> Match:
    link = cursor.step()
    last = link.step().token
    is_range = link.sees("a", "au") or (link.sees("et") and cursor.before.text == "entre")
    if not (cursor.token.kind is last.kind is TokenKind.WEEKDAY and is_range) or full_date(link.step(2)):
        return None
    if day_number(link.step(2)) or last.value <= cursor.token.value:
        return None
    return (Weekdays(frozenset(range(cursor.token.value, last.value + 1)), is_habitual=True),), link.step(2)


def _end_of_range(cursor: Cursor) -> tuple[Days | int, Cursor] | None:
    """A day, or the bare number of one when "le", "du" or "au" says that it is a day."""
    number = day_number(cursor)
    if number and not full_date(cursor):
        return number if cursor.before.text in _NUMBERED else None
    found = simple_days(cursor)
    if found is None or not isinstance(found[0][0], (Days, Weekdays)):
        return None
    return _as_days(found[0][0], cursor.today), found[1]


def _between(first: Days | int, last: Days | int, after: Cursor) -> Match:
    today = after.today
    if isinstance(last, int):
        begins = dates.numbered(first, today) if isinstance(first, int) else (first.options[0].first,)
        ends = dates.numbered(last, begins[0]) if begins else ()
        return ((Days((Period(begins[0], ends[0]),)),), after) if ends else None
    end = last.options[0].last or last.options[0].first
    if isinstance(first, Days):
        begin = first.options[0].first
    else:
        month = end if first <= end.day else dates.in_months(end.replace(day=1), -1)
        begin = dates.real_date(month.year, month.month, first) or end
    if begin > end:
        return None
    return (Days((Period(begin, end),)),), after
