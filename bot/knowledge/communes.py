"""The gazetteer: every commune of France, read from the reference tables, looked up by name or code.

Reading takes a moment; the indexes are built the first time each is needed.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from bot.domain.places.communes import Commune, Department, department_of_postcode
from bot.domain.places.maps import Ring
from bot.domain.places.words import normalise, without_article
from bot.knowledge.name_search import NameIndex, SimilarNames

CITIES = {"paris": "751", "lyon": "693", "marseille": "132"}
FIRST_DISTRICT = {"paris": 0, "lyon": 80, "marseille": 0}


def load_gazetteer(folder: Path) -> CommuneGazetteer:
    """Read the tables of this folder; see its README for what they hold."""
    communes = tuple(_communes(folder / "communes.csv"))
    former = [(row["name"], row["parent_insee"]) for row in _rows(folder / "former_communes.csv")]
    usual = [(row["name"], row["insee"]) for row in _rows(folder / "usual_names.csv")]
    departments = tuple(Department(row["code"], row["name"]) for row in _rows(folder / "departments.csv"))
    lines = (folder / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    ordinary = frozenset(normalise(line) for line in lines if line and not line.startswith("#"))
    return CommuneGazetteer(communes, former + usual, departments, ordinary)


def load_outlines(path: Path) -> Mapping[str, tuple[Ring, ...]]:
    """The rings of each department, by its code, to draw a map: corners as (longitude, latitude)."""
    found: dict[str, list[Ring]] = defaultdict(list)
    for row in _rows(path):
        numbers = [float(number) for number in row["corners"].split()]
        found[row["department"]].append(tuple(zip(numbers[::2], islice(numbers, 1, None, 2), strict=False)))
    return {code: tuple(rings) for code, rings in found.items()}


class CommuneGazetteer:
    """A `bot.services.places.gazetteer.Gazetteer` held in memory."""

    def __init__(
        self,
        communes: Sequence[Commune],
        other_names: Sequence[tuple[str, str]],
        departments: Sequence[Department],
        ordinary_words: frozenset[str],
    ) -> None:
        self.communes = tuple(communes)
        self._other_names = other_names
        self._departments = {department.code: department for department in departments}
        self._ordinary_words = ordinary_words
        self._similar: dict[frozenset[str], SimilarNames] = {}

    def exactly(self, name: str) -> Sequence[Commune]:
        """The communes called that, today or formerly."""
        return self._names.exactly(name)

    def beginning(self, words: Sequence[str], *, unfinished: bool = False) -> Sequence[Commune]:
        """The communes whose longer name holds these words in order."""
        return self._names.beginning(words, unfinished=unfinished)

    def similar(self, name: str, region: Collection[str], least: float) -> Sequence[tuple[Commune, float]]:
        """The names at least this much alike."""
        key = frozenset(region)
        if key not in self._similar:
            self._similar[key] = SimilarNames(self._names.entries(), key)
        return self._similar[key].like(name, least)

    def at_postcode(self, postcode: str) -> Sequence[Commune]:
        """The communes of a postcode, largest first."""
        return self._by_postcode.get(postcode, ())

    def just_below(self, postcode: str) -> Sequence[Commune]:
        """The communes of the nearest lower postcode of the department."""
        departments = department_of_postcode(postcode)
        lower = [
            code
            for code, communes in self._by_postcode.items()
            if code < postcode and code[:2] == postcode[:2] and communes[0].department in departments
        ]
        return self._by_postcode[max(lower)] if lower else ()

    def district(self, city: str, number: int) -> Commune | None:
        """A district of Paris, Lyon or Marseille."""
        if city not in CITIES:
            return None
        return self._by_code.get(f"{CITIES[city]}{FIRST_DISTRICT[city] + number:02d}")

    def department(self, code: str) -> Department | None:
        """The department that has this code."""
        return self._departments.get(code.upper())

    def department_called(self, name: str) -> Department | None:
        """The department called that, with or without its article."""
        return self._departments_by_name.get(" ".join(without_article(name.split())))

    def is_ordinary(self, words: str) -> bool:
        """Whether these are everyday words."""
        return words in self._ordinary_words

    @cached_property
    def _by_code(self) -> Mapping[str, Commune]:
        return {commune.insee: commune for commune in self.communes}

    @cached_property
    def _by_postcode(self) -> Mapping[str, tuple[Commune, ...]]:
        groups: defaultdict[str, list[Commune]] = defaultdict(list)
        for commune in self.communes:
            for postcode in commune.postcodes:
                groups[postcode].append(commune)
        return {postcode: _districts_or_communes(group) for postcode, group in groups.items()}

    @cached_property
    def _names(self) -> NameIndex:
        entries = [(normalise(commune.name), commune) for commune in self.communes if not _is_district(commune)]
        others = [(normalise(name), self._by_code[insee]) for name, insee in self._other_names]
        return NameIndex(entries, others)

    @cached_property
    def _departments_by_name(self) -> Mapping[str, Department]:
        return {
            " ".join(without_article(normalise(department.name).split())): department
            for department in self._departments.values()
        }


def _communes(path: Path) -> Iterator[Commune]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for insee, postcodes, name, latitude, longitude, population in reader:
            point = float(latitude), float(longitude)
            yield Commune(insee, name, tuple(postcodes.split()), *point, int(population))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _districts_or_communes(group: Sequence[Commune]) -> tuple[Commune, ...]:
    """The communes of a postcode, largest first; a city gives way to its district."""
    districts = [commune for commune in group if _is_district(commune)]
    return tuple(sorted(districts or group, key=lambda commune: (-commune.population, commune.insee)))


def _is_district(commune: Commune) -> bool:
    return commune.insee[:3] in CITIES.values()
