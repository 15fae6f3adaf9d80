"""Having one's data erased: an appointment is never cancelled unasked, and nothing goes without a last yes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.services.dialogue.erasing import CANCEL, KEEP, ErasureSummary, advance
from bot.services.dialogue.turn import Step, UserMessage

NOTHING_BOOKED = ErasureSummary(("memory", "messages"))
BOOKED = ErasureSummary(("appointment", "messages"), "mardi 24 novembre à 9 h", can_cancel=True)
TOO_LATE = ErasureSummary(("appointment", "messages"), "lundi 23 novembre à 11 h")


class FakeErasurePort:
    def __init__(self, left: ErasureSummary) -> None:
        self._left = left

    def summary(self) -> ErasureSummary:
        return self._left


def told(
    text: str, left: ErasureSummary = BOOKED, intent: str = "inform", asked: str | None = None, **slots: Any
) -> Step:
    return advance(slots, UserMessage(text, intent, asked), FakeErasurePort(left))


def responses(step: Step) -> list[str]:
    return [line.response for line in step.lines]


def test_without_an_appointment_one_yes_is_asked() -> None:
    step = told("effacez mes données", NOTHING_BOOKED, "erase_data")

    assert (step.ask, step.changes["erase_appointment"]) == ("erase_confirmed", KEEP)
    assert step.lines[0].values["traces"] == "memory messages"


def test_an_appointment_to_come_is_asked_about_first() -> None:
    step = told("effacez mes données", BOOKED, "erase_data")

    assert (step.ask, step.changes["erase_appointment"]) == ("erase_appointment", None)


def test_an_appointment_too_close_stays_and_it_is_said() -> None:
    step = told("effacez mes données", TOO_LATE, "erase_data")

    assert (step.ask, step.changes["erase_appointment"]) == ("erase_confirmed", KEEP)
    assert responses(step) == ["utter_erase_what", "utter_erase_too_late"]


@pytest.mark.parametrize(
    ("text", "intent", "becomes"),
    [
        ("Garder le rendez-vous", "book_appointment", KEEP),
        ("non gardez-le", "deny", KEEP),
        ("ne l'annulez pas", "cancel_appointment", KEEP),
        ("Annuler le rendez-vous", "cancel_appointment", CANCEL),
        ("supprimez le aussi", "erase_data", CANCEL),
    ],
)
def test_what_becomes_of_it_is_the_persons_word(text: str, intent: str, becomes: str) -> None:
    step = told(text, intent=intent, asked="erase_appointment")

    assert (step.changes["erase_appointment"], step.ask) == (becomes, "erase_confirmed")


@pytest.mark.parametrize(
    ("text", "intent", "asked"),
    [
        ("Ne rien effacer", "deny", "erase_appointment"),
        ("non", "deny", "erase_appointment"),
        ("non", "deny", "erase_confirmed"),
        ("finalement n'effacez pas", "erase_data", "erase_confirmed"),
        ("Non, ne rien effacer", "deny", "erase_confirmed"),
    ],
)
def test_a_no_leaves_everything(text: str, intent: str, asked: str) -> None:
    step = told(text, intent=intent, asked=asked, erase_appointment=CANCEL)

    assert responses(step) == ["utter_erase_nothing"]
    assert (step.ask, step.changes["erase_confirmed"], step.changes["erase_appointment"]) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "intent"), [("oui", "affirm"), ("Oui, tout effacer", "affirm"), ("effacez", "erase_data")]
)
def test_a_yes_is_clear(text: str, intent: str) -> None:
    step = told(text, intent=intent, asked="erase_confirmed")

    assert (step.changes["erase_confirmed"], step.ask) == (True, None)


@pytest.mark.parametrize("asked", ["erase_appointment", "erase_confirmed"])
def test_what_is_not_clear_erases_nothing(asked: str) -> None:
    step = told("bof", asked=asked)

    assert (step.ask, responses(step)) == (asked, [f"utter_missed_{asked}"])
    assert "erase_confirmed" not in step.changes


def test_a_bare_yes_does_not_choose_between_keeping_and_cancelling() -> None:
    assert responses(told("oui", intent="affirm", asked="erase_appointment")) == ["utter_missed_erase_appointment"]


def test_going_back_begins_again() -> None:
    assert told("retour", intent="go_back", asked="erase_confirmed").ask == "erase_appointment"


def test_a_question_in_between_is_left_to_its_rule() -> None:
    assert told("pourquoi ?", intent="ask_why", asked="erase_confirmed").left_to_rules
