"""Matcher of days listed before their month: "le 3 ou le 4 décembre", "les 3, 4 et 5 janvier"."""

from __future__ import annotations

from bot.domain.french_time import dates
from bot.domain.french_time.cursor import Cursor
from bot.domain.french_time.pieces import Days, Mark, Piece
from bot.domain.french_time.tokens import Kind
from bot.domain.french_time.written import Found, day_number, year_here

_JOINS = ("ou", "et", "le", ",", ", ")
_MOST = 6


def listed_days(cursor: Cursor) -> Found:
    """Several days of one month."""
    numbers: list[int] = []
    here = cursor
    while len(numbers) < _MOST:
        number = day_number(here)
        if number is None:
            return None
        numbers.append(number[0])
        here = number[1]
        if here.token.kind is Kind.MONTH:
            break
        joined = here.skip(_JOINS)
        if joined.at == here.at:
            return None
        here = joined
    if len(numbers) < 2 or here.token.kind is not Kind.MONTH:
        return None
    year, after = year_here(here.step())
    return _said(numbers, here.token.value, year, after)


def _said(numbers: list[int], month: int, year: int, after: Cursor) -> Found:
    pieces: list[Piece] = []
    for number in numbers:
        day = dates.dated(number, month, year, after.today)
        if day is None:
            return (Mark.UNREAL,), after
        pieces += [Days((dates.one_day(day),)), Mark.OR]
    return tuple(pieces[:-1]), after
