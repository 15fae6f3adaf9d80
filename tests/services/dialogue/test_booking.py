"""Taking an appointment, turn by turn, on a paper port."""

from __future__ import annotations

from typing import Any

import pytest

from bot.services.dialogue.booking import advance
from bot.services.dialogue.forms import BOOKING, DIGRESSIONS
from bot.services.dialogue.turn import Step, UserMessage
from tests.services.dialogue.fake_booking_port import LATER, PLACES, FakeBookingPort, offer

BEAUNE = PLACES["beaune"]
OFFERED: dict[str, Any] = {"place": BEAUNE, "offers": [offer(0), offer(1), offer(2)]}
HELD: dict[str, Any] = {"place": BEAUNE, "opening": "opening-0", "hold": "hold-1", "opening_words": {"moment": "x"}}
NAMED = {**HELD, "person_name": {"first": "Camille", "last": "Martin"}}
READY = {**NAMED, "contact": {"email": "camille@exemple.fr"}}
STATES: dict[str, dict[str, Any]] = {
    "place": {},
    "opening": OFFERED,
    "person_name": HELD,
    "contact": NAMED,
    "booking_confirmed": READY,
}


def turn(text: str, asked: str | None, slots: dict[str, Any], intent: str = "inform", port: Any = None) -> Step:
    return advance(slots, UserMessage(text, intent, asked), port or FakeBookingPort())


def lines(step: Step) -> list[str]:
    return [line.response for line in step.lines]


def test_the_first_sentence_is_used_whole() -> None:
    step = turn("je veux un rdv à Beaune mardi", None, {}, "book_appointment")

    assert step.ask == "opening"
    assert step.changes["place"] == BEAUNE
    assert "mardi" in step.changes["wish"]
    assert len(step.changes["offers"]) == 3


def test_a_name_shared_by_several_communes_asks_which() -> None:
    step = turn("saint germain", "place", {})

    assert step.ask == "place"
    assert lines(step) == ["utter_which_place"]
    assert len(step.changes["offers"]) == 3


def test_a_department_asks_for_a_town() -> None:
    assert lines(turn("71", "place", {})) == ["utter_need_a_town"]


@pytest.mark.parametrize(
    ("said", "opening"), [("1", "opening-0"), ("le deuxième", "opening-1"), ("jeudi", "opening-1")]
)
def test_an_opening_is_chosen_by_number_rank_or_day(said: str, opening: str) -> None:
    step = turn(said, "opening", OFFERED)

    assert step.changes["opening"] == opening
    assert step.ask == "person_name"


def test_an_opening_lost_brings_others_and_keeps_the_rest() -> None:
    step = turn("1", "opening", OFFERED, port=FakeBookingPort(taken=True))

    assert step.ask == "opening"
    assert lines(step) == ["utter_opening_taken"]
    assert step.changes["offers"] == [offer(8)]


def test_a_wish_that_fits_several_offers_asks_again_with_it() -> None:
    step = turn("le matin", "opening", OFFERED)

    assert step.changes["wish"] == "le matin"
    assert step.ask == "opening"


def test_a_past_date_is_said() -> None:
    assert lines(turn("hier", "opening", OFFERED)) == ["utter_past_date"]


@pytest.mark.parametrize("asked", BOOKING.questions)
@pytest.mark.parametrize("intent", sorted(DIGRESSIONS - BOOKING.own_intents))
def test_what_is_not_an_answer_is_left_to_the_rules_and_stores_nothing(asked: str, intent: str) -> None:
    step = turn("stop", asked, STATES[asked], intent)

    assert step.left_to_rules
    assert not step.changes


@pytest.mark.parametrize("asked", ["opening", "person_name", "booking_confirmed"])
def test_another_town_at_any_step_changes_the_place_and_frees_the_opening(asked: str) -> None:
    port = FakeBookingPort()

    step = turn("non, plutôt Nevers", asked, STATES[asked], "correct", port)

    assert step.changes["place"] == PLACES["nevers"]
    assert step.changes["opening"] is None
    assert step.ask == "opening"
    assert port.released == 1


def test_a_name_and_a_contact_in_one_sentence_are_both_used() -> None:
    step = turn("Camille Martin camille@exemple.fr", "person_name", HELD)

    assert step.changes["person_name"] == {"first": "Camille", "last": "Martin"}
    assert step.changes["contact"] == {"email": "camille@exemple.fr"}
    assert step.ask == "booking_confirmed"


