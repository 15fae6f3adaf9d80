"""Departments named inside a sentence: `dans la Nièvre`, `en Saône-et-Loire`, `dans le 71`."""

from collections.abc import Sequence

from bot.domain.places.answers import DepartmentOnly
from bot.domain.places.communes import Department
from bot.domain.places.words import ARTICLES, Word
from bot.services.places.gazetteer import Gazetteer

LONGEST_NAME = 4


def find(gazetteer: Gazetteer, words: Sequence[Word]) -> tuple[int, int, DepartmentOnly] | None:
    """The first department named: the words from and up to which, and the answer."""
    for position, word in enumerate(words):
        if word.text in ("dans", "en", "departement"):
            start = _after_links(words, position + 1)
            numbered = word.text == "departement" or (start > position + 1 and words[start - 1].text == "le")
            found = _named(gazetteer, words, start) or (_numbered(gazetteer, words, start) if numbered else None)
            if found:
                end, department = found
                return start, end, DepartmentOnly(department.code, department.name)
    return None


def _after_links(words: Sequence[Word], position: int) -> int:
    while position < len(words) and words[position].text in (*ARTICLES, "du", "de", "departement"):
        position += 1
    return position


def _named(gazetteer: Gazetteer, words: Sequence[Word], start: int) -> tuple[int, Department] | None:
    for end in range(min(len(words), start + LONGEST_NAME), start, -1):
        name = " ".join(word.text for word in words[start:end])
        department = gazetteer.department_called(name)
        if department and not gazetteer.is_ordinary(name):
            return end, department
    return None


def _numbered(gazetteer: Gazetteer, words: Sequence[Word], start: int) -> tuple[int, Department] | None:
    department = gazetteer.department(words[start].text) if start < len(words) else None
    return (start + 1, department) if department else None
