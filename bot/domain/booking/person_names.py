"""Reading a person's name in what they typed, and refusing what is plainly not one.

A name is asked in a conversation where people also say "stop" or ask questions: anything that holds an
ordinary word of the dialogue is not a name.
"""

import re
from dataclasses import dataclass

from bot.domain.text.normalize import unaccented
from bot.domain.text.patterns import WEEKDAYS

_MEANS = r"(?:\s*(?:c\s?['’]?\s?est|est|c|:|=)\s*|\s+)"
_NAMES = r"(?:noms?\s+et\s+pr[ée]noms?|pr[ée]noms?\s+et\s+(?:mon\s+)?noms?)"
# What people say before a name; several may follow one another: "oui, c'est Mme Durand", "bonjour, moi c Lucie".
_INTRODUCTION = re.compile(
    r"^\s*(?:"
    r"(?:alors|oui|ouais|ok|okay|d['’]accord|bien s[uû]r|bonjour|bonsoir|euh|ben|bon|donc|voici|voil[aà])\b[\s,:.!]*"
    r"|j(?:e\s+)?(?:\s*m\s?['’]?\s?ap+el+e?s?|\s?me\s+(?:pr[ée])?nomme)\s+"
    r"|(?:je\s+suis|j\s?suis|chuis|ici|moi)\b\s*,?\s*"
    r"|c(?:\s?['’]?\s?est|)\s+(?:pour\s+|au\s+nom\s+de\s+)?"
    rf"|(?:mon\s+|mes\s+|le\s+)?(?:{_NAMES}|pr[ée]nom|nom(?:\s+de\s+famille|\s+complet)?){_MEANS}"
    r"|(?:vous\s+pouvez\s+|tu\s+peux\s+)?(?:m['’]\s?|me\s+)?(?:mett(?:ez|re|s)|not(?:ez|er|e)|inscri(?:vez|re|s)|"
    r"appel(?:ez|er|le)|marqu(?:ez|er|e)|[ée]cri(?:vez|re|s))(?:[\s-]moi)?\s+(?:(?:juste|simplement|seulement)\s+)?"
    r"|(?:(?:un\s+)?(?:rendez[\s-]?vous|rdv)\s+)?(?:au|sous\s+le)\s+nom\s+de\s+"
    r"|(?:madame|monsieur|mademoiselle|mme|mr|mlle|m\.)(?:\s+|\.\s*)"
    r")",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"\b(?:et\s+)?(?:mon\s+|le\s+)?(pr[ée]nom|nom)(?:\s+de\s+(?:famille|naissance))?{_MEANS}", re.IGNORECASE
)
# What people say after it: thanks, an age, the beginning of the next answer.
_ENDINGS = re.compile(
    r"[\s,;.!]*(?:\b(?:svp|stp|s['’ ]?il (?:vous|te) pla[iî]t|merci(?: (?:bien|beaucoup|d['’]avance))?|voil[aà])\b|"
    r"\b(?:née?|nee) .*|\b\d{1,2} ans\b.*|\b(?:et )?(?:mon|ma|mes|au|le|par) "
    r"(?:e?-?mail|adresse|num[ée]ro|t[ée]l\w*|portable|contact)\b.*|\bet)[\s,;.!]*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"^[^\W\d_]+(?:['’-][^\W\d_]+)*$")
PARTICLES = frozenset({"de", "du", "des", "le", "la", "d", "l", "el", "ben", "van", "von", "da", "dos", "di"})
_NOT_NAMES = frozenset(
    """
    oui non ouais nan ok okay stop arret arreter arretez annuler annule annulez retour recommencer reprendre aide
    pourquoi comment combien quand qui que quoi ou est quel quelle quels quelles je tu il elle on nous vous ils
    elles me te se moi toi lui ce cet cette ces ca cela mon ma mes ton ta tes votre vos notre un une pas plus ne ni
    et mais donc car si sinon plutot pour par avec sans sur sous dans chez vers apres avant entre en au aux a rdv
    rendez rendezvous conseiller conseillere conseil quelqu quelqun personne humain parler veux voudrais peux peut
    faut dois sais savoir avoir etre suis es sommes etes sont ai as avons avez ont fait faire merci bonjour bonsoir
    salut svp plait cadre salarie employeur patron gratuit payant cep cpf vae formation bilan matin midi soir
    aujourdhui demain heure heures telephone mail email adresse nom prenom autre autres lieu creneau date jour
    semaine mois annee rien tout tous bien bon mal idee effacez effacer laisse laissez tomber passe passons marche
    continue continuez naissance usage cest jai jsuis jveux jpeux quest mappelle anonyme refuse secret prive
    confidentiel question questions attendez attends minute obligatoire utile besoin
    """.split()
).union(WEEKDAYS)
_MOST_WORDS = 5
_LONGEST = 200


@dataclass(frozen=True)
class FullName:
    """A first name, and a last name when one was given."""

    first: str
    last: str = ""


def read_name(text: str) -> FullName | None:
    """The name said in this text, `None` when it does not look like one."""
    if len(text) > _LONGEST:
        return None
    said = _without_endings(" ".join(text.split()))
    return _labelled(said) or _plain(_without_introductions(said))


def _without_endings(text: str) -> str:
    while (shorter := _ENDINGS.sub("", text)) != text:
        text = shorter
    return text


def _without_introductions(text: str) -> str:
    while (shorter := _INTRODUCTION.sub("", text, count=1)) != text and shorter.strip():
        text = shorter
    return text


def _labelled(text: str) -> FullName | None:
    """A first and a last name each said to be so: "nom Durand prénom Marie", "Léo, et mon nom c'est Petit"."""
    labels = list(_LABEL.finditer(text))
    if not labels:
        return None
    parts = {"prenom": _words(_without_introductions(text[: labels[0].start()]))}
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        kind = _fold(label[1])
        parts[kind] = _words(text[label.end() : following.start() if following else None]) or parts.get(kind, [])
    first, last = parts["prenom"], parts.get("nom", [])
    if (
        not first
        or not last
        or len(first) + len(last) > _MOST_WORDS
        or not all(map(_is_written_as_a_name, first + last))
    ):
        return None
    return FullName(" ".join(map(_cased, first)), " ".join(map(_cased, last)))


def _plain(said: str) -> FullName | None:
    words = _words(re.sub(r"\(.*?\)", " ", said))
    if len(words) == 3 and words[0] == words[2]:
        # "Petit, Sonia Petit"
        words = words[1:]
    if not 1 <= len(words) <= _MOST_WORDS or not (_is_name(words) or _is_surname_like_a_word(words)):
        return None
    return _in_order([_cased(word) for word in words])


def _words(text: str) -> list[str]:
    return re.sub(r"[.!,;:]+", " ", text).split()


def _is_name(words: list[str]) -> bool:
    initials = [len(word) == 1 and word.isupper() for word in words]
    known = [could_be_a_name(word) or initial for word, initial in zip(words, initials, strict=True)]
    small = [_fold(word) in PARTICLES or initial for word, initial in zip(words, initials, strict=True)]
    return all(known) and not all(small)


def _is_surname_like_a_word(words: list[str]) -> bool:
    """Whether a first name comes before a surname that is also a word, both with their capitals: "Aurélie Bonjour"."""
    return len(words) == 2 and _is_name(words[:1]) and all(word[0].isupper() and _WORD.match(word) for word in words)


def _is_written_as_a_name(word: str) -> bool:
    return bool(_WORD.match(word)) and (word[0].isupper() or could_be_a_name(word))


def could_be_a_name(word: str) -> bool:
    """Whether this one word may belong to a name: not an ordinary word of the dialogue."""
    folded = _fold(word)
    return bool(_WORD.match(word)) and (folded in PARTICLES or (folded not in _NOT_NAMES and len(folded) > 1))


def _in_order(words: list[str]) -> FullName:
    """DURAND Marie and Marie DURAND are the same person."""
    if len(words) == 2 and len(words[0]) > 1 and words[0].isupper() and not words[1].isupper():
        words = [words[1], words[0]]
    return FullName(words[0], " ".join(words[1:]))


def _cased(word: str) -> str:
    if word.islower() and _fold(word) not in PARTICLES:
        return re.sub(r"(^|[-'’])(\w)", lambda found: found[1] + found[2].upper(), word)
    return word


def _fold(word: str) -> str:
    return re.sub(r"[^a-z]", "", unaccented(word))
