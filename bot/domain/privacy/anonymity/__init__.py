"""Looking, before a text is shown to colleagues, for what could tell who somebody is.

Nothing here is certain: it questions, and the author answers. Only what leads straight to a person (an e-mail, a
number) has to go. No table of persons is ever compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.privacy.anonymity import names, shapes
from bot.domain.privacy.anonymity.kinds import REFUSED, Kind, Known, Passage, Places
from bot.domain.privacy.anonymity.sentences import Reading
from bot.domain.text.normalize import fold_in_place

__all__ = ["REFUSED", "Kind", "Known", "Passage", "Piece", "Places", "look_at", "pieces"]

_ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: questioned, or not."""

    text: str = field(repr=False)
    kind: Kind | None = None


def look_at(text: str, known: Known) -> tuple[Passage, ...]:
    """The passages that could tell who somebody is, in order and apart from one another.

    The text must be composed (NFC), as `bot.domain.peer_exchange.tidy` leaves it, for places to be its own.
    """
    reading = Reading(text)
    found = [*shapes.passages(text, fold_in_place(text), reading.words), *names.passages(reading, known)]
    return tuple(sorted(_apart(found), key=lambda each: each.start))


def pieces(text: str, passages: Sequence[Passage]) -> Iterator[Piece]:
    """The text cut where its passages begin and end."""
    end = 0
    for passage in passages:
        if passage.start > end:
            yield Piece(text[end : passage.start])
        yield Piece(text[passage.start : passage.end], passage.kind)
        end = passage.end
    if end < len(text):
        yield Piece(text[end:])


def _apart(found: Sequence[Passage]) -> list[Passage]:
    """Those that meet as one; what only touches a refused one waits until that one is gone."""
    kept: list[Passage] = []
    for passage in sorted(found, key=lambda each: (_ORDER[each.kind], each.start)):
        others = [each for each in kept if each.meets(passage)]
        if not any(each.is_refused for each in others):
            kept = [each for each in kept if each not in others] + [_together([*others, passage])]
    return kept


def _together(passages: Sequence[Passage]) -> Passage:
    """One passage for those that meet, told by the most telling of them."""
    first = passages[0]
    return Passage(min(each.start for each in passages), max(each.end for each in passages), first.kind)
