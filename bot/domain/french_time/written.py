"""Matchers of dates and weekdays: "le 3 décembre", "24/11", "lundi 30", "mardi prochain", "les 3 et 4 janvier"."""

from datetime import date

from bot.domain.french_time import dates
from bot.domain.french_time.tokens import Cursor, Days, Mark, Phrases, Piece, TokenKind, Weekdays

Match = tuple[tuple[Piece, ...], Cursor] | None

_NEXT = Phrases({"prochain|pro|qui vient|a venir|qui arrive": True, "dernier|passe|precedent": False})
_FORTNIGHTS = Phrases({"en 8|en huitaine": dates.WEEK, "en 15|en quinzaine": 2 * dates.WEEK})
_EVERY = ("le", "les", "chaque", "quel", "quels")
_MONTH_OF_NUMBER = Phrases({"du mois prochain": 1, "de ce mois|de ce mois ci": 0})
_SOON = 2
_MONTHS_TO_TRY = 2
# What may follow "le 3" when it is a date: "le 3 rue Monge" and "le 3 fois sans frais" are none.
_AFTER_NUMBER = frozenset(
    "a au ou et vers apres avant apresmidi dans en entre de des le matin soir midi me m ca c je j si sauf plutot pour "
    "svp merci serait convient va irait est mais pas ni n il on du "
    "par sans s stp possible d jusqu avec prochain".split()
)


def written(cursor: Cursor) -> Match:
    """A date, or a weekday alone or with what dates it."""
    if cursor.token.kind is TokenKind.WEEKDAY:
        return _weekday(cursor)
    return full_date(cursor) or _bare_number(cursor)


def full_date(cursor: Cursor) -> Match:
    """A day and its month."""
    numbers = _day_and_month(cursor)
    if numbers is None:
        return None
    day, month, year, after = numbers
    meant = dates.dated(day, month, year, cursor.today)
    if meant is None:
        return (Mark.GAP if "." in cursor.token.text else Mark.UNREAL,), after
    return (Days((dates.one_day(meant),)),), after


def day_number(cursor: Cursor) -> tuple[int, Cursor] | None:
    """The number of a day, as "3" and "1er"."""
    token = cursor.token
    is_day = token.kind is TokenKind.NUMBER or (token.kind is TokenKind.ORDINAL and token.value == 1)
    return (token.value, cursor.step()) if is_day and 1 <= token.value <= 31 else None


def year_here(cursor: Cursor) -> tuple[int, Cursor]:
    """The year written here, or 0."""
    if cursor.token.kind is TokenKind.NUMBER and 1900 <= cursor.token.value <= 2199:
        return cursor.token.value, cursor.step()
    return 0, cursor


def _day_and_month(cursor: Cursor) -> tuple[int, int, int, Cursor] | None:
    token = cursor.token
    if token.kind is TokenKind.DATE:
        return token.value, token.month, token.year, cursor.step()
    number = day_number(cursor)
    if number is None:
        # "31 février" is a date that does not exist; "45 mars" is none either.
        return None
    day, here = number
    year, after = year_here(here.step())
    is_all_figures = here.token.kind is TokenKind.NUMBER and year and 1 <= here.token.value <= 12
    if here.token.kind is not TokenKind.MONTH and not is_all_figures:
        return None
    return day, here.token.value, year, after


def _bare_number(cursor: Cursor) -> Match:
    number = day_number(cursor)
    if number is None or cursor.before.text not in ("le", "du") or cursor.token.text in ("premier", "premiere"):
        return None
    if cursor.step(-2).sees("dans", "departement", "depuis"):
        return None
    day, after = number
    of_month = _MONTH_OF_NUMBER.find(after)
    if of_month:
        return _in_month(day, of_month[0], of_month[1])
    if not (after.is_at_end or after.token.text in _AFTER_NUMBER or after.token.kind is TokenKind.CLOCK):
        return None
    return bare_day(day, after)


def _in_month(day: int, ahead: int, after: Cursor) -> Match:
    month = dates.in_months(after.today, ahead)
    meant = dates.real_date(month.year, month.month, day)
    return ((Mark.UNREAL,) if meant is None else (Days((dates.one_day(meant),)),)), after


def bare_day(day: int, after: Cursor) -> Match:
    """The next day that bears this number."""
    coming = dates.numbered(day, after.today)
    return ((Days((dates.one_day(coming[0]),), without_month=True),), after) if coming else None


