"""Names of places inside any sentence, with the sign that comes before each.

Every position of the sentence is tried, longest names first; `bot.services.places.belief` decides
which names are believed.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.places import signs
from bot.domain.places.answers import Found, Several, UnknownPlace
from bot.domain.places.signs import Sign, Strength
from bot.domain.places.typed import BEFORE_A_NAME
from bot.domain.places.words import Word
from bot.services.places import names
from bot.services.places.belief import Heard, is_believed
from bot.services.places.gazetteer import Gazetteer

LONGEST_NAME = 8
LONGEST_MISSPELLED = 3
SHORTEST_MISSPELLED = 5
SHORT_MESSAGE = 4
SHORTEST_ENDING = 4
# A name begun and not finished does not end there: "à Beaune la semaine" is not Beaune-la-Rolande.
NEVER_LAST = frozenset("saint sainte saints avec chez depuis pour dans suis sous".split())


@dataclass(frozen=True)
class Mention:
    """A name in a sentence: its words, from `start` to `end`, and what it may be."""

    start: int
    end: int
    sign: Sign
    answer: Found | Several


def find(
    gazetteer: Gazetteer, words: Sequence[Word], region: Collection[str], *, expected: bool = False
) -> list[Mention]:
    """Every place the sentence names, in order, those it takes back included."""
    alone = [Sign(Strength.ALONE, of_place=False)] if expected or _is_short(words) else []
    found: list[Mention] = []
    position = 0
    while position < len(words):
        sign = signs.before(words, position) or _conjoined(words, position, found)
        mention = None
        for possible in [*([sign] if sign else []), *alone]:
            mention = mention or _believed(gazetteer, words, position, possible, region, found, expected)
        found += [mention] if mention else []
        position = mention.end if mention else position + 1
    return found


def unknown_homes(gazetteer: Gazetteer, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where a sentence says that somebody lives, the words that may be a misspelled name, longest first."""
    for position, word in enumerate(words):
        sign = signs.before(words, position)
        if not sign or sign.strength != Strength.HOME or sign.denied or word.text in BEFORE_A_NAME:
            continue
        for length in range(min(LONGEST_MISSPELLED, len(_clause(words, position))), 0, -1):
            name = [each.text for each in words[position : position + length]]
            everyday = any(gazetteer.is_ordinary(part) or part in BEFORE_A_NAME for part in name)
            if not everyday and len("".join(name)) >= SHORTEST_MISSPELLED:
                yield position, position + length


def _is_short(words: Sequence[Word]) -> bool:
    return sum(word.text not in BEFORE_A_NAME for word in words) <= SHORT_MESSAGE and len(words) <= 2 * SHORT_MESSAGE


def _conjoined(words: Sequence[Word], position: int, found: Sequence[Mention]) -> Sign | None:
    """`à Dijon ou Beaune`: the second name has the sign of the first."""
    follows = found and found[-1].end == position - 1 and words[position - 1].text in ("ou", "et")
    return found[-1].sign if follows and not found[-1].sign.article else None


def _believed(
    gazetteer: Gazetteer,
    words: Sequence[Word],
    position: int,
    sign: Sign,
    region: Collection[str],
    found: Sequence[Mention],
    expected: bool,
) -> Mention | None:
    taken = {index for mention in found for index in range(mention.start, mention.end)}
    for name in _names(gazetteer, words, position, sign):
        end = position + len(name) - (1 if sign.article else 0)
        answer = names.named(gazetteer, name, region)
        others = [word for index, word in enumerate(words) if index not in taken and not position <= index < end]
        heard = Heard(name, words[position:end], sign, others, words[position - 1] if position else None)
        if not isinstance(answer, UnknownPlace) and is_believed(gazetteer, heard, answer, region, expected=expected):
            return Mention(position, end, sign, answer)
    return None


def _names(gazetteer: Gazetteer, words: Sequence[Word], position: int, sign: Sign) -> Iterator[tuple[str, ...]]:
    """The names which may start there, longest first."""
    article = (sign.article,) if sign.article else ()
    clause = _clause(words, position)
    for length in range(len(clause), 0, -1):
        name = (*article, *(word.text for word in clause[:length]))
        if gazetteer.exactly(" ".join(name)) or _is_begun(gazetteer, name):
            yield name


def _clause(words: Sequence[Word], position: int) -> Sequence[Word]:
    end = position + 1
    while end < len(words) and not words[end].after_break and end - position < LONGEST_NAME:
        end += 1
    return words[position:end]


def _is_begun(gazetteer: Gazetteer, name: Sequence[str]) -> bool:
    if name[-1] in NEVER_LAST or len(name[-1]) < SHORTEST_ENDING:
        return False
    return bool(gazetteer.beginning(name))
