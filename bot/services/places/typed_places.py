"""A place looked up from a text typed where a place was asked."""

from collections.abc import Collection, Sequence

from bot.domain.places import typed, words
from bot.domain.places.answers import Answer, DepartmentOnly, Found, PostcodeArea, Several, UnknownPlace
from bot.domain.places.communes import Commune, Department, department_of_postcode
from bot.domain.places.typed import TypedPlace
from bot.services.places import names
from bot.services.places.gazetteer import Gazetteer

SHORTEST_BEGINNING = 4


def resolve(gazetteer: Gazetteer, place: TypedPlace, region: Collection[str]) -> Answer:
    """What the text spells, misspellings left aside."""
    if place.district:
        district = gazetteer.district(*place.district)
        return Found(district) if district else UnknownPlace()
    if place.postcode:
        return _at_postcode(gazetteer, place, place.postcode, region)
    department = gazetteer.department(place.department) if place.department else None
    labelled = _labelled(gazetteer, place, department) if department else []
    if labelled:
        return Found(labelled[0])
    called = _called_department(gazetteer, place)
    if called:
        return DepartmentOnly(called.code, called.name)
    found = _by_name(gazetteer, place, region, (department.code,) if department else ())
    if not isinstance(found, UnknownPlace):
        return found
    if department and not place.names:
        return DepartmentOnly(department.code, department.name)
    return _with_department_name(gazetteer, place, region)


def guess(gazetteer: Gazetteer, place: TypedPlace, region: Collection[str]) -> Answer:
    """What the text looks like, when it spells nothing."""
    departments = _departments(gazetteer, place)
    for name in reversed(place.names):
        found = names.misspelled(gazetteer, name, region, departments)
        if not isinstance(found, UnknownPlace):
            return found
    return UnknownPlace()


def beside_guess(gazetteer: Gazetteer, place: TypedPlace, answer: Answer, region: Collection[str]) -> Answer:
    """A far village and the town of the region whose name, misspelled, looks like it: "Acon", Mâcon."""
    guessed = guess(gazetteer, place, region)
    if not isinstance(answer, Found) or not isinstance(guessed, Found):
        return answer
    town = guessed.commune
    at_home = town.department in region and names.is_well_known(town, region)
    return Several((town, answer.commune)) if at_home else answer


def is_unlikely(answer: Answer, place: TypedPlace, region: Collection[str]) -> bool:
    """Whether this is a village far from the region, named without its department, or a former name."""
    if not isinstance(answer, Found) or place.postcode or place.department or place.district:
        return False
    commune = answer.commune
    called = any(names.is_called(commune, name) for name in place.names)
    return commune.department not in region and (commune.population < names.TOWN or not called)


def postcode_area(gazetteer: Gazetteer, postcode: str, text: Sequence[str]) -> Answer:
    """The commune of a postcode, or all of them, unless the text around names one of them."""
    communes = gazetteer.at_postcode(postcode)
    if not communes:
        return UnknownPlace()
    spelled = f" {' '.join(text)} "
    said = [commune for commune in communes if _is_said(commune, spelled)]
    if said:
        return Found(max(said, key=lambda commune: len(commune.name)))
    begun = [commune for commune in communes if any(_is_begun(gazetteer, commune, word) for word in text)]
    if len(begun) == 1:
        return Found(begun[0])
    return Found(communes[0]) if len(communes) == 1 else PostcodeArea(postcode, tuple(communes))


def _is_said(commune: Commune, spelled: str) -> bool:
    name = words.normalise(commune.name).split()
    return any(f" {' '.join(form)} " in spelled for form in (name, words.without_article(name)))


def _is_begun(gazetteer: Gazetteer, commune: Commune, word: str) -> bool:
    everyday = word in ("saint", "sainte") or gazetteer.is_ordinary(word)
    return len(word) >= SHORTEST_BEGINNING and not everyday and names.is_called(commune, (word,))


def _labelled(gazetteer: Gazetteer, place: TypedPlace, department: Department) -> list[Commune]:
    """The commune whose label was typed: `Vers (71)`."""
    name = " ".join(place.literal)
    return [
        commune
        for commune in gazetteer.exactly(name)
        if commune.department == department.code and words.normalise(commune.name) == name
    ]


def _at_postcode(gazetteer: Gazetteer, place: TypedPlace, postcode: str, region: Collection[str]) -> Answer:
    area = postcode_area(gazetteer, postcode, place.words)
    if isinstance(area, Found):
        return area
    named = _by_name(gazetteer, place, region, department_of_postcode(postcode))
    if not isinstance(named, UnknownPlace):
        return named
    if isinstance(area, PostcodeArea):
        return area
    return UnknownPlace() if place.names else _near_cedex(gazetteer, postcode)


def _near_cedex(gazetteer: Gazetteer, postcode: str) -> Answer:
    """A CEDEX code is in no table; the postcode just below is right most of the time, so it is only proposed."""
    communes = gazetteer.just_below(postcode)
    if not communes:
        return UnknownPlace()
    if len(communes) == 1:
        return Found(communes[0], sure=False)
    return Several(tuple(communes[:3]), others=max(0, len(communes) - 3))


def _by_name(
    gazetteer: Gazetteer, place: TypedPlace, region: Collection[str], departments: Collection[str]
) -> names.Named:
    for name in place.names:
        found = names.named(gazetteer, name, region, departments)
        meant = not names.is_everyday(gazetteer, name) or _is_meant(place, name, found, region)
        if meant and not isinstance(found, UnknownPlace):
            return found
    return UnknownPlace()


def _is_meant(place: TypedPlace, name: Sequence[str], found: names.Named, region: Collection[str]) -> bool:
    """Whether an everyday word was typed as a place: a known town, or a village and nothing else."""
    commune = names.likeliest(found)
    if commune is None or not names.is_called(commune, name):
        return False
    alone = name == place.names[0] and commune.department in region
    return alone or place.department is not None or names.is_well_known(commune, region)


def _called_department(gazetteer: Gazetteer, place: TypedPlace) -> Department | None:
    """`la Nièvre`; a town larger than most comes first: `Paris`."""
    for name in place.names:
        department = gazetteer.department_called(" ".join(name))
        towns = [commune.population for commune in gazetteer.exactly(" ".join(name))]
        if department and max(towns, default=0) < names.LARGE_TOWN:
            return department
    return None


def _with_department_name(gazetteer: Gazetteer, place: TypedPlace, region: Collection[str]) -> Answer:
    """A town with its department: `Givry, Saône-et-Loire`."""
    for name in place.names:
        for position in range(1, len(name)):
            department = gazetteer.department_called(" ".join(name[position:]))
            if department:
                before = typed.read(name[:position])
                return _by_name(gazetteer, before, region, (department.code,))
    return UnknownPlace()


def _departments(gazetteer: Gazetteer, place: TypedPlace) -> tuple[str, ...]:
    if place.postcode:
        return department_of_postcode(place.postcode)
    return (place.department.upper(),) if place.department and gazetteer.department(place.department) else ()
