"""What somebody typed where a place was asked: its postcode, district, department and name.

Nothing is looked up here: these are the parts a gazetteer can be asked about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.places.words import uncontracted

CITIES = {"paris": 20, "lyon": 9, "marseille": 16}
CITY_DEPARTMENTS = {"paris": "75", "lyon": "69", "marseille": "13"}

# "j'habite à", "je suis près de", "du côté de": what may come before a name and is not part of it.
BEFORE_A_NAME = frozenset(
    "je j moi on nous suis est c ce habite habitons vis vit reside loge viens travaille bosse me situe trouve y "
    "a au aux vers pres proche cote du de d des sur dans en pour plutot alors euh ben bah bonjour oui non ok mon "
    "ma mes adresse domicile ville village commune agglo agglomeration region secteur environs alentours code "
    "postal cp donc et mais finalement actuellement juste tout merci svp stp serait etre ai quartier centre chez ici "
    "departement alentour autour coin peu banlieue peripherie".split()
)
AFTER_A_NAME = frozenset(
    "centre ville gare svp stp merci france bourgogne franche comte region et alentours environs ou par la "
    "s il vous te plait plait dans le du en les l d de departement a cote pres cedex moi bonjour".split()
)
_ORDINAL = re.compile(r"([0-9]{1,2})(?:e|er|eme|ieme|nd|nde|ere)?")
_DEPARTMENT = re.compile(r"[0-9]{2}|2[ab]|97[0-9]")
_POSTCODE = re.compile(r"[0-9]{5}")


@dataclass(frozen=True)
class TypedPlace:
    """The parts of a typed place.

    `literal` is what is left once the numbers are out, `names` the ways to read it as a name, the
    most literal first.
    """

    words: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    postcode: str | None = None
    department: str | None = None
    district: tuple[str, int] | None = None
    literal: tuple[str, ...] = ()


def read(words: Sequence[str]) -> TypedPlace:
    """Sort the words of a typed place into its parts."""
    left = _without_cedex(_joined_postcode(words))
    district = _district(left)
    if district:
        return TypedPlace(tuple(words), (), district=district)
    postcode = next((word for word in left if _POSTCODE.fullmatch(word)), None)
    left = tuple(word for word in left if word != postcode)
    department = _department(left)
    if department:
        left = left[:-1] if left[-1] == department else left[1:]
    return TypedPlace(tuple(words), _names(left), postcode, department, literal=left)


def _joined_postcode(words: Sequence[str]) -> tuple[str, ...]:
    """`21 000` is one postcode."""
    for position, (first, second) in enumerate(zip(words, words[1:], strict=False)):
        if re.fullmatch("[0-9]{2}", first) and re.fullmatch("[0-9]{3}", second):
            return (*words[:position], first + second, *words[position + 2 :])
    return tuple(words)


def _without_cedex(words: Sequence[str]) -> tuple[str, ...]:
    if "cedex" not in words:
        return tuple(words)
    position = words.index("cedex")
    after = words[position + 1 :]
    return (*words[:position], *(after[1:] if after and re.fullmatch("[0-9]{1,2}", after[0]) else after))


def _district(words: Sequence[str]) -> tuple[str, int] | None:
    """`Paris 12e`, `12e arrondissement de Paris`, `lyon 3`, but not `lyon 69`, a department."""
    city = next((word for word in words if word in CITIES), None)
    if city is None:
        return None
    for word in words:
        match = _ORDINAL.fullmatch(word)
        if match and word != CITY_DEPARTMENTS[city] and 1 <= int(match.group(1)) <= CITIES[city]:
            return city, int(match.group(1))
    return None


def _department(words: Sequence[str]) -> str | None:
    """A department's number, last or first: `Torcy 71`, `71 Torcy`."""
    ends = [words[-1], words[0]] if words else []
    return next((word for word in ends if _DEPARTMENT.fullmatch(word)), None)


def _names(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Ways to read a name, the most literal first: `au creusot`, `le creusot`, `creusot`."""
    bare = _without_introduction(words)
    forms = [words, uncontracted(words), *bare, *(_without_ending(form) for form in bare)]
    return tuple(dict.fromkeys(form for form in forms if any(map(_may_be_a_name, form))))


def _without_introduction(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words with and without the preposition they begin with, which may hide an article."""
    position = 0
    while position < len(words) and words[position] in BEFORE_A_NAME:
        position += 1
    bare = words[position:]
    if position and words[position - 1] in ("au", "aux", "du", "des"):
        return [uncontracted(words[position - 1 :]), bare]
    return [bare]


def _without_ending(words: tuple[str, ...]) -> tuple[str, ...]:
    position = len(words)
    while position > 1 and words[position - 1] in AFTER_A_NAME:
        position -= 1
    return words[:position]


def _may_be_a_name(word: str) -> bool:
    return word not in BEFORE_A_NAME and word not in AFTER_A_NAME
