"""Matcher of days listed around their month: "le 3 ou le 4 décembre", "les 3, 4 et 5 janvier", "le 3 mars ou le 5"."""

from __future__ import annotations

from bot.domain.french_time import dates
from bot.domain.french_time.cursor import Cursor
from bot.domain.french_time.pieces import Days, Mark, Piece
from bot.domain.french_time.tokens import Kind
from bot.domain.french_time.written import Found, day_number, full_date, year_here

_JOINS = ("ou", "et", "le", ",", ", ")


def listed_days(cursor: Cursor) -> Found:
    """Several days of one month."""
    before, here = _numbers(cursor)
    if not before or here.token.kind is not Kind.MONTH:
        return None
    month = here.token.value
    year, after = year_here(here.step())
    there = after.skip(_JOINS)
    goes_on = after.sees("ou", "et") and there.before.text == "le" and not full_date(there)
    more, end = _numbers(there) if goes_on else ([], after)
    if len(before) + len(more) < 2 or end.token.kind is Kind.MONTH:
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


def _said(numbers: list[int], month: int, year: int, after: Cursor) -> Found:
    pieces: list[Piece] = []
    for number in numbers:
        day = dates.dated(number, month, year, after.today)
        if day is None:
            return (Mark.UNREAL,), after
        pieces += [Days((dates.one_day(day),)), Mark.OR]
    return tuple(pieces[:-1]), after
