"""Looking up what people type where a place is asked."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.places.communes import Commune
from bot.domain.places.words import normalise
from bot.services import places
from tests.services.places.said import gazetteer, written
from tests.services.places.typed import TYPED

CASES = [tuple(line.split(" -> ")) for line in TYPED.strip().splitlines()]


@pytest.mark.parametrize(("typed", "expected"), CASES)
def test_a_typed_place_is_read_as_people_mean_it(typed: str, expected: str) -> None:
    assert written(places.look_up(gazetteer(), typed)) == expected


def test_an_empty_text_is_no_place() -> None:
    assert places.look_up(gazetteer(), "") == places.UnknownPlace()


def test_a_long_list_of_candidates_says_how_many_were_left_out() -> None:
    answer = places.look_up(gazetteer(), "Saint-Germain")

    assert isinstance(answer, places.Several)
    assert answer.others > 50


def test_the_region_is_chosen_by_the_caller() -> None:
    assert written(places.look_up(gazetteer(), "Semur", ("72",))) != written(places.look_up(gazetteer(), "Semur"))


def test_a_postcode_shared_by_communes_is_still_a_point() -> None:
    answer = places.look_up(gazetteer(), "89000")

    assert isinstance(answer, places.PostcodeArea)
    assert {commune.name for commune in answer.communes} == {"Auxerre", "Perrigny", "Saint-Georges-sur-Baulche"}
    assert answer.department == "89"
    assert (round(answer.latitude, 1), round(answer.longitude, 1)) == (47.8, 3.5)


def test_one_typing_mistake_still_finds_the_largest_towns() -> None:
    chance = random.Random(71)
    towns = sorted(_burgundy(), key=lambda commune: -commune.population)[:60]
    tries = [(town, _mistyped(normalise(town.name), chance)) for town in towns for _ in range(5)]

    missed = [typed for town, typed in tries if town.label not in (written(places.look_up(gazetteer(), typed)) or "")]

    assert len(missed) <= 0.05 * len(tries), missed


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(places.look_up(gazetteer(), text), places.Answer)
    assert isinstance(places.mentioned(gazetteer(), text), places.Place | None)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("à au de du st s/ l' 71 21000 2A 12e cedex pas plutôt Paris Nevers , ou".split())))
def test_any_pile_of_place_words_gets_an_answer(words: list[str]) -> None:
    assert isinstance(places.look_up(gazetteer(), " ".join(words)), places.Answer)
    assert isinstance(places.mentioned(gazetteer(), " ".join(words)), places.Place | None)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_label_shown_is_understood_when_typed_back(data: st.DataObject) -> None:
    commune = data.draw(st.sampled_from(_burgundy()))

    assert places.look_up(gazetteer(), commune.label) == places.Found(commune)


@cache
def _burgundy() -> tuple[Commune, ...]:
    return tuple(commune for commune in gazetteer().communes if commune.department in places.BURGUNDY)


def _mistyped(name: str, chance: random.Random) -> str:
    position = chance.randrange(len(name) - 1)
    before, here, after = name[:position], name[position], name[position + 1 :]
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        [before + after, before + after[0] + here + after[1:], before + letter + after, before + letter + here + after]
    )
