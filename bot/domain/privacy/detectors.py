"""Personal data in free text: what it may be, where it stands, and what tells it by its shape alone.

One engine for who hides it (`masking`), who questions it (`anonymity`) and what tells of somebody's health or beliefs
(`special_category_data`): each gives its shapes. Logs are another matter: `redaction`. Shapes are looked for in a text
folded in place (`normalize.fold_in_place`), so that a place found is a place of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from bot.domain.booking.person_names import could_be_a_name
from bot.domain.text.patterns import EMAIL, FOREIGN_PHONE, FRENCH_PHONE, MISTYPED_PHONE, REFERENCE


class DataKind(str, Enum):
    """What a passage tells; of two on the same words, the first of this list is told."""

    EMAIL = "email"
    SOCIAL_SECURITY = "social_security"
    BANK_ACCOUNT = "bank_account"
    PHONE = "phone"
    REFERENCE = "reference"
    LINK = "link"
    ADDRESS = "address"
    BIRTH = "birth"
    NAME = "name"
    EMPLOYER = "employer"
    PLACE = "place"
    POSTCODE = "postcode"
    DATE = "date"
    AGE = "age"
    NUMBER = "number"
    CAPITAL = "capital"
    HEALTH = "health"
    UNION = "union"
    BELIEF = "belief"
    ORIGIN = "origin"
    PRIVATE_LIFE = "private_life"
    OFFENCE = "offence"


REFUSED = frozenset(
    {DataKind.EMAIL, DataKind.SOCIAL_SECURITY, DataKind.BANK_ACCOUNT, DataKind.PHONE, DataKind.REFERENCE}
)
"""Never published: they lead to one person, and no situation is better understood with them."""
SPECIAL = frozenset(
    {DataKind.HEALTH, DataKind.UNION, DataKind.BELIEF, DataKind.ORIGIN, DataKind.PRIVATE_LIFE, DataKind.OFFENCE}
)
"""What the law protects most (GDPR, articles 9 and 10), whoever it is said of."""


@dataclass(frozen=True)
class Span:
    """A passage of a text, from the first sign to the one before `end`, and what it tells."""

    start: int
    end: int
    kind: DataKind

    @property
    def is_refused(self) -> bool:
        """Whether it has to go, whatever its author says."""
        return self.kind in REFUSED

    def meets(self, other: Span) -> bool:
        """Whether both have a sign in common."""
        return self.start < other.end and other.start < self.end


Shapes = tuple[tuple[DataKind, re.Pattern[str]], ...]
"""What tells each kind; of a shape with a group `passage`, that group alone is the passage."""

_GAP = r"[\s.\-]?"
_IDENTIFIERS: Shapes = (
    (DataKind.EMAIL, re.compile(EMAIL)),
    (
        DataKind.EMAIL,
        re.compile(r"\b[\w.-]{1,64}\s?(?:\(at\)|\[at\]|\barobase\b)\s?[\w-]{1,63}\s?(?:\.|point)\s?\w{2,10}"),
    ),
    (
        DataKind.SOCIAL_SECURITY,
        re.compile(rf"(?<!\d)[12]{_GAP}\d\d{_GAP}(?:[02-9]\d|1[0-2]){_GAP}(?:\d\d|2[ab]){_GAP}\d{{3}}{_GAP}\d{{3}}"
                   rf"(?:{_GAP}\d\d)?(?!\d)"),
    ),
    (DataKind.BANK_ACCOUNT, re.compile(r"\bfr\d\d(?:\s?[a-z0-9]){23}(?![a-z0-9])")),
    (DataKind.BANK_ACCOUNT, re.compile(r"\b[a-z]{2}\d\d\s?[a-z0-9]{4}(?:\s?\d{4}){2,6}(?:\s?\d{1,3})?(?!\d)")),
    (DataKind.BANK_ACCOUNT, re.compile(r"(?<!\d)\d{4}(?:[\s-]?\d{4}){3}(?!\d)")),
    (DataKind.PHONE, re.compile(rf"(?<![\d/])(?:{FOREIGN_PHONE}|{MISTYPED_PHONE}|{FRENCH_PHONE})(?!\d)")),
    (DataKind.REFERENCE, re.compile(REFERENCE)),
    (DataKind.REFERENCE, re.compile(r"\br\d{4}[\s-]?[0-9a-z]{10}\b")),
    (DataKind.BIRTH, re.compile(r"\bnee? (?:le|en) \d{1,4}(?:er)?(?:[ /.\-]+(?:\d{1,4}|[a-z]{3,9})){0,2}")),
    (
        DataKind.ADDRESS,
        re.compile(r"\b\d{1,4}(?:\s?(?:bis|ter|[a-d]))?,?\s(?:rue|avenue|av\.?|boulevard|bd|chemin|impasse|allees?"
                   r"|route|quai|square|lotissement|place)(?:\s(?!(?:a|et|je|mais)\s|j')[^\s,.;!?]+){1,5}"),
    ),
)  # fmt: skip
_INTRODUCTIONS = re.compile(
    r"\b(?:je m'? ?appel{1,2}e?s?|je me (?:nomme|prenomme)|mon (?:nom|prenom)(?: complet)?(?: de famille)?"
    r"(?: est| c'est)?|moi c'est|cordialement|signe|il s'appelle|elle s'appelle|qui s'appelle)[\s:,]+"
)
_TITLES = re.compile(r"\b(?:mme|mlle|mr|m\.|monsieur|madame|mademoiselle|docteur|dr|maitre)\.?\s+")
_WORD = re.compile(r"(?![cjmn]')[^\W\d_]+(?:['-][^\W\d_]+)*")
_LONGEST_NAME = 4


def spans_of(shapes: Shapes, folded: str) -> Iterator[Span]:
    """Every passage of these shapes, in the order of the shapes."""
    for kind, shape in shapes:
        group = "passage" if "passage" in shape.groupindex else 0
        for found in shape.finditer(folded):
            yield Span(*found.span(group), kind)


def identifiers(written: str, folded: str) -> Iterator[Span]:
    """Every passage that identifies somebody by itself; `folded` is `written` folded in place."""
    yield from _first_ones(spans_of(_IDENTIFIERS, folded))
    yield from _names(written, folded)


def _first_ones(spans: Iterable[Span]) -> list[Span]:
    """A number is of one kind only: the first that recognises it."""
    kept: list[Span] = []
    for span in spans:
        if not any(span.meets(each) for each in kept):
            kept.append(span)
    return kept


def _names(written: str, folded: str) -> Iterator[Span]:
    for before, capitalised in ((_INTRODUCTIONS, False), (_TITLES, True)):
        for found in before.finditer(folded):
            end = _name_end(written, folded, found.end(), capitalised=capitalised)
            if end > found.end():
                yield Span(found.end(), end, DataKind.NAME)


def _name_end(written: str, folded: str, start: int, *, capitalised: bool) -> int:
    """Where the name that begins here ends; its beginning when there is none."""
    end, position = start, start
    for _ in range(_LONGEST_NAME):
        word = _WORD.match(folded, position)
        if word is None or not could_be_a_name(word.group()) or (capitalised and not written[position].isupper()):
            break
        end = word.end()
        if not written[end : end + 1].isspace():
            break
        position = end + 1
    return end
