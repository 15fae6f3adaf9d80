"""Passages told by their shape alone: identities, links, dates, ages, long numbers, postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.places import postcodes
from bot.domain.places.words import Word
from bot.domain.privacy.anonymity.kinds import Kind, Passage
from bot.domain.privacy.masking import identities
from bot.domain.text.patterns import PLAIN_MONTHS, WEEKDAYS, any_of

_DAYS, _MONTHS = any_of(WEEKDAYS), any_of(PLAIN_MONTHS)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
# "depuis 20 ans", "20 ans d'ancienneté" measure time; anything else in years is taken for somebody's age.
_NOT_AN_AGE_BEFORE = r"(?<!depuis )(?<!il y a )(?<!pendant )(?<!durant )(?<!plus de )(?<!moins de )(?<!en )(?<!dans )"
_NOT_AN_AGE_AFTER = (
    r"(?! ?(?:d'|de |dans |chez |comme |en tant |apres |plus tard|avant |sur |a ce |a cette |au |a la ))"
)
_SHAPES = (
    (Kind.LINK, re.compile(r"\b(?:https?://|www\.)[^\s<>«»\",;()]+(?<![.])")),
    (Kind.LINK, re.compile(r"\b(?:[\w-]{1,63}\.){1,4}(?:com|fr|org|net|eu|io)/[^\s<>«»\",;()]+(?<![.])")),
    (Kind.LINK, re.compile(r"(?<![\w@.])@[\w.]{3,40}")),
    (Kind.DATE, re.compile(rf"(?<![\d/]){_DAY}/(?:{_MONTH}|[1-9](?=/))(?:/(?:{_YEAR}|\d\d))?(?![\d/])")),
    (Kind.DATE, re.compile(rf"(?<![\d.-]){_DAY}([.-])(?:{_MONTH}|[1-9])\1(?:{_YEAR}|\d\d)(?![\d.-])")),
    (Kind.DATE, re.compile(rf"(?<!\d){_YEAR}-{_MONTH}-{_DAY}(?!\d)")),
    (Kind.DATE, re.compile(rf"(?<![\d/]){_MONTH}/{_YEAR}(?!\d)")),
    (Kind.DATE, re.compile(rf"\b(?:{_DAYS} )?(?:1er|{_DAY}) {_MONTHS}\b(?: {_YEAR}\b)?")),
    (Kind.DATE, re.compile(rf"\b{_MONTHS} {_YEAR}\b")),
    (Kind.DATE, re.compile(rf"\b{_DAYS} {_DAY}\b(?! ?(?:h\b|heures?|min|euros?|€|%))")),
    (Kind.AGE, re.compile(r"\bagee?s? de \d\d ans(?: et \w+ mois)?\b")),
    (Kind.AGE, re.compile(rf"\b{_NOT_AN_AGE_BEFORE}(?:1[4-9]|[2-7]\d) ?ans\b{_NOT_AN_AGE_AFTER}(?: et \w+ mois\b)?")),
    # Enough figures in a row to be the number of a file, of a person or of a firm; sums of money are not.
    (Kind.NUMBER, re.compile(r"(?<![\d,.])\d{7,}[a-z]?(?![\d,.]*\s?(?:€|euros?|k€))")),
    (Kind.NUMBER, re.compile(r"(?<!\d)\d{3}[\s.]\d{3}[\s.]\d{3}(?:[\s.]\d{5})?(?!\d|\s?(?:€|euros?))")),
)  # fmt: skip


def passages(written: str, folded: str, words: Sequence[Word]) -> Iterator[Passage]:
    """Every passage of these shapes; `folded` is `written` in lower case, without accents."""
    for span in identities.spans(written, folded):
        yield Passage(span.start, span.end, Kind(span.kind.value))
    for kind, shape in _SHAPES:
        for found in shape.finditer(folded):
            yield Passage(found.start(), found.end(), kind)
    for postcode in postcodes.written(written, words):
        yield Passage(words[postcode.start].start, words[postcode.end - 1].end, Kind.POSTCODE)