def _weekday(cursor: Cursor) -> Match:
    weekday, after = cursor.token.value, cursor.step()
    dated = _dated_weekday(weekday, after)
    if dated:
        return dated
    coming = _NEXT.find(after)
    if coming:
        return (_coming(weekday, cursor.today) if coming[0] else _last(weekday, cursor.today),), coming[1]
    later = _FORTNIGHTS.find(after)
    if later:
        return (_fortnight(weekday, later[0], cursor.today),), later[1]
    if cursor.before.text == "ce":
        return (Days((dates.one_day(dates.next_weekday(cursor.today, weekday, today_counts=True)),)),), after
    if cursor.before.text == "prochain" and not cursor.step(-2).sees("semaine", "mois", "weekend"):
        return (Days((dates.one_day(dates.next_weekday(cursor.today, weekday)),)),), after
    is_habitual = cursor.before.text in _EVERY or cursor.token.text.endswith("is") or cursor.token.text.endswith("es")
    return (Weekdays(frozenset({weekday}), is_habitual),), after


def _dated_weekday(weekday: int, cursor: Cursor) -> Match:
    here = cursor.skip(("le",))
    full = _day_and_month(here)
    if full:
        day, month, year, after = full
        meant = dates.dated(day, month, year, cursor.today)
        return ((Mark.UNREAL,), after) if meant is None else ((_checked(meant, weekday, cursor.today),), after)
    number = day_number(here)
    if number is None:
        return None
    coming = dates.numbered(number[0], cursor.today)
    for each in coming[:_MONTHS_TO_TRY]:
        if each.weekday() == weekday:
            return (Days((dates.one_day(each),)),), number[1]
    if number[1].sees("a") and number[1].step().token.kind is TokenKind.CLOCK:
        # "Mardi 14 à 16h": hours.
        return None
    return ((_checked(coming[0], weekday, cursor.today),), number[1]) if coming else None


def _checked(day: date, weekday: int, today: date) -> Days:
    """The day, and the nearest of the weekday said with it if they do not agree."""
    if day.weekday() == weekday or day < today:
        return Days((dates.one_day(day),))
    other = dates.nearest_weekday(day, weekday, today)
    return Days(tuple(dates.one_day(each) for each in sorted((day, other))))


def _coming(weekday: int, today: date) -> Days:
    """ "Mardi prochain": when Tuesday is near, some mean the next one and some that of next week."""
    near = dates.next_weekday(today, weekday)
    options = [near, dates.in_days(near, dates.WEEK)] if (near - today).days <= _SOON else [near]
    return Days(tuple(dates.one_day(day) for day in options))


def _last(weekday: int, today: date) -> Days:
    near = dates.next_weekday(today, weekday, today_counts=True)
    return Days((dates.one_day(dates.in_days(near, -dates.WEEK)),))


def _fortnight(weekday: int, days: int, today: date) -> Days:
    """ "Lundi en huit", a week after the coming Monday; said on a Monday, after today or the next."""
    bases = sorted({dates.next_weekday(today, weekday, today_counts=counts) for counts in (True, False)})
    return Days(tuple(dates.one_day(dates.in_days(base, days)) for base in bases))


_JOINS = ("ou", "et", "le", ",", ", ")


def listed_days(cursor: Cursor) -> Match:
    """Several days of one month."""
    before, here = _numbers(cursor)
    if not before or here.token.kind is not TokenKind.MONTH:
        return None
    month = here.token.value
    year, after = year_here(here.step())
    there = after.skip(_JOINS)
    goes_on = after.sees("ou", "et") and there.before.text == "le" and not full_date(there)
    more, end = _numbers(there) if goes_on else ([], after)
    if len(before) + len(more) < 2 or end.token.kind is TokenKind.MONTH:
        return None
    return _said([*before, *more], month, year, end)


def _numbers(cursor: Cursor) -> tuple[list[int], Cursor]:
    """Numbers joined by "ou", "et" or commas, and the place after the last."""
    numbers: list[int] = []
    here, end = cursor, cursor
    while (number := day_number(here)) is not None:
        numbers.append(number[0])
        end = number[1]
        here = end.skip(_JOINS)
        if here.at == end.at:
            break
    return numbers, end


def _said(numbers: list[int], month: int, year: int, after: Cursor) -> Match:
    pieces: list[Piece] = []
    for number in numbers:
        day = dates.dated(number, month, year, after.today)
        if day is None:
            return (Mark.UNREAL,), after
        pieces += [Days((dates.one_day(day),)), Mark.OR]
    return tuple(pieces[:-1]), after
