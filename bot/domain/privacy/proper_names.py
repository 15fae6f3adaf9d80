"""Passages told by their words: titles and names, employers, places, and words with a capital nobody knows."""

from collections.abc import Iterator

from bot.domain.booking.person_names import PARTICLES as NAME_PARTICLES
from bot.domain.booking.person_names import could_be_a_name
from bot.domain.places import signs
from bot.domain.places.signs import Strength
from bot.domain.privacy.detectors import DataKind, Span
from bot.domain.privacy.lexicons import Lexicons
from bot.domain.privacy.sentences import TITLES, Reading

Match = tuple[DataKind, int]
"""What was found, and the word after it."""
LONGEST_PLACE = 8
TOWN = 2_000
"""People: a smaller place is not thought of when its name begins a sentence or has no capital."""
PARTICLES = NAME_PARTICLES | {"les"}
SHORT_TITLES = TITLES - {"monsieur", "madame", "mademoiselle", "me", "pr"}
LINKS = PARTICLES | {"et", "sur", "en", "sous", "a", "aux"}
FIRMS = frozenset({"sarl", "eurl", "sas", "sasu", "scop", "scic", "snc", "gie", "selarl"})
HOUSES = frozenset(
    "societe entreprise groupe boite association asso cabinet agence usine magasin enseigne clinique hopital lycee "
    "college ecole mairie ehpad etude laboratoire garage restaurant boulangerie fondation banque creche residence "
    "compagnie maison filiale atelier".split()
)
# After « chez »: whoever was spoken of already.
SOMEBODY = frozenset(
    "lui elle eux elles moi nous vous toi soi un une des les le la l son sa ses leur leurs mon ma mes notre nos votre "
    "vos ce cet cette ces d plusieurs certains certaines chacun chacune deux trois tous toutes qui quel beaucoup "
    "quelqu tout autrui".split()
)
# After a title that was shortened, in lower case: what « Mme » does, not what she is called.
VERBS = frozenset(
    "a est etait avait sera aura peut pourra souhaite souhaiterait veut voudrait travaille travaillait dit disait "
    "pense hesite demande cherche vient va fait doit sait s se n ne me m y en et ou qui que ayant sans avec qu "
    "actuellement exerce occupe envisage aimerait semble reste parle explique evoque connait vit habite arrive "
    "prend refuse accepte raconte estime dispose possede beneficie sort rentre commence termine suit passe "
    "quitte".split()
)


def proper_names(reading: Reading, lexicons: Lexicons) -> Iterator[Span]:
    """Every passage told by its words; those that name nobody are stepped over."""
    questioned = _questioned(reading, lexicons)
    place = 0
    while place < len(reading.words):
        found = _led_to(reading, lexicons, place)
        nobody = 0 if found else reading.longest(place, lexicons.longest_nobody, lexicons.nobody)
        found = found or (None if nobody else _at(reading, lexicons, place, questioned))
        if found:
            kind, end = found
            yield Span(*reading.span(place, end), kind)
            place = end
        else:
            place += max(1, nobody)


def _led_to(reading: Reading, lexicons: Lexicons, place: int) -> Match | None:
    """A name that the word before it leads to: a title, « chez », « société »."""
    after = place + 1
    if after >= len(reading.words) or not reading.follows(after):
        return None
    return _titled(reading, lexicons, place) or _employer(reading, lexicons, place)


def _at(reading: Reading, lexicons: Lexicons, place: int, questioned: frozenset[str]) -> Match | None:
    """What begins at this word, and the word after it; the most telling reading first."""
    count = _place(reading, lexicons, place)
    if count:
        return DataKind.PLACE, place + count
    word = reading.words[place].text
    if _is_first_name(reading, lexicons, place):
        return DataKind.NAME, _name_end(reading, lexicons, place + 1)
    if _is_odd(reading, lexicons, place) or (reading.is_capital(place) and word in questioned):
        return DataKind.CAPITAL, _name_end(reading, lexicons, place + 1)
    return None


def _titled(reading: Reading, lexicons: Lexicons, place: int) -> Match | None:
    """« M. Durand », « mme durand », « Monsieur D. »."""
    title, named = reading.words[place].text, reading.words[place + 1].text
    if title not in TITLES or (title in ("m", "me") and not reading.is_capital(place)):
        return None
    is_initial = reading.is_capital(place + 1) and len(reading.raw(place + 1)) == 1
    if not is_initial and _names_nobody(reading, lexicons, place + 1):
        return None
    is_name = title in SHORT_TITLES and named not in VERBS and could_be_a_name(named)
    if reading.is_capital(place + 1) or (is_name and reading.between(place + 1).strip() in ("", ".")):
        return DataKind.NAME, _name_end(reading, lexicons, place + 2)
    return None


