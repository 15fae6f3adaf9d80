"""Passages that identify a person: e-mails, numbers, references, names after an introduction, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.booking.person_names import could_be_a_name
from bot.domain.privacy.masking.kinds import Kind, Span
from bot.domain.text.patterns import EMAIL, FOREIGN_PHONE, FRENCH_PHONE, MISTYPED_PHONE, REFERENCE

_GAP = r"[\s.\-]?"
_SHAPES = (
    (Kind.EMAIL, re.compile(EMAIL)),
    (Kind.EMAIL, re.compile(r"\b[\w.-]{1,64}\s?(?:\(at\)|\[at\]|\barobase\b)\s?[\w-]{1,63}\s?(?:\.|point)\s?\w{2,10}")),
    (
        Kind.SOCIAL_SECURITY,
        re.compile(rf"(?<!\d)[12]{_GAP}\d\d{_GAP}(?:[02-9]\d|1[0-2]){_GAP}(?:\d\d|2[ab]){_GAP}\d{{3}}{_GAP}\d{{3}}"
                   rf"(?:{_GAP}\d\d)?(?!\d)"),
    ),
    (Kind.BANK_ACCOUNT, re.compile(r"\bfr\d\d(?:\s?[a-z0-9]){23}(?![a-z0-9])")),
    (Kind.BANK_ACCOUNT, re.compile(r"\b[a-z]{2}\d\d\s?[a-z0-9]{4}(?:\s?\d{4}){2,6}(?:\s?\d{1,3})?(?!\d)")),
    (Kind.BANK_ACCOUNT, re.compile(r"(?<!\d)\d{4}(?:[\s-]?\d{4}){3}(?!\d)")),
    (Kind.PHONE, re.compile(rf"(?<![\d/])(?:{FOREIGN_PHONE}|{MISTYPED_PHONE}|{FRENCH_PHONE})(?!\d)")),
    (Kind.REFERENCE, re.compile(REFERENCE)),
    (Kind.REFERENCE, re.compile(r"\br\d{4}[\s-]?[0-9a-z]{10}\b")),
    (Kind.BIRTH, re.compile(r"\bnee? (?:le|en) \d{1,4}(?:er)?(?:[ /.\-]+(?:\d{1,4}|[a-z]{3,9})){0,2}")),
    (
        Kind.ADDRESS,
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


def spans(written: str, folded: str) -> Iterator[Span]:
    """Every passage that identifies somebody; `folded` is `written` in lower case, without accents."""
    yield from _shapes(folded)
    yield from _names(written, folded)


def _shapes(folded: str) -> Iterator[Span]:
    """A number is of one kind only: the first of the list that recognises it."""
    known: list[Span] = []
    for kind, shape in _SHAPES:
        for found in shape.finditer(folded):
            span = Span(found.start(), found.end(), kind)
            if not any(each.start < span.end and span.start < each.end for each in known):
                known.append(span)
    return iter(known)


def _names(written: str, folded: str) -> Iterator[Span]:
    for found in _INTRODUCTIONS.finditer(folded):
        end = _name_end(written, folded, found.end(), capitalised=False)
        if end > found.end():
            yield Span(found.end(), end, Kind.NAME)
    for found in _TITLES.finditer(folded):
        end = _name_end(written, folded, found.end(), capitalised=True)
        if end > found.end():
            yield Span(found.end(), end, Kind.NAME)


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
