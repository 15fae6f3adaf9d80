"""A request being written: which page comes next, and what was read before it is confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.booking.drafts import Draft, Stage
from tests.factories import MONDAY, opening

PLACED = Draft("d1", place_label="Beaune (21)", latitude=47.0, longitude=4.8)
POINTED = replace(PLACED, relay_point_code="demo_beaune")
HELD = replace(POINTED, opening_key=opening().key, hold_id="h1", hold_until=MONDAY + timedelta(minutes=10))
NAMED = replace(HELD, first_name="Ana", phone="+33639981234")


@pytest.mark.parametrize(
    ("draft", "stage"),
    [
        (Draft("d1"), Stage.PLACE),
        (PLACED, Stage.POINT),
        (Draft("d1", relay_point_code="demo_beaune"), Stage.OPENING),
        (POINTED, Stage.OPENING),
        (HELD, Stage.PERSON),
        (replace(HELD, first_name="Ana"), Stage.PERSON),
        (NAMED, Stage.RECAP),
        (replace(NAMED, appointment_id="a1"), Stage.DONE),
    ],
)
def test_the_next_page_is_the_first_that_has_something_to_ask(draft: Draft, stage: Stage) -> None:
    assert draft.stage is stage
    assert draft.may_show(stage)
    assert draft.may_show(Stage.PLACE)


def test_an_opening_without_its_hold_is_lost() -> None:
    assert replace(HELD, hold_id="").is_lost
    assert not HELD.is_lost
    assert not HELD.without_opening().is_lost
    assert not replace(HELD, hold_id="", appointment_id="a1").is_lost


def test_an_opening_is_held_until_its_end() -> None:
    assert HELD.is_held(MONDAY)
    assert not HELD.is_held(MONDAY + timedelta(minutes=10))


def test_the_version_follows_what_is_read_and_nothing_else() -> None:
    assert replace(NAMED, hold_id="h2", renewed=True, tried={"nom": "x"}).version == NAMED.version
    for change in ({"first_name": "Eve"}, {"opening_key": "other"}, {"mode": "phone"}, {"for_other": True}):
        assert replace(NAMED, **change).version != NAMED.version


def test_it_says_nothing_of_the_person() -> None:
    assert "Ana" not in repr(NAMED)
    assert "639981234" not in repr(NAMED)