@pytest.mark.parametrize("said", ["123456", "oui", "je ne veux pas donner mon nom", "pourquoi ?"])
def test_what_is_no_name_is_not_taken_for_one(said: str) -> None:
    step = turn(said, "person_name", HELD, "affirm" if said == "oui" else "inform")

    assert step.ask == "person_name"
    assert "person_name" not in step.changes


def test_only_the_last_yes_completes_the_form() -> None:
    step = turn("oui", "booking_confirmed", READY, "affirm")

    assert step.changes["booking_confirmed"] is True
    assert step.ask is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("changer l'horaire", "opening"),
        ("changer le lieu", "place"),
        ("mon nom", "person_name"),
        ("le mail", "contact"),
    ],
)
def test_each_part_can_be_changed_at_the_recap(said: str, asked: str) -> None:
    assert turn(said, "booking_confirmed", READY).ask == asked


def test_the_terms_of_the_interview_are_said_once_with_the_recap() -> None:
    named = {**NAMED, "opening_words": {"length": "1 h 15"}}

    first = turn("camille@exemple.fr", "contact", named)
    again = turn("ana@exemple.fr", "contact", {**named, "terms_version": first.changes["terms_version"]})

    assert first.ask == again.ask == "booking_confirmed"
    assert lines(first) == ["utter_interview_terms"]
    assert lines(again) == []


def test_without_terms_in_force_nothing_is_said_nor_accepted() -> None:
    step = turn("camille@exemple.fr", "contact", NAMED, port=FakeBookingPort(has_terms=False))

    assert lines(step) == []
    assert "terms_version" not in step.changes


def test_the_terms_are_for_the_person_concerned_alone() -> None:
    step = turn("camille@exemple.fr", "contact", {**NAMED, "for_other": True})

    assert lines(step) == []


def test_a_no_at_the_recap_asks_what_to_change() -> None:
    step = turn("non", "booking_confirmed", READY, "deny")

    assert lines(step) == ["utter_what_to_change"]
    assert step.ask == "booking_confirmed"


def test_two_misses_offer_other_ways() -> None:
    first = turn("zorglub", "place", {})
    second = turn("bidule", "place", {"misses": first.changes["misses"]})

    assert lines(first) == ["utter_missed_place"]
    assert lines(second) == ["utter_missed_again"]


@pytest.mark.parametrize(
    ("asked", "back_to"),
    [("opening", "place"), ("person_name", "opening"), ("contact", "person_name"), ("booking_confirmed", "contact")],
)
def test_back_asks_the_previous_question_again(asked: str, back_to: str) -> None:
    assert turn("retour", asked, STATES[asked], "go_back").ask == back_to


def test_nothing_near_ends_in_a_dated_step() -> None:
    port = FakeBookingPort(openings=0)

    step = turn("Beaune", "place", {}, port=port)

    assert step.ask == "place"
    assert "utter_no_opening_near" in lines(step)
    assert step.lines[-1].values["due"]
    assert port.next_steps == ["find_an_opening"]


def test_steps_in_the_way_are_heard_from_the_first_sentence() -> None:
    port = FakeBookingPort()

    step = turn("un rdv à Beaune, je suis en fauteuil", None, {}, "book_appointment", port)

    assert step.changes["step_free"] is True
    assert port.step_free


def test_steps_in_the_way_bring_other_offers() -> None:
    port = FakeBookingPort()

    step = turn("il faut que ce soit accessible en fauteuil", "opening", OFFERED, port=port)

    assert step.ask == "opening"
    assert port.step_free


def test_more_time_keeps_the_opening_longer_and_asks_the_same_again() -> None:
    step = turn("attendez, j'ai besoin de plus de temps", "contact", NAMED)

    assert step.ask == "contact"
    assert step.changes["hold_until"] == LATER.isoformat()
    assert lines(step) == ["utter_hold_renewed"]
    assert step.lines[0].values["hold_end"] == "11 h 20"


def test_more_time_for_an_opening_already_lost_says_so_and_offers_others() -> None:
    step = turn("un instant", "booking_confirmed", READY, port=FakeBookingPort(taken=True))

    assert lines(step) == ["utter_hold_ended"]
    assert step.ask == "opening"
    assert step.changes["hold"] is None
    assert "person_name" not in step.changes


def test_outside_the_territory_the_right_website_is_named() -> None:
    step = turn("Lyon", "place", {})

    assert lines(step)[:2] == ["utter_place_noted", "utter_place_elsewhere"]
    assert step.lines[1].values["portal"] == "https://cep.example"
