"""What can be told by its format alone: postcodes, phone numbers, e-mail addresses, references, hours and days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.text.normalize import fold

_SEPARATOR = r"[\s.\-/]?"
FORMATS: dict[str, re.Pattern[str]] = {
    "reference": re.compile(r"\bCEP[\s-]*[A-Z0-9]{4}[\s-]*[A-Z0-9]{4}\b", re.IGNORECASE),
    "email": re.compile(r"[^\s@,;:<>()]+@[^\s@,;:<>()]+\.[a-z]{2,}", re.IGNORECASE),
    "phone": re.compile(
        rf"(?<![\w@])(?:(?:\+|00){_SEPARATOR}33{_SEPARATOR}(?:\(0\))?{_SEPARATOR}|0)[1-9](?:{_SEPARATOR}\d\d){{4}}(?!\w)"
    ),
    "postcode": re.compile(r"(?<![\w+.-])(?:0[1-9]|[1-8]\d|9[0-578])\s?\d{3}(?![\w.]*\d)"),
}
_MOMENT = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|matin\w*|apres-?midi|aprem|soir\w*|midi|semaine|"
    r"quinzaine|mois|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"plus tot|au plus vite|des que possible|n'importe quand|\d{1,2} ?h(?:eures?)?(?: ?\d\d)?|\d{1,2}/\d{1,2}|"
    r"le \d{1,2}(?: |$)|1er)\b"
)
_RANKS = r"\d{1,2}|premiere?|1ere?|1er|deuxieme|seconde?|troisieme|derniere?|ci|la"
_CHOICE = re.compile(
    r"^(?:(?:je )?(?:prends|choisis|veux|prefere) )?(?:le|la|les|l'|celui|celle|numero|option|choix)?\s?"
    rf"(?:du|de|la|ci)?\s?-?(?:{_RANKS})\s?"
    r"(?:creneau|horaire|proposition|choix|date|lieu)?(?: svp| merci)?$"
)


@dataclass(frozen=True)
class Found:
    """Something told by its format: what it is and where it stands in the text."""

    kind: str
    start: int
    end: int


def formats_in(text: str) -> Iterator[Found]:
    """Everything recognised, left to right within a kind; a place taken by a longer format is not read twice."""
    taken: set[int] = set()
    for kind, pattern in FORMATS.items():
        for match in pattern.finditer(text):
            if not taken.intersection(range(*match.span())):
                taken.update(range(*match.span()))
                yield Found(kind, *match.span())


def holds_moment(text: str) -> bool:
    """Whether a day, an hour or a part of the day is named."""
    return bool(_MOMENT.search(fold(text)))


def is_choice(text: str) -> bool:
    """Whether the text only picks one of several ("le 2", "la deuxième")."""
    return bool(_CHOICE.match(fold(text).strip(" .!")))
