"""Looking, before a text is shown to colleagues, for what could tell who somebody is.

Nothing here is certain: it questions, and the author answers. Only what leads straight to a person (an e-mail, a
number) has to go. No table of persons is ever compared.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.places import postcodes
from bot.domain.privacy.detectors import DataKind, Shapes, Span, identifiers, spans_of
from bot.domain.privacy.lexicons import Lexicons
from bot.domain.privacy.proper_names import proper_names
from bot.domain.privacy.sentences import Reading
from bot.domain.text.normalize import fold_in_place
from bot.domain.text.patterns import PLAIN_MONTHS, WEEKDAYS, any_of

_DAYS, _MONTHS = any_of(WEEKDAYS), any_of(PLAIN_MONTHS)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
# "depuis 20 ans", "20 ans d'ancienneté" measure time; anything else in years is taken for somebody's age.
_NOT_AGE_BEFORE = r"(?<!depuis )(?<!il y a )(?<!pendant )(?<!durant )(?<!plus de )(?<!moins de )(?<!en )(?<!dans )"
_NOT_AGE_AFTER = r"(?! ?(?:d'|de |dans |chez |comme |en tant |apres |plus tard|avant |sur |a ce |a cette |au |a la ))"
_CLUES: Shapes = (
    (DataKind.LINK, re.compile(r"\b(?:https?://|www\.)[^\s<>«»\",;()]+(?<![.])")),
    (DataKind.LINK, re.compile(r"\b(?:[\w-]{1,63}\.){1,4}(?:com|fr|org|net|eu|io)/[^\s<>«»\",;()]+(?<![.])")),
    (DataKind.LINK, re.compile(r"(?<![\w@.])@[\w.]{3,40}")),
    (DataKind.DATE, re.compile(rf"(?<![\d/]){_DAY}/(?:{_MONTH}|[1-9](?=/))(?:/(?:{_YEAR}|\d\d))?(?![\d/])")),
    (DataKind.DATE, re.compile(rf"(?<![\d.-]){_DAY}([.-])(?:{_MONTH}|[1-9])\1(?:{_YEAR}|\d\d)(?![\d.-])")),
    (DataKind.DATE, re.compile(rf"(?<!\d){_YEAR}-{_MONTH}-{_DAY}(?!\d)")),
    (DataKind.DATE, re.compile(rf"(?<![\d/]){_MONTH}/{_YEAR}(?!\d)")),
    (DataKind.DATE, re.compile(rf"\b(?:{_DAYS} )?(?:1er|{_DAY}) {_MONTHS}\b(?: {_YEAR}\b)?")),
    (DataKind.DATE, re.compile(rf"\b{_MONTHS} {_YEAR}\b")),
    (DataKind.DATE, re.compile(rf"\b{_DAYS} {_DAY}\b(?! ?(?:h\b|heures?|min|euros?|€|%))")),
    (DataKind.AGE, re.compile(r"\bagee?s? de \d\d ans(?: et \w+ mois)?\b")),
    (DataKind.AGE, re.compile(rf"\b{_NOT_AGE_BEFORE}(?:1[4-9]|[2-7]\d) ?ans\b{_NOT_AGE_AFTER}(?: et \w+ mois\b)?")),
    # Enough figures in a row to be the number of a file, of a person or of a firm; sums of money are not.
    (DataKind.NUMBER, re.compile(r"(?<![\d,.])\d{7,}[a-z]?(?![\d,.]*\s?(?:€|euros?|k€))")),
    (DataKind.NUMBER, re.compile(r"(?<!\d)\d{3}[\s.]\d{3}[\s.]\d{3}(?:[\s.]\d{5})?(?!\d|\s?(?:€|euros?))")),
)  # fmt: skip
_ORDER = {kind: place for place, kind in enumerate(DataKind)}


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: questioned, or not."""

    text: str = field(repr=False)
    kind: DataKind | None = None


def detect_identifiers(text: str, lexicons: Lexicons) -> tuple[Span, ...]:
    """The passages that could tell who somebody is, in order and apart from one another.

    The text must be composed (NFC), as `bot.domain.peer_exchange.tidy` leaves it, for places to be its own.
    """
    reading, folded = Reading(text), fold_in_place(text)
    found = [
        *identifiers(text, folded),
        *spans_of(_CLUES, folded),
        *(
            Span(*reading.span(each.start, each.end), DataKind.POSTCODE)
            for each in postcodes.written(text, reading.words)
        ),
        *proper_names(reading, lexicons),
    ]
    return tuple(sorted(_apart(found), key=lambda each: each.start))


def pieces(text: str, passages: Sequence[Span]) -> Iterator[Piece]:
    """The text cut where its passages begin and end."""
    end = 0
    for passage in passages:
        if passage.start > end:
            yield Piece(text[end : passage.start])
        yield Piece(text[passage.start : passage.end], passage.kind)
        end = passage.end
    if end < len(text):
        yield Piece(text[end:])


def _apart(found: Sequence[Span]) -> list[Span]:
    """Those that meet as one; what only touches a refused one waits until that one is gone."""
    kept: list[Span] = []
    for passage in sorted(found, key=lambda each: (_ORDER[each.kind], each.start)):
        others = [each for each in kept if each.meets(passage)]
        if not any(each.is_refused for each in others):
            kept = [each for each in kept if each not in others] + [_together([*others, passage])]
    return kept


def _together(passages: Sequence[Span]) -> Span:
    """One passage for those that meet, told by the most telling of them."""
    first = passages[0]
    return Span(min(each.start for each in passages), max(each.end for each in passages), first.kind)
