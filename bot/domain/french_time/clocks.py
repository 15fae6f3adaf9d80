"""Reads an hour as people say it: "14h30", "midi et demi", "6 heures du soir", "9h et quart"."""

from __future__ import annotations

from bot.domain.french_time.cursor import Cursor, Phrases
from bot.domain.french_time.tokens import Kind

NOON = 12 * 60
_LAST_MINUTE = 24 * 60 - 1
# Nobody meets before seven: "à 2h" is said for 14h.
FIRST_HOUR = 7
_LAST_HOUR = 20
_MORE = Phrases(
    {"et quart|et 1 quart": 15, "et demi|et demie": 30, "moins le quart|moins quart|moins 1 quart": -15, "pile": 0}
)
_HALF = Phrases({"du matin|le matin": 0, "de l apresmidi|du soir": NOON})
_AFTER_NUMBER = frozenset("et a ou pas sauf mais plutot si svp le la en ca c".split())


def clock(cursor: Cursor) -> tuple[int, Cursor] | None:
    """Minutes since midnight of the hour said here; an hour before seven is of the afternoon."""
    if cursor.sees("midi"):
        return _with_more(NOON, cursor.step())
    if cursor.token.kind is not Kind.CLOCK or not 0 < cursor.token.value <= _LAST_MINUTE:
        return None
    minute, after = _with_more(cursor.token.value, cursor.step())
    half = _HALF.find(after) if minute <= NOON else None
    if half:
        return minute % NOON + half[0] if half[0] else minute, half[1]
    return settled(minute), after


def number_as_hour(cursor: Cursor) -> tuple[int, Cursor] | None:
    """The hour meant by a number alone, where an hour is expected."""
    after = cursor.step()
    ends_there = after.is_at_end or after.token.text in _AFTER_NUMBER or after.token.kind in (Kind.WEEKDAY, Kind.CLOCK)
    if cursor.token.kind is not Kind.NUMBER or not ends_there or not 0 < cursor.token.value <= _LAST_HOUR:
        return None
    return settled(cursor.token.value * 60), after


def is_of_a_half(cursor: Cursor) -> bool:
    """Whether "du matin" or "du soir" was just said."""
    return cursor.before.text in ("matin", "soir", "apresmidi")


def settled(minute: int) -> int:
    """An hour too early for anybody is of the afternoon."""
    return minute + NOON if minute < FIRST_HOUR * 60 else minute


def _with_more(minute: int, cursor: Cursor) -> tuple[int, Cursor]:
    more = _MORE.find(cursor)
    if more:
        return minute + more[0], more[1]
    written_out = cursor.skip(("et",))
    if written_out.token.kind is Kind.NUMBER and written_out.token.value in (10, 15, 20, 30, 40, 45, 50):
        after = written_out.step()
        if after.token.kind is not Kind.MONTH and minute % 60 == 0 and not after.sees("jours", "minutes"):
            return minute + written_out.token.value, after
    return minute, cursor
