"""A name looked up in a gazetteer: whole, begun, or misspelled."""

from collections.abc import Collection, Sequence

from bot.domain.places.answers import Found, Several, UnknownPlace
from bot.domain.places.communes import Commune
from bot.domain.places.ranking import Candidate, choose, choose_alike
from bot.domain.places.typed import BEFORE_A_NAME
from bot.domain.places.words import ARTICLES, normalise, without_article
from bot.services.places.gazetteer import Gazetteer

# Below this the answers are mostly chance ("usine", "salarié"); above, real towns are missed.
LEAST_LIKENESS = 0.78
SHORTEST_MISSPELLED = 4
LARGE_TOWN = 10_000
TOWN = 2_000

# Thousands of names begin so: nothing can be proposed.
NEVER_ALONE = (("saint",), ("sainte",))

Named = Found | Several | UnknownPlace


def candidates(
    gazetteer: Gazetteer, words: Sequence[str], departments: Collection[str] = (), *, unfinished: bool = False
) -> list[Candidate]:
    """The communes these words are the name of, or its beginning; of these departments if any is given."""
    whole = [Candidate(commune, in_full=True) for commune in gazetteer.exactly(" ".join(words))]
    begun = [
        Candidate(commune, in_full=False)
        for commune in gazetteer.beginning(words, unfinished=unfinished)
        if all(commune != each.commune for each in whole)
    ]
    return [each for each in whole + begun if not departments or each.commune.department in departments]


def named(
    gazetteer: Gazetteer, words: Sequence[str], region: Collection[str], departments: Collection[str] = ()
) -> Named:
    """The commune called that, or those it may be."""
    if tuple(words) in NEVER_ALONE:
        return UnknownPlace()
    found = candidates(gazetteer, words, departments)
    if not found and len(words) > 1:
        found = candidates(gazetteer, words, departments, unfinished=True)
    return choose(found, region)


def misspelled(
    gazetteer: Gazetteer, words: Sequence[str], region: Collection[str], departments: Collection[str] = ()
) -> Named:
    """The commune these words look like; everyday words look like nothing."""
    name = " ".join(words)
    if len(name) < SHORTEST_MISSPELLED or any(character.isdigit() for character in name):
        return UnknownPlace()
    if is_everyday(gazetteer, words):
        return UnknownPlace()
    alike = gazetteer.similar(name, region, LEAST_LIKENESS)
    return choose_alike([each for each in alike if not departments or each[0].department in departments], region)


def is_everyday(gazetteer: Gazetteer, words: Sequence[str]) -> bool:
    """Whether this is everyday language before being a name."""
    telling = [word for word in words if word not in ARTICLES and word not in BEFORE_A_NAME]
    return all(gazetteer.is_ordinary(word) for word in telling)


def is_called(commune: Commune, words: Sequence[str]) -> bool:
    """Whether its present name is, or starts with, these words: not a former one."""
    name = " ".join(without_article(normalise(commune.name).split()))
    return f"{name} ".startswith(" ".join(without_article(words)) + " ")


def likeliest(answer: Named) -> Commune | None:
    """The commune found, or the first of those to choose from."""
    if isinstance(answer, Found):
        return answer.commune
    return answer.choices[0] if isinstance(answer, Several) else None


def is_well_known(commune: Commune, region: Collection[str]) -> bool:
    """Whether its name alone, without context, is enough to think of it."""
    return commune.population >= (TOWN if commune.department in region else LARGE_TOWN)
