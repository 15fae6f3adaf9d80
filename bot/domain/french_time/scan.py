"""Reads tokens into pieces: at each place the first matcher that knows what stands there takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from bot.domain.french_time.bounds import bounded_days, day_range, simple_days
from bot.domain.french_time.cursor import Cursor
from bot.domain.french_time.hours import hours
from bot.domain.french_time.lists import listed_days
from bot.domain.french_time.marks import mark, silent
from bot.domain.french_time.pieces import Mark, Piece
from bot.domain.french_time.tokens import Kind, tokens
from bot.domain.french_time.written import Found

_MATCHERS: tuple[Callable[[Cursor], Found], ...] = (
    silent,
    day_range,
    listed_days,
    bounded_days,
    hours,
    simple_days,
    mark,
)
# Words so small that they stand between two pieces without parting them.
_SMALL = frozenset(
    "le la les l un une 1 a au aux de du d des en dans ce cet cette je j il on c ca est m me y pour vers sur tous "
    "tout chaque mi si possible journee heure heures h bien peut etre matinee par n ne que qu chez ici "
    "non suis serai serais toujours vraiment aussi".split()
)


def pieces(sentence: str, today: date) -> tuple[Piece, ...]:
    """The pieces of a sentence, in order."""
    return tuple(_scan(Cursor(tokens(sentence), today)))


def _scan(cursor: Cursor) -> Iterator[Piece]:
    while cursor.token.kind is not Kind.END:
        found = next(filter(None, (matcher(cursor) for matcher in _MATCHERS)), None)
        if found:
            yield from found[0]
            cursor = found[1]
            continue
        if cursor.token.text not in _SMALL:
            yield Mark.GAP
        cursor = cursor.step()
