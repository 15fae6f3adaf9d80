"""The tables of places, and the gazetteer that reads them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from bot.domain.places.words import normalise
from bot.knowledge.communes import CommuneGazetteer, load_gazetteer

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
# South, north, west, east.
BOXES = {
    "971": (15.8, 16.6, -61.9, -61.0),
    "972": (14.3, 15.0, -61.3, -60.8),
    "973": (2.1, 5.9, -54.7, -51.6),
    "974": (-21.5, -20.8, 55.2, 55.9),
    "976": (-13.1, -12.6, 45.0, 45.4),
}
MAINLAND = (41.3, 51.2, -5.2, 9.7)


@pytest.fixture(scope="module")
def gazetteer() -> CommuneGazetteer:
    return load_gazetteer(REFERENCE)


@pytest.mark.parametrize(("department", "count"), [("21", 698), ("58", 309), ("71", 563), ("89", 423)])
def test_every_commune_of_burgundy_is_there(gazetteer: CommuneGazetteer, department: str, count: int) -> None:
    assert Counter(commune.department for commune in gazetteer.communes)[department] == count


def test_every_commune_of_france_and_every_district_is_there(gazetteer: CommuneGazetteer) -> None:
    assert len(gazetteer.communes) == 34_875 + 45
    assert len({commune.insee for commune in gazetteer.communes}) == len(gazetteer.communes)


def test_every_commune_has_postcodes(gazetteer: CommuneGazetteer) -> None:
    assert all(commune.postcodes for commune in gazetteer.communes)
    assert all(len(code) == 5 and code.isdigit() for commune in gazetteer.communes for code in commune.postcodes)


def test_every_commune_is_inside_its_territory(gazetteer: CommuneGazetteer) -> None:
    def is_outside(latitude: float, longitude: float, box: tuple[float, float, float, float]) -> bool:
        south, north, west, east = box
        return not (south <= latitude <= north and west <= longitude <= east)

    lost = [
        commune.label
        for commune in gazetteer.communes
        if is_outside(*commune.point, BOXES.get(commune.department, MAINLAND))
    ]

    assert lost == []


def test_every_commune_has_a_known_department(gazetteer: CommuneGazetteer) -> None:
    assert all(gazetteer.department(commune.department) for commune in gazetteer.communes)


@pytest.mark.parametrize("table", ["former_communes.csv", "usual_names.csv"])
def test_other_names_belong_to_a_commune(gazetteer: CommuneGazetteer, table: str) -> None:
    with (REFERENCE / table).open(encoding="utf-8") as file:
        rows = [row.get("parent_insee") or row["insee"] for row in csv.DictReader(file)]

    assert rows
    assert set(rows) <= {commune.insee for commune in gazetteer.communes}


def test_ordinary_words_are_written_as_they_are_compared() -> None:
    lines = (REFERENCE / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]

    assert words == sorted(set(words))
    assert [word for word in words if normalise(word) != word] == []


def test_a_name_is_found_with_and_without_its_article(gazetteer: CommuneGazetteer) -> None:
    assert list(gazetteer.exactly("creusot")) == list(gazetteer.exactly("le creusot"))


def test_a_former_name_finds_the_commune_of_today(gazetteer: CommuneGazetteer) -> None:
    assert "Valserhône" in {commune.name for commune in gazetteer.exactly("bellegarde sur valserine")}


def test_an_article_alone_begins_no_name(gazetteer: CommuneGazetteer) -> None:
    assert gazetteer.beginning(["la"]) == []


def test_a_cut_word_may_end_an_unfinished_name(gazetteer: CommuneGazetteer) -> None:
    found = gazetteer.beginning(["chalon", "sur", "sao"], unfinished=True)

    assert [commune.name for commune in found] == ["Chalon-sur-Saône"]


def test_a_city_gives_way_to_its_district_at_a_postcode(gazetteer: CommuneGazetteer) -> None:
    assert [commune.insee for commune in gazetteer.at_postcode("69003")] == ["69383"]


def test_the_postcode_just_below_stays_in_the_department(gazetteer: CommuneGazetteer) -> None:
    assert [commune.name for commune in gazetteer.just_below("21011")] == ["Dijon"]
    assert gazetteer.just_below("21000") == ()


def test_a_misspelled_name_is_compared_with_the_region_and_with_towns(gazetteer: CommuneGazetteer) -> None:
    found = {commune.label for commune, _ in gazetteer.similar("auxere", ("89",), 0.78)}

    assert "Auxerre (89)" in found
