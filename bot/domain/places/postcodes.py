"""Postcodes inside a sentence, told apart from amounts, phone numbers and references."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.places.words import Word

# "25000 euros", "12000 heures", "salaire 21000": a number of something.
COUNTED = frozenset("euro euros eur e k ke brut bruts net nets heure heures h salaries personnes francs par".split())
COUNTING = frozenset(
    "gagne gagnais touche salaire remuneration paye ca capital siret siren reference ref dossier numero no tel".split()
)
AMOUNT = re.compile(r"\s*[€$%]")


@dataclass(frozen=True)
class WrittenPostcode:
    """Five figures which may be a postcode, and the words that hold them."""

    code: str
    start: int
    end: int


def written(text: str, words: Sequence[Word]) -> Iterator[WrittenPostcode]:
    """The numbers of a sentence which may be postcodes, in order."""
    for position, word in enumerate(words):
        if re.fullmatch("[0-9]{5}", word.text) and _stands_alone(text, words, position, position + 1):
            yield WrittenPostcode(word.text, position, position + 1)
    if len(words) == 2 and re.fullmatch("[0-9]{2} [0-9]{3}", f"{words[0].text} {words[1].text}"):
        yield WrittenPostcode(words[0].text + words[1].text, 0, 2)


def _stands_alone(text: str, words: Sequence[Word], start: int, end: int) -> bool:
    before = words[start - 1].text if start else ""
    after = words[end].text if end < len(words) else ""
    if before[-1:].isdigit() or after[:1].isdigit():
        return False
    return before not in COUNTING and after not in COUNTED and not AMOUNT.match(text, words[end - 1].end)