def _employer(reading: Reading, lexicons: Lexicons, place: int) -> Match | None:
    """« chez Dupont », « SARL Dupont », « la société Dupont »."""
    word, after = reading.words[place].text, _after_particles(reading, place + 1)
    if _names_nobody(reading, lexicons, place + 1 if word == "chez" else after):
        return None
    is_firm = word in FIRMS or (word == "sa" and reading.raw(place) == "SA")
    is_somewhere = word == "chez" and reading.words[place + 1].text not in SOMEBODY
    is_house = word in HOUSES and reading.is_capital(after)
    return (DataKind.EMPLOYER, _name_end(reading, lexicons, after + 1)) if is_firm or is_somewhere or is_house else None


def _place(reading: Reading, lexicons: Lexicons, place: int) -> int:
    """How many words name a commune or a department here, when the sentence leaves them no other sense."""
    for count in range(min(LONGEST_PLACE, len(reading.words) - place), 0, -1):
        name = reading.name(place, place + count)
        people = max((each.population for each in lexicons.places.exactly(name)), default=0)
        is_known = people or lexicons.places.department_called(name) is not None
        if is_known and _is_a_place(reading, lexicons, place, count, people):
            return count
    return 0


def _is_a_place(reading: Reading, lexicons: Lexicons, place: int, count: int, people: int) -> bool:
    """Whether a name of the gazetteer is meant as one; `people`: how many live there, none in a department."""
    telling = [word.text for word in reading.words[place : place + count] if word.text not in LINKS]
    if not telling or telling[0][0].isdigit() or not all(reading.follows(place + more) for more in range(1, count)):
        return False
    is_ordinary = all(lexicons.places.is_ordinary(each) for each in telling)
    has_capital = any(reading.is_capital(place + each) for each in range(count))
    sign = signs.before(reading.words, place)
    is_home = sign is not None and sign.strength == Strength.HOME
    if len(telling) > 1 and (is_home or not is_ordinary):
        return True
    if has_capital and not reading.begins(place):
        return True
    if is_ordinary or telling[0] in lexicons.nobody:
        return False
    is_near = sign is not None and (sign.of_place or sign.strength == Strength.NEAR)
    return is_home or (people >= TOWN and (has_capital or is_near))


def _is_first_name(reading: Reading, lexicons: Lexicons, place: int) -> bool:
    word = reading.words[place].text
    if word in lexicons.first_names:
        return True
    return word in lexicons.everyday_first_names and reading.is_capital(place)


def _is_odd(reading: Reading, lexicons: Lexicons, place: int) -> bool:
    """A capital inside a sentence, or two in a row at its beginning: « Durand Industries »."""
    word = reading.words[place].text
    if not reading.is_capital(place) or len(word) < 2 or word in TITLES:
        return False
    if not reading.begins(place):
        return True
    after = place + 1
    is_alone = not reading.follows(after) or not reading.is_capital(after) or _names_nobody(reading, lexicons, after)
    return not is_alone and len(reading.words[after].text) > 1


def _questioned(reading: Reading, lexicons: Lexicons) -> frozenset[str]:
    """Words with a capital inside a sentence: the same one at the beginning of another is the same name."""
    return frozenset(
        word.text
        for place, word in enumerate(reading.words)
        if _is_odd(reading, lexicons, place) and not _names_nobody(reading, lexicons, place)
    )


def _names_nobody(reading: Reading, lexicons: Lexicons, place: int) -> bool:
    return bool(reading.longest(place, lexicons.longest_nobody, lexicons.nobody))


def _name_end(reading: Reading, lexicons: Lexicons, place: int) -> int:
    """Where a name ends that has begun: after the capitals that go on, particles between them included."""
    end = place
    while True:
        after = _after_particles(reading, end)
        if after >= len(reading.words) or not reading.is_capital(after) or _names_nobody(reading, lexicons, after):
            return end
        if not all(reading.follows(each) for each in range(end, after + 1)):
            return end
        end = after + 1


def _after_particles(reading: Reading, place: int) -> int:
    """The first word from here that is no particle; the same one when nothing follows them."""
    after = place
    while after < len(reading.words) - 1 and reading.words[after].text in PARTICLES and reading.follows(after + 1):
        after += 1
    return after
