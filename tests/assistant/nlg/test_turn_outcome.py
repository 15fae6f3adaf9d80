"""How a message was taken is read from the responses that answered it."""

from __future__ import annotations

import pytest

from bot.assistant.nlg.turn_outcome import TAKEN, turn_of
from bot.domain.conversation.turns import Opinion, Turn, TurnOutcome


@pytest.mark.parametrize(
    ("names", "outcome"),
    [
        (["utter_faq/cout_prix"], TurnOutcome.UNDERSTOOD),
        (["utter_place_noted", "utter_ask_booking_form_opening"], TurnOutcome.UNDERSTOOD),
        (["utter_missed_place", "utter_ask_booking_form_place"], TurnOutcome.CLARIFIED),
        (["utter_which_place"], TurnOutcome.CLARIFIED),
        (["utter_missed_again"], TurnOutcome.TWO_MISSES),
        (["utter_out_of_scope"], TurnOutcome.OUT_OF_SCOPE),
        (["utter_technical_problem"], TurnOutcome.FAILED),
        (["utter_default"], TurnOutcome.FALLBACK),
    ],
)
def test_the_outcome_follows_from_what_was_said(names: list[str], outcome: TurnOutcome) -> None:
    assert turn_of([{"utter_action": name} for name in names]).outcome is outcome


def test_nothing_is_learnt_from_words_of_care() -> None:
    care = {"utter_action": "utter_care_distress", TAKEN: {"outcome": "fallback", "is_kept": True}}

    assert turn_of([care]) == Turn()


def test_silence_is_not_counted() -> None:
    assert turn_of([]) == Turn()


def test_a_reply_says_how_it_took_the_message() -> None:
    taken = {"outcome": "clarified", "near": "faq/cout_prix", "is_kept": True}

    assert turn_of([{"utter_action": "utter_fallback", TAKEN: taken}]) == Turn(
        TurnOutcome.CLARIFIED, "faq/cout_prix", is_kept=True
    )


def test_a_reply_carries_an_opinion() -> None:
    taken = {"opinion": {"entry": "cout_prix", "helped": False}}

    turn = turn_of([{"utter_action": "utter_nothing_pending_no", TAKEN: taken}])

    assert turn == Turn(TurnOutcome.UNDERSTOOD, opinion=Opinion("cout_prix", helped=False))
