"""The three schemes of the service, and which one a sentence speaks of, in careless French.

They followed one another, and the same question has three true answers. Without a sign nothing is decided here:
today's scheme answers. Signs are words of a scheme, texts of law and years, read in a sentence made plain.
"""

import re
from enum import Enum

from bot.domain.text.normalize import unaccented


class Scheme(str, Enum):
    """A scheme of the service; a statement for `ALL` holds whatever the scheme."""

    BOURGOGNE_2013 = "bourgogne_2013"
    NATIONAL_2014 = "national_2014"
    NATIONAL_2019 = "national_2019"
    ALL = "all"


PAST_SCHEMES = (Scheme.BOURGOGNE_2013, Scheme.NATIONAL_2014)

_BREAK = " | "
_EXPERIMENT = re.compile(
    r"\bexp[ae]rim[ae]ntations?\b|\bphase experimentale\b"
    r"|\bl?experience (?:regionale|(?:de )?(?:la )?bourgogne)\b|\btest en bourgogne\b"
    r"|\b(?:cep|modele|service|dispositif|systeme|experience|niveaux?) bourguignon(?:ne)?s?\b"
    r"|\bprcs?\b|\bpoints? relais? conseils? (?:en )?vae\b|\bc2r\b|\bmayen\b"
    r"|\b(?:le|ce|leur|son) livre\b|\blivre bilan\b|\b(?:titre|nom|auteurs?|sujet) du livre\b"
    r"|\b(?:l|cet) article\b(?! (?:[lrd] ?)?\d)(?! du code)"
)
_BOURGOGNE = re.compile(r"\bbourgogne\b(?! franche)")
_PAST_TENSE = re.compile(
    r"\b(?:etai(?:t|ent)|y (?:en )?avait|avait on|durait|coutait|se passait|pouvai(?:t|ent)|fallait"
    r"|faisai(?:t|ent)|a l epoque|autrefois)\b"
)
_THIRD_LEVEL = re.compile(
    r"\b(?:niveaux?|nivo|niv|nv|lvl) ?(?:3|iii|trois)\b|\b(?<!ou )(?:3|trois) (?:niveaux|niveau|niv)\b"
    r"|\b(?:troisieme|3 ?i?e(?:me)?) (?:et dernier )?(?:niveau|niv|nivo|etage)\b"
)
_LEVEL_OF_STUDY = re.compile(
    r"\b(?:diplomes?|titres?|cap(?! emploi)|bep|bac|bts|rncp|certifications?|etudes|anglais|langues?)\b"
    r"|\bformations? de niveau\b|\bje suis (?:de |au )?niveau\b|\bj ?ai (?:le|un) niveau\b"
)
_FORMER_OPERATOR = re.compile(r"\bfon[gj]e[cs]+ife?s?\b|\bopa[cs]ifs?\b")
_NOW = re.compile(
    r"\baujourd ?h?ui\b|\bmaintenant\b|\bde nos jours\b|\bdesormais\b|\ben ce moment\b|\ba present\b"
    r"|\bcette annee\b|(?<!suis )\bactuellement\b|\bactuel(?:le)?s?\b|\bexist(?:e|ent) plus\b"
    r"|\b(?:existe|existent|est|sont|fait|font|a|ont|reste|continue|peut|peuvent) (?:encore|toujours)\b"
)
_ENDED = re.compile(
    r"\b(?:fini[es]?|termine[es]*|disparue?s?|supprime[es]*|remplace[es]*|devenue?s?|fermee?s?|dissoute?s?)\b"
    r"|\b(?:a|existent?) plus\b|\best passee?\b|\b(?:encore|toujours|tjrs|tjs)\b"
)
_WISHED = re.compile(
    r"\b(?:je (?:veux|voudrais|peux|dois|vais)|j aimerais|on peut|puis je|suis je|jveux|jpeux|faut)\b"
    r"(?! (?:savoir|comprendre|connaitre|parler|des infos))|\bdispo\w*\b"
    r"|\b(?:aller|contacter|appeler|joindre)\b|\b(?:numero|telephone|adresse)\b"
)
_MY_CURRENT = re.compile(r"\b(?:mon|ma|mes|notre|nos) \w+ actuel(?:le)?s?\b")
_COMPARISON = re.compile(
    r"\bdifferen\w*|\bcompar\w*|\bvs\b|\bversus\b|\bpar rapport\b|\bchang\w*|\bevolue\b|\bpareil\w*|\bentre\b"
)
_TEXT = r"\b(?:loi|ani|accord|arrete|cahier(?: des charges)?|reforme|texte|version)(?: (?!en\b)\w+){0,5}? "
_LAW_OF_2014 = re.compile(
    _TEXT + r"201[34]\b|\b2014 288\b|\bavant la (?:loi (?:de 2018|avenir)|reforme)\b|\b(?:premiere|ancienne) version\b"
)
_LAW_OF_TODAY = re.compile(_TEXT + r"201[89]\b|\b2018 771\b|\bloi avenir\b")
_LIFE = re.compile(
    r"\b(?:j ?ai|je suis|je me suis|j suis|chuis?|j etais|j avais|on m a)\b(?: \w+){0,4}? "
    r"(?:ete|fait|eu|passe|suivi|commence|obtenu|embauchee?|licenciee?|nee?|arrivee?|quitte|demissionne"
    r"|diplomee?|travaille|bosse|rentree?|entree?|signe|recue?|demande|cree|valide|perdu)\b"
    r"|\b(?:mon|ma|mes) \w+(?: \w+)? (?:de|en|date de)\b"
)
_YEAR = re.compile(r"(?:\b(?P<link>avant|apres|depuis)(?: (?!et\b)\w+){0,2}? )?\b(?P<year>20[12]\d)\b(?! euros?\b)")


