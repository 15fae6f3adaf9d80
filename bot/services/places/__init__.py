"""Looking places up: a text typed where a place was asked, or a place named in any sentence.

Only communes of France are known. The answers keep, in `words`, what they were read from.
"""

from collections.abc import Collection, Sequence
from typing import Any

from bot.domain.places import postcodes, typed
from bot.domain.places.answers import (
    Answer,
    DepartmentOnly,
    Found,
    Place,
    PostcodeArea,
    Several,
    UnknownPlace,
    said_as,
)
from bot.domain.places.signs import Strength
from bot.domain.places.words import Word, split
from bot.domain.text.french_format import around
from bot.services.dialogue.ports import PlaceRead
from bot.services.places import departments, mentions, names, typed_places
from bot.services.places.gazetteer import Gazetteer
from bot.services.places.mentions import Mention

__all__ = [
    "Answer",
    "DepartmentOnly",
    "Found",
    "Place",
    "PostcodeArea",
    "Several",
    "UnknownPlace",
    "look_up",
    "mentioned",
    "place_read",
]

BURGUNDY = ("21", "58", "71", "89")
LONGEST_TYPED = 200
LONGEST_SENTENCE = 1_000
CHOICES = 3


def look_up(gazetteer: Gazetteer, typed_text: str, region_departments: Collection[str] = BURGUNDY) -> Answer:
    """The place a text is expected to be: what it spells, looks like or names."""
    text = typed_text[:LONGEST_TYPED]
    words = split(text)
    place = typed.read([word.text for word in words])
    answer = typed_places.resolve(gazetteer, place, region_departments)
    if typed_places.is_unlikely(answer, place, region_departments):
        answer = typed_places.beside_guess(gazetteer, place, answer, region_departments)
    if isinstance(answer, UnknownPlace):
        answer = typed_places.guess(gazetteer, place, region_departments)
    if isinstance(answer, UnknownPlace):
        answer = _named_in(gazetteer, text, words, region_departments, expected=True) or answer
    return answer if answer.words else said_as(answer, text.strip())


def mentioned(gazetteer: Gazetteer, sentence: str, region_departments: Collection[str] = BURGUNDY) -> Place | None:
    """The place a sentence names, if there is a clear sign of one.

    A place taken back ("pas à Dijon") is left aside. Two places without any sign to prefer one are
    given as `Several`. Only the beginning of a very long message is read.
    """
    text = sentence[:LONGEST_SENTENCE]
    return _named_in(gazetteer, text, split(text), region_departments, expected=False)


def place_read(read: Answer | None) -> PlaceRead:
    """The place found, the ones to choose from, a department that is too wide, or nothing."""
    if isinstance(read, Found):
        found = _labelled(read.commune.label, read.commune, read.commune.department)
        return PlaceRead(found=found, is_sure=read.sure)
    if isinstance(read, PostcodeArea):
        largest = max(read.communes, key=lambda commune: commune.population)
        return PlaceRead(found=_labelled(around(largest.name, read.postcode), read, read.department))
    if isinstance(read, Several):
        return PlaceRead(several=tuple(_labelled(c.label, c, c.department) for c in read.choices))
    if isinstance(read, DepartmentOnly):
        return PlaceRead(department=f"{read.name} ({read.code})")
    return PlaceRead()


def _named_in(
    gazetteer: Gazetteer, text: str, words: Sequence[Word], region: Collection[str], *, expected: bool
) -> Place | None:
    department = departments.find(gazetteer, words)
    found = mentions.find(gazetteer, words, region, expected=expected)
    kept = _strongest([each for each in found if not each.sign.denied and not _is_in(each, department)])
    postcode = _postcode(gazetteer, text, words)
    if postcode and not (kept and kept[0].sign.strength == Strength.CORRECTION):
        return postcode
    if kept:
        return _together(text, words, kept)
    if department:
        start, end, answer = department
        return said_as(answer, _said(text, words, start, end))
    return _misspelled(gazetteer, text, words, region)


def _is_in(mention: Mention, department: tuple[int, int, DepartmentOnly] | None) -> bool:
    return department is not None and department[0] <= mention.start < department[1]


def _strongest(found: Sequence[Mention]) -> list[Mention]:
    """The mentions with the strongest sign; of several corrections, the last."""
    best = max((mention.sign.strength for mention in found), default=None)
    kept = [mention for mention in found if mention.sign.strength == best]
    return kept[-1:] if best == Strength.CORRECTION else kept


def _postcode(gazetteer: Gazetteer, text: str, words: Sequence[Word]) -> Place | None:
    for written in postcodes.written(text, words):
        area = typed_places.postcode_area(gazetteer, written.code, [word.text for word in words])
        if not isinstance(area, UnknownPlace):
            return said_as(area, _said(text, words, written.start, written.end))
    return None


def _together(text: str, words: Sequence[Word], kept: Sequence[Mention]) -> Found | Several:
    first = said_as(kept[0].answer, _said(text, words, kept[0].start, kept[0].end))
    communes = {mention.answer.commune: mention for mention in kept if isinstance(mention.answer, Found)}
    if len(communes) < 2:
        return first
    spoken = _said(text, words, kept[0].start, kept[-1].end)
    return Several(tuple(communes)[:CHOICES], max(0, len(communes) - CHOICES), words=spoken)


def _misspelled(gazetteer: Gazetteer, text: str, words: Sequence[Word], region: Collection[str]) -> Place | None:
    for start, end in mentions.unknown_homes(gazetteer, words):
        answer = names.misspelled(gazetteer, [word.text for word in words[start:end]], region)
        if not isinstance(answer, UnknownPlace):
            return said_as(answer, _said(text, words, start, end))
    return None


def _said(text: str, words: Sequence[Word], start: int, end: int) -> str:
    return text[words[start].start : words[end - 1].end]


def _labelled(label: str, point: Any, department: str) -> dict[str, Any]:
    return {
        "label": label,
        "latitude": point.latitude,
        "longitude": point.longitude,
        "department": department,
    }
