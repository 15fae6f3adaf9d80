"""Reading a person's name in what they typed, and refusing what is plainly not one.

A name is asked in a conversation where people also say "stop" or ask questions: anything that holds an
ordinary word of the dialogue is not a name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_INTRODUCTIONS = re.compile(
    r"^\s*(?:(?:alors|oui|ok|bien sur|bien sûr|bonjour|euh)[\s,:]+)*"
    r"(?:je\s+m['’ ]?appel{1,2}e?s?|mon\s+nom\s+(?:est|c['’]est)|c['’ ]?est|moi\s+c['’ ]?est|je\s+suis|nom\s*:|"
    r"(?:madame|monsieur|mme|mr|m\.|mlle)\b\.?)\s*(?:(?:madame|monsieur|mme|mr|m\.|mlle)\b\.?\s*)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"^[^\W\d_]+(?:['’-][^\W\d_]+)*$")
_PARTICLES = frozenset({"de", "du", "des", "le", "la", "d", "l", "el", "ben", "van", "von", "da", "dos", "di"})
_NOT_NAMES = frozenset(
    """
    oui non ouais nan ok okay stop arret arreter arretez annuler annule annulez retour recommencer reprendre aide
    pourquoi comment combien quand qui que quoi ou est quel quelle quels quelles je tu il elle on nous vous ils elles
    me te se moi toi lui ce cet cette ces ca cela mon ma mes ton ta tes votre vos notre un une pas plus ne ni et mais
    donc car si sinon plutot pour par avec sans sur sous dans chez vers apres avant entre en au aux a rdv rendez
    rendezvous conseiller conseillere conseil quelqu quelqun personne humain parler veux voudrais peux peut faut
    dois sais savoir avoir etre suis es sommes etes sont ai as avons avez ont fait faire merci bonjour bonsoir salut
    svp plait cadre salarie employeur patron gratuit payant cep cpf vae formation bilan lundi mardi mercredi jeudi
    vendredi samedi dimanche matin midi soir aujourdhui demain heure heures telephone mail email adresse nom prenom
    autre autres lieu creneau date jour semaine mois annee rien tout tous bien bon mal idee effacez effacer
    anonyme refuse secret prive confidentiel question questions attendez attends minute obligatoire utile besoin
    """.split()
)


@dataclass(frozen=True)
class FullName:
    """A first name, and a last name when one was given."""

    first: str
    last: str = ""


def read_name(text: str) -> FullName | None:
    """The name said in this text, `None` when it does not look like one."""
    said = re.sub(r"\(.*?\)|[.!,;]+", " ", _INTRODUCTIONS.sub("", text, count=1)).strip()
    words = said.split()
    if not 1 <= len(words) <= 5 or not all(could_be_a_name(word) for word in words):
        return None
    if all(_fold(word) in _PARTICLES for word in words):
        return None
    return _in_order([_cased(word) for word in words])


def could_be_a_name(word: str) -> bool:
    """Whether this one word may belong to a name: not an ordinary word of the dialogue."""
    folded = _fold(word)
    return bool(_WORD.match(word)) and (folded in _PARTICLES or (folded not in _NOT_NAMES and len(folded) > 1))


def _in_order(words: list[str]) -> FullName:
    """DURAND Marie and Marie DURAND are the same person."""
    if len(words) == 2 and len(words[0]) > 1 and words[0].isupper() and not words[1].isupper():
        words = [words[1], words[0]]
    return FullName(words[0], " ".join(words[1:]))


def _cased(word: str) -> str:
    if word.islower() and _fold(word) not in _PARTICLES:
        return re.sub(r"(^|[-'’])(\w)", lambda found: found[1] + found[2].upper(), word)
    return word


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.lower())
    return re.sub(r"[^a-z]", "", "".join(char for char in plain if not unicodedata.combining(char)))