def scheme_of(sentence: str) -> Scheme | None:
    """The scheme a sentence speaks of; none without a sign, or when it sets two side by side.

    A law or a year weighs more than the present tense, which weighs more than the words of a
    scheme: "le niveau 3 existe encore ?" is about today. Living in Bourgogne is no sign.
    """
    said = _plain(sentence)
    texts, years, words = _schemes_of_texts(said), _schemes_of_years(said), _schemes_of_words(said)
    now = {Scheme.NATIONAL_2019} if _words_of_today(said) else set()
    if _compares(said) and len(texts | years | words | now) > 1:
        return None
    if Scheme.BOURGOGNE_2013 in words:
        # The experiment is often told with the law that followed it.
        texts = texts - {Scheme.NATIONAL_2014}
    dated = texts | years
    return _only(dated | now if dated else now or words)


def _schemes_of_words(said: str) -> set[Scheme]:
    """Wanting the third level, or asking what became of the experiment, is to ask about today."""
    if _words_of_the_experiment(said):
        return {Scheme.NATIONAL_2019 if _words_of_an_end(said) else Scheme.BOURGOGNE_2013}
    if _words_of_2014(said):
        asks_now = _words_of_an_end(said) or _words_of_a_wish(said)
        return {Scheme.NATIONAL_2019 if asks_now else Scheme.NATIONAL_2014}
    return set()


def _only(schemes: set[Scheme]) -> Scheme | None:
    return schemes.pop() if len(schemes) == 1 else None


def _plain(sentence: str) -> str:
    """The sentence without accents, capitals or signs; a bar stays where it paused."""
    letters = unaccented(sentence).replace("€", " euros")
    paused = re.sub(r"[,;:!?|()]|\.(?=\s+[a-z]|\s*$)", _BREAK, letters)
    words = " ".join(re.findall(r"[a-z0-9]+|\|", paused))
    # "En 2015, j'ai…" and "en 2015 : qui…" are one thing said, not two.
    return re.sub(r"^((?:et )?(?:en|vers|debut|fin) 20\d\d) \|", r"\1", words)


def _words_of_the_experiment(said: str) -> bool:
    """Whether it names the experiment, its people or its places, or Bourgogne in the past."""
    in_the_past = _BOURGOGNE.search(said) and _PAST_TENSE.search(said)
    return bool(_EXPERIMENT.search(said) or in_the_past)


def _words_of_2014(said: str) -> bool:
    """Whether it names what only existed from 2015 to 2019: a third level, the Fongecif."""
    third_level = _THIRD_LEVEL.search(said) and not _LEVEL_OF_STUDY.search(said)
    return bool(third_level or _FORMER_OPERATOR.search(said))


def _words_of_an_end(said: str) -> bool:
    """Whether it asks what became of a thing, which is to ask about today."""
    return bool(_ENDED.search(said) and not _PAST_TENSE.search(said))


def _words_of_a_wish(said: str) -> bool:
    """Whether the person wants the thing for themselves, now."""
    return bool(_WISHED.search(said) and not _PAST_TENSE.search(said))


def _words_of_today(said: str) -> bool:
    """Whether it speaks of the present, other than of the person's own job."""
    return bool(_NOW.search(_MY_CURRENT.sub(" ", said)))


def _compares(said: str) -> bool:
    """Whether it sets two things side by side."""
    return bool(_COMPARISON.search(said))


def _schemes_of_texts(said: str) -> set[Scheme]:
    """The schemes whose founding texts it names."""
    texts = {Scheme.NATIONAL_2014: _LAW_OF_2014, Scheme.NATIONAL_2019: _LAW_OF_TODAY}
    return {scheme for scheme, text in texts.items() if text.search(said)}


def _schemes_of_years(said: str) -> set[Scheme]:
    """The schemes of the years it names, but those of texts and of the person's own life."""
    years = _years(_LAW_OF_TODAY.sub(" ", _LAW_OF_2014.sub(" ", said)))
    if years and years <= {2013, 2014, 2015} and (2013 in years or _names_the_experiment(said)):
        return {Scheme.BOURGOGNE_2013}
    return {_scheme_of_year(year) for year in years}


def _names_the_experiment(said: str) -> bool:
    return bool(_BOURGOGNE.search(said)) or _words_of_the_experiment(said)


def _years(said: str) -> set[int]:
    clauses = (clause for clause in said.split("|") if not _LIFE.search(clause))
    found = {_year(match) for clause in clauses for match in _YEAR.finditer(clause)}
    return {year for year in found if year >= 2013}


def _year(match: re.Match[str]) -> int:
    """The year that tells the scheme, zero if it tells none."""
    year, link = int(match["year"]), match["link"]
    if link == "depuis":
        return year if year >= 2019 else 0
    if link == "avant":
        # Before 2015 the national service had not begun: only the experiment had.
        return 2013 if year in (2014, 2015) else year - 1
    return year + 1 if link == "apres" else year


def _scheme_of_year(year: int) -> Scheme:
    if year == 2013:
        return Scheme.BOURGOGNE_2013
    return Scheme.NATIONAL_2014 if year <= 2019 else Scheme.NATIONAL_2019
