"""The table of forms and `domain.yml` say the same: questions, their words, the intents a form takes for itself."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from bot.app.settings import ROOT
from bot.services.dialogue.forms import APPOINTMENT, BOOKING, DIGRESSIONS, ELIGIBILITY, FORMS, INTAKE, NEAREST, Form
from bot.services.dialogue.intake import TOPICS

EACH = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


@pytest.fixture(scope="module")
def domain() -> dict[str, Any]:
    return yaml.load((ROOT / "domain.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)


def asked(*forms: Form) -> set[str]:
    return {f"{form.name}_{slot}" for form in forms for slot in form.questions}


def responses(domain: dict[str, Any], prefix: str) -> set[str]:
    return {name.removeprefix(prefix) for name in domain["responses"] if name.startswith(prefix)}


def test_the_forms_are_those_of_the_domain(domain: dict[str, Any]) -> None:
    assert set(FORMS) == set(domain["forms"])


@EACH
def test_a_form_asks_for_its_slots_in_the_same_order(domain: dict[str, Any], form: Form) -> None:
    required = domain["forms"][form.name]["required_slots"]

    # The lines of an intake go into one slot, whatever their number.
    assert required == (["intake"] if form is INTAKE else list(form.questions))


def test_every_question_can_be_asked_and_what_is_left_be_said(domain: dict[str, Any]) -> None:
    everything = asked(*FORMS.values())
    follow_ups = {"source", "since", "other_scheme", "why", "status", "data"}

    assert responses(domain, "utter_ask_") - follow_ups == everything
    assert responses(domain, "utter_part_status_") == everything
    # A fact says why by itself, in the file of its rules.
    assert responses(domain, "utter_part_why_") == everything - asked(ELIGIBILITY)


def test_every_question_that_can_be_missed_says_how_to_answer(domain: dict[str, Any]) -> None:
    slots = {slot for form in FORMS.values() for slot in form.questions}

    assert responses(domain, "utter_missed_") == {*slots - set(TOPICS), "again"}


def test_intents_are_those_of_the_domain(domain: dict[str, Any]) -> None:
    known = {name for each in domain["intents"] for name in (each if isinstance(each, dict) else [each])}

    assert known >= DIGRESSIONS
    assert all(form.own_intents <= DIGRESSIONS for form in FORMS.values())


def test_each_purpose_asks_questions_of_its_form() -> None:
    for slots in APPOINTMENT.by_purpose.values():
        assert [slot for slot in APPOINTMENT.questions if slot in slots] == list(slots)


def test_what_is_left_begins_with_the_question_in_hand() -> None:
    assert BOOKING.left("contact") == ("contact", "booking_confirmed")
    assert BOOKING.left(None) == ("booking_confirmed",)
    assert APPOINTMENT.left("proof", "move") == ("proof", "opening", "manage_confirmed")
    assert APPOINTMENT.left("proof", "cancel") == ("proof", "manage_confirmed")


def test_a_form_answers_its_own_intents_and_leaves_the_others_to_rules() -> None:
    assert not NEAREST.is_digression("find_relay_point")
    assert NEAREST.is_digression("book_appointment")
    assert not NEAREST.is_digression("inform")
