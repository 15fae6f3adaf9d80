"""Makes careless French plain: no accent, no capital, numbers in figures, nothing that only looks like a time.

Names of weekdays, months and ranks are read with one typing mistake.
"""

import re

from bot.domain.text.normalize import unaccented
from bot.domain.text.patterns import FOREIGN_PHONE, FRENCH_PHONE, PLAIN_MONTHS, REFERENCE, WEEKDAYS

_NOISE = re.compile(
    rf"\S+@\S+|https?://\S+|www\.\S+|{REFERENCE}|(?<!\d)(?:{FOREIGN_PHONE}|{FRENCH_PHONE})(?!\d)"
    r"|\b24 ?h? ?(?:/|sur) ?24 ?h?\b|\b7 ?j(?:ours?)? ?(?:/|sur) ?7 ?j?\b|\b3 ?x ?8\b"
    r"|(?<=ouvert )7/7|(?<=ouverts )7/7|(?<=24/24 )7/7"
)
_TOGETHER = (
    (r"\baujou?r ?d ?h?ui+\b|\bajd\b|\bojd\b|\bauj\b|\baujourdhuit?\b", "aujourdhui"),
    (r"\b(?:apr[es]{1,2}|ap|aprs) ?-?de?main\b|\bapre?s? 2main\b", "apresdemain"),
    (r"\bavant ?-?hier\b", "avanthier"),
    (r"\b2main\b|\bdeman\b|\bdemin\b|\bdemian\b|\bdmain\b", "demain"),
    (r"\b(?:apr?e?s|apres|aprs|ap) ?-?m(?:id|idi|dii|iid|idis)\b|\bapr?ems?\b|\bapm\b", "apresmidi"),
    (r"\bweek ?-?ends?\b|\bwe?ek?ends?\b|\bwk\b|\b(?<=le )we\b|\b(?<=ce )we\b", "weekend"),
    (r"\brendez ?-?vous\b|\brd ?v\b|\brdvs\b", "rdv"),
    (r"\bsem\b\.?|\bsemiane\b|\bsemain\b|\bsmaine\b|\bsemaien\b|\bsemaines\b", "semaine"),
    (r"\bprochaines?\b|\bprochains\b|\bprochian\b|\bprochai?n\b|\bproch?\b\.?", "prochain"),
    # Nobody writes "mer 26" for the sea.
    (r"\blun\b\.?(?= ?\d)", "lundi"),
    (r"\bmar\b\.?(?= ?\d)", "mardi"),
    (r"\bmer\b\.?(?= ?\d)", "mercredi"),
    (r"\bjeu\b\.?(?= ?\d)", "jeudi"),
    (r"\bven\b\.?(?= ?\d)|\bvend\b\.?", "vendredi"),
    (r"\bsam\b\.?(?= ?\d)", "samedi"),
    (r"\bsemaine pro\b", "semaine prochain"),
    (r"\bmatin[s]\b|\bmatinees?\b", "matin"),
    (r"\bsoirs\b|\bsoirees?\b", "soir"),
    (r"\bplutot\b|\bplus tot (?=le |la |l |en |vers )|\bplutto\b|\bplutard\b", "plutot"),
    (r"\bjusk\b|\bjusque?\b", "jusqu"),
    (r"\bj ?us?qu\b", "jusqu"),
)
_UNITS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt"
).split()
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante"}


def plain(sentence: str) -> str:
    """The sentence in plain letters, figures and signs."""
    text = _fold(sentence)
    text = _NOISE.sub(" , ", text)
    text = text.replace("'", " ")
    for pattern, word in _TOGETHER_COMPILED:
        text = pattern.sub(word, text)
    return _NUMBER_WORDS.sub(lambda found: str(_NUMBERS[_key(found[0])]), text)


def _fold(sentence: str) -> str:
    letters = re.sub(r"[‐-―−]", "-", unaccented(sentence))
    return re.sub(r"[^\S\n]+", " ", letters)


def _numbers() -> dict[str, int]:
    named = {word: number for number, word in enumerate(_UNITS)} | {"une": 1}
    named |= {word: ten for ten, word in _TENS.items()}
    for ten, word in _TENS.items():
        named |= {f"{word}-{_UNITS[unit]}": ten + unit for unit in range(2, 10)}
        named |= {f"{word}-et-{one}": ten + 1 for one in ("un", "une")}
    return named


def _key(words: str) -> str:
    return re.sub(r"[ -]+", "-", words)


_NUMBERS = _numbers()
_NUMBER_WORDS = re.compile(
    # After a number, "sept" is September.
    r"\b(?<!\d )(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)).replace("-", "[ -]") + r")\b(?!-t-)"
)
_TOGETHER_COMPILED = tuple((re.compile(pattern), word) for pattern, word in _TOGETHER)


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
