"""Names of weekdays, months and ranks, read with one typing mistake and written with accents."""

from __future__ import annotations

from bot.domain.text.patterns import PLAIN_MONTHS, WEEKDAYS

_SHORT_MONTHS = {
    "jan": 1, "janv": 1, "fev": 2, "fevr": 2, "avr": 4, "juil": 7, "aou": 8, "sep": 9, "sept": 9,
    "oct": 10, "nov": 11, "dec": 12, "dece": 12, "decem": 12,
}  # fmt: skip
_SHORT_WEEKDAYS = {"mrdi": 1, "merc": 2, "mercr": 2}
_RANKS = {
    "premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4,
    "dernier": -1, "derniere": -1,
}  # fmt: skip
_SHORTEST_WITH_A_MISTAKE = 5


def weekday(word: str) -> int | None:
    """The weekday this plain word names, Monday being 0."""
    short = _SHORT_WEEKDAYS.get(word)
    return short if short is not None else _position(word, WEEKDAYS)


def month(word: str) -> int | None:
    """The month this plain word names, from 1."""
    if word in _SHORT_MONTHS:
        return _SHORT_MONTHS[word]
    place = _position(word, PLAIN_MONTHS)
    return None if place is None else place + 1


def rank(word: str) -> int | None:
    """The rank this plain word names; the last one is -1."""
    return _RANKS.get(word)


def _position(word: str, known: tuple[str, ...]) -> int | None:
    for place, name in enumerate(known):
        # "mais" is no month.
        if word == name or (word == f"{name}s" and name != "mai"):
            return place
    for place, name in enumerate(known):
        # "mars", "mai", "juin", "août" and "avril" have too many neighbours.
        if len(name) >= _SHORTEST_WITH_A_MISTAKE and name != "avril" and _one_mistake(word, name):
            return place
    return None


def _one_mistake(word: str, name: str) -> bool:
    """Whether one letter is missing, added, changed, or two neighbours are swapped."""
    if word[:1] != name[:1] or abs(len(word) - len(name)) > 1 or len(word) < _SHORTEST_WITH_A_MISTAKE:
        return False
    same = 0
    while same < min(len(word), len(name)) and word[same] == name[same]:
        same += 1
    left, right = word[same:], name[same:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]
