"""What, just before a name, shows that a sentence speaks of a place.

"j'habite à", "près de", "plutôt", "pas à": each sign says how much it tells and whether it takes the
place back. Nothing is looked up here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.domain.places.words import CONTRACTED, Word

LIVES = frozenset(
    "habite habites habitons habitant habitante habiter reside residant resident residons resider domicilie domiciliee "
    "vis vivons vivant loge logeons demenage demenager domicile habitais".split()
)
HOME_OF = frozenset("ville commune village habitant habitante".split())
COMES_OF = frozenset("viens vient venant venons originaire suis sommes".split())
NEAR_OF = frozenset(
    "pres proche proches cote autour alentour alentours environs region secteur bassin agglo agglomeration banlieue "
    "peripherie nord sud est ouest km kilometres minutes loin sortie coin point relais agence permanence antenne "
    "bureau site celui centre mairie gare".split()
)
CORRECTS = frozenset("plutot finalement non mais prefere preferer prefererais preferais".split())
WORKS = frozenset(
    "travaille travaillais travailler bosse bosser bossais employe employee embauche poste boulot".split()
)
PREPOSITIONS = frozenset("a au aux sur vers dans pour entre".split())
DENIES = frozenset("pas plus ni sauf hors jamais surtout".split())
HAS = frozenset("il elle on qui y ca cela n l m t en nous".split())


class Strength(IntEnum):
    """How much a sign tells; the strongest of a sentence wins."""

    WORK = 1
    ALONE = 2
    WEAK = 3
    NEAR = 4
    HOME = 5
    CORRECTION = 6


@dataclass(frozen=True)
class Sign:
    """A sign before a name.

    `article` is the one its preposition hides (`au` holds `le`); `of_place` when such words are
    hardly ever followed by anything else than a place.
    """

    strength: Strength
    denied: bool = False
    article: str | None = None
    of_place: bool = True


def before(words: Sequence[Word], position: int) -> Sign | None:
    """The sign just before the word at this position, if there is one."""
    if position == 0:
        return None
    last = words[position - 1].text
    if words[position].after_break:
        return Sign(Strength.CORRECTION) if last in CORRECTS else None
    if last in ("de", "d", "du", "des"):
        return _after_of(words, position - 1)
    if last in PREPOSITIONS:
        return _after_preposition(words, position - 1)
    return _after_word(words, position - 1)


def is_denied(words: Sequence[Word], position: int) -> bool:
    """Whether what starts there is taken back: `pas à Dijon`, `pas aller à Dijon`."""
    if position == 0 or words[position].after_break:
        return False
    last = words[position - 1].text
    if last in DENIES:
        return True
    is_verb = last.endswith(("er", "ir", "re"))
    return is_verb and position > 1 and words[position - 2].text in DENIES


def _after_of(words: Sequence[Word], position: int) -> Sign | None:
    """`près de`, `la ville de`, `je viens de`."""
    head = words[position - 1].text if position else ""
    article = CONTRACTED.get(words[position].text)
    if head == "loin":
        not_far = position > 1 and words[position - 2].text == "pas"
        return Sign(Strength.NEAR, denied=not not_far, article=article)
    if head in HOME_OF:
        return Sign(Strength.HOME, article=article)
    if head in COMES_OF:
        return Sign(Strength.NEAR, article=article, of_place=False)
    if head not in NEAR_OF:
        return None
    strength = Strength.HOME if _verb_before(words, position, LIVES) else Strength.NEAR
    denied = position > 1 and words[position - 2].text in DENIES - {"plus"}
    return Sign(strength, denied=denied, article=article)


def _after_preposition(words: Sequence[Word], position: int) -> Sign | None:
    """`à`, `au`, `sur`, `vers`, and the verb they hang on."""
    word = words[position]
    head = words[position - 1].text if position and not word.after_break else ""
    article = CONTRACTED.get(word.text)
    if word.text == "a" and not word.accented and head in HAS:
        return None
    denied = is_denied(words, position)
    if head in CORRECTS:
        return Sign(Strength.CORRECTION, article=article)
    if _verb_before(words, position, LIVES):
        return Sign(Strength.HOME, denied, article, of_place=word.text not in ("pour", "dans"))
    if _verb_before(words, position, WORKS):
        return Sign(Strength.WORK, denied, article, of_place=False)
    return Sign(Strength.WEAK, denied, article, of_place=word.accented)


def _after_word(words: Sequence[Word], position: int) -> Sign | None:
    """`habite Nevers`, `plutôt Nevers`, `pas Dijon`."""
    last = words[position].text
    if last in CORRECTS:
        return Sign(Strength.CORRECTION, of_place=False)
    if last in LIVES:
        return Sign(Strength.HOME, of_place=False)
    if last in DENIES:
        return Sign(Strength.ALONE, denied=True, of_place=False)
    return None


def _verb_before(words: Sequence[Word], position: int, verbs: frozenset[str]) -> bool:
    """Whether one of these verbs governs: three words back at most, in the same clause."""
    for back in range(position, max(position - 5, 0), -1):
        if words[back - 1].text in verbs:
            return True
        if words[back - 1].after_break or words[back - 1].text in ("et", "mais", "ou"):
            return False
    return False
