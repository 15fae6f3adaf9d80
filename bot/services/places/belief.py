"""Whether a name heard in a sentence is believed to be a place.

What was said before it counts ("j'habite à", "près de", "plutôt"), how well known the town is, and
whether the word is everyday French before being a commune: "place", "Avion", "Sens".
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.places.answers import Found, Several
from bot.domain.places.communes import Commune
from bot.domain.places.signs import Sign, Strength
from bot.domain.places.typed import AFTER_A_NAME, BEFORE_A_NAME
from bot.domain.places.words import Word, without_article
from bot.services.places import names
from bot.services.places.gazetteer import Gazetteer

# Around a town said alone, these add nothing: "plutôt Sens", "ok Sens svp".
ADDS_NOTHING = frozenset("non oui ok plutot finalement alors donc mais bonjour merci svp stp a".split())
PRESENTS_ONESELF = frozenset("appelle appelles nom prenom nomme m mme mr madame monsieur mademoiselle".split())


@dataclass(frozen=True)
class Heard:
    """A possible name: its words as looked up and as said, its sign, what else the sentence holds."""

    name: tuple[str, ...]
    words: Sequence[Word]
    sign: Sign
    others: Sequence[Word]
    before: Word | None

    @property
    def is_all(self) -> bool:
        """Whether nothing else was said."""
        return all(word.text in ADDS_NOTHING for word in self.others)

    @property
    def is_last_name(self) -> bool:
        """`Marie Beaune`, `je m'appelle Beaune`."""
        first_name = self.before and self.before.capital and self.words[0].capital and not self.words[0].after_break
        presented = any(word.text in PRESENTS_ONESELF for word in self.others)
        return presented or bool(first_name and self.before and self.before.text not in BEFORE_A_NAME)


def is_believed(
    gazetteer: Gazetteer, heard: Heard, answer: Found | Several, region: Collection[str], *, expected: bool
) -> bool:
    """Whether the sentence speaks of this place; `expected` when a place was asked."""
    commune = names.likeliest(answer)
    if commune is None:
        return False
    whole = commune in gazetteer.exactly(" ".join(heard.name))
    at_home = commune.department in region
    known = names.is_well_known(commune, region) and (whole or at_home)
    if names.is_everyday(gazetteer, heard.name):
        return known and _everyday_is_a_name(heard, commune)
    if heard.sign.strength == Strength.HOME:
        return True
    in_region = at_home and (whole or len(without_article(heard.name)) > 1)
    if heard.sign.strength == Strength.ALONE:
        if heard.sign.denied or not expected:
            return known and (heard.sign.denied or _stands_alone(gazetteer, heard))
        return known or in_region
    return known or in_region or (whole and commune.population >= names.TOWN)


def _everyday_is_a_name(heard: Heard, commune: Commune) -> bool:
    """An everyday word is a town when written as one: a capital inside the sentence, or nothing else said."""
    if not names.is_called(commune, heard.name):
        return False
    if heard.sign.strength == Strength.ALONE:
        return heard.is_all
    if heard.sign.strength == Strength.HOME and heard.sign.of_place:
        return True
    others = [word.text for word in heard.others]
    nothing_else = all(word in BEFORE_A_NAME or word in AFTER_A_NAME for word in others)
    return heard.words[-1].capital or (heard.sign.of_place and nothing_else)


def _stands_alone(gazetteer: Gazetteer, heard: Heard) -> bool:
    """Around the name, known words only: "cdi beaune" is a place, "Jean Dijon" may be a person."""
    known = all(
        word.text in BEFORE_A_NAME or word.text in AFTER_A_NAME or word.text[0].isdigit() or _is_denial(word)
        or gazetteer.is_ordinary(word.text)
        for word in heard.others
    )  # fmt: skip
    return known and not heard.is_last_name


def _is_denial(word: Word) -> bool:
    return word.text in ("pas", "plus", "ni", "sauf")
