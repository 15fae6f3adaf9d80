"""Communes, and how their names are read and ranked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.places import postcodes, typed
from bot.domain.places.answers import Found, PostcodeArea, Several, UnknownPlace
from bot.domain.places.communes import Commune, department_of_postcode
from bot.domain.places.ranking import Candidate, choose
from bot.domain.places.words import normalise, split

REGION = ("21", "58", "71", "89")


def commune(insee: str, name: str, population: int = 500) -> Commune:
    return Commune(insee, name, (f"{insee[:2]}000",), 47.0, 5.0, population)


@pytest.mark.parametrize(("insee", "department"), [("71221", "71"), ("2A004", "2A"), ("2B033", "2B"), ("97411", "974")])
def test_a_commune_knows_its_department(insee: str, department: str) -> None:
    assert commune(insee, "Ailleurs").department == department


def test_a_commune_is_shown_with_its_department() -> None:
    assert commune("71221", "Givry").label == "Givry (71)"


@pytest.mark.parametrize(
    ("postcode", "departments"), [("21011", ("21",)), ("20000", ("2A", "2B")), ("97400", ("974",))]
)
def test_a_postcode_tells_its_department(postcode: str, departments: tuple[str, ...]) -> None:
    assert department_of_postcode(postcode) == departments


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Nuits-St-Georges", "nuits saint georges"),
        ("Ste Magnance", "sainte magnance"),
        ("Chalon s/ Saône", "chalon sur saone"),
        ("chalon s saone", "chalon sur saone"),
        ("L'Isle-sur-Serein", "l isle sur serein"),
        ("Sœurdres", "soeurdres"),
        ("  ", ""),
    ],
)
def test_ways_to_write_a_name_are_alike(written: str, expected: str) -> None:
    assert normalise(written) == expected


@given(st.text())
def test_any_text_can_be_cut_into_words(text: str) -> None:
    once = normalise(text)

    assert once == " ".join(once.split())
    assert all(word.start < word.end <= len(text) for word in split(text))


def test_a_typed_text_is_sorted_into_its_parts() -> None:
    place = typed.read("71200 le creusot cedex 2".split())

    assert (place.postcode, place.names[0]) == ("71200", ("le", "creusot"))


def test_a_preposition_gives_back_the_article_it_hides() -> None:
    assert ("le", "creusot") in typed.read("je suis au creusot".split()).names


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("je suis au 71200", ["71200"]),
        ("21 000", ["21000"]),
        ("25000 euros", []),
        ("25000€", []),
        ("03 80 12 34 56", []),
        ("0380123456", []),
    ],
)
def test_a_postcode_is_told_apart_from_other_numbers(sentence: str, codes: list[str]) -> None:
    assert [found.code for found in postcodes.written(sentence, split(sentence))] == codes


def test_a_town_of_the_region_comes_before_a_namesake_elsewhere() -> None:
    here, elsewhere = commune("71076", "Chalon-sur-Saône", 45_000), commune("26067", "Chalon", 200)

    assert choose([Candidate(elsewhere, True), Candidate(here, False)], REGION) == Found(here)


def test_two_communes_of_the_region_are_both_offered_larger_first() -> None:
    small, large = commune("89196", "Givry", 200), commune("71221", "Givry", 3_600)

    assert choose([Candidate(small, True), Candidate(large, True)], REGION) == Several((large, small))


def test_a_big_city_is_not_hidden_by_a_village_of_the_region() -> None:
    village, city = commune("71343", "Paris-l'Hôpital", 300), commune("75056", "Paris", 2_000_000)

    assert choose([Candidate(village, False), Candidate(city, True)], REGION) == Found(city)


def test_at_most_three_communes_are_offered() -> None:
    many = [Candidate(commune(f"7100{number}", "Varennes"), True) for number in range(5)]

    answer = choose(many, REGION)

    assert isinstance(answer, Several)
    assert (len(answer.choices), answer.others) == (3, 2)


def test_without_candidate_there_is_no_place() -> None:
    assert choose([], REGION) == UnknownPlace()


def test_the_point_of_a_postcode_is_the_mean_of_its_communes() -> None:
    first = Commune("89024", "A", ("89000",), 47.0, 3.0, 10)
    second = Commune("89025", "B", ("89000",), 48.0, 4.0, 10)

    area = PostcodeArea("89000", (first, second))

    assert (area.latitude, area.longitude) == (47.5, 3.5)
