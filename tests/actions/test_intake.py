"""The actions of a preparation, on a tracker written by hand and a real database."""

from __future__ import annotations

from typing import Any

import pytest

from actions.booking import BookAppointment
from actions.conversation import DeclineOffer, Stop
from actions.handover import AskAdviser
from actions.intake import FinishIntake, ValidateIntakeForm, WithdrawIntake
from bot.app import container
from bot.domain.booking.intake import Topic
from bot.services.booking import intake
from bot.services.conversations import transcript
from bot.services.dialogue.intake import AGREED, AGREED_WITH_EARLIER, REFUSED, TOPICS
from tests.actions.test_journeys import CONVERSATION, database, held, run, said, tracker  # noqa: F401

LINES = {**dict.fromkeys(TOPICS, ""), "situation": "vendeuse", "hope": "mon secret"}


@pytest.fixture(autouse=True)
def nothing_decided() -> None:
    transcript.receive(container.unit_of_work(), CONVERSATION, "rest", transcript.Incoming("bonjour"), container.now())
    intake.withdraw(container.unit_of_work(), CONVERSATION)


async def booked(contact: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    person = {"person_name": {"first": "Ana", "last": "Diaz"}, "contact": {"email": contact}}
    ready = {**await held(), **person, "booking_confirmed": True, "booking_run": contact}
    slots, messages, _ = await run(BookAppointment(), tracker("oui", "affirm", ready))
    return slots, messages


def passed_on() -> list[str]:
    decision = intake.standing(container.unit_of_work(), CONVERSATION, container.now()).decision
    return [line.text for line in decision.lines] if decision else []


async def test_preparing_is_offered_once_the_appointment_is_booked() -> None:
    slots, messages = await booked("ana1@exemple.fr")

    assert said(messages)[-1] == "utter_offer_intake"
    assert slots["offer"] == "intake"


async def test_an_offer_declined_is_not_made_again() -> None:
    await booked("ana2@exemple.fr")
    await run(DeclineOffer(), tracker("non merci", "deny", {"offer": "intake"}))

    slots, messages = await booked("ana3@exemple.fr")

    assert "utter_offer_intake" not in said(messages)
    assert slots["offer"] is None


async def test_asked_in_closed_hours_a_person_may_be_prepared_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.staff_accounts.someone_answers", lambda: False)

    slots, messages, _ = await run(AskAdviser(), tracker("un conseiller", "ask_adviser"))

    assert said(messages)[-1] == "utter_handover_prepare"
    assert slots["offer"] == "intake"


async def test_the_first_question_comes_with_what_to_know() -> None:
    await booked("ana4@exemple.fr")

    slots, messages, _ = await run(ValidateIntakeForm(), tracker("Préparer l’entretien", "prepare_interview"))

    assert slots["requested_slot"] == "situation"
    assert slots["intake_for"]["adviser"]
    assert said(messages) == ["utter_intake_begins"]


async def test_only_the_lines_kept_are_passed_on_and_nothing_stays_in_memory() -> None:
    await booked("ana5@exemple.fr")
    slots = {"intake": LINES, "intake_hidden": ["hope"], "intake_outcome": AGREED}

    changed, messages, _ = await run(FinishIntake(), tracker("oui", "affirm", slots))

    assert said(messages) == ["utter_intake_agreed"]
    assert passed_on() == ["vendeuse"]
    assert changed["intake"] is None


async def test_a_refusal_is_written_and_passes_nothing_on() -> None:
    await booked("ana6@exemple.fr")

    _, messages, _ = await run(FinishIntake(), tracker("non", "deny", {"intake": LINES, "intake_outcome": REFUSED}))

    assert said(messages) == ["utter_intake_refused"]
    assert passed_on() == []


async def test_earlier_words_are_agreed_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.staff_accounts.someone_answers", lambda: False)
    await run(AskAdviser(), tracker("un conseiller", "ask_adviser"))

    await run(FinishIntake(), tracker("oui", "affirm", {"intake": LINES, "intake_outcome": AGREED_WITH_EARLIER}))

    decision = intake.standing(container.unit_of_work(), CONVERSATION, container.now()).decision
    assert decision is not None
    assert decision.for_request
    assert decision.earlier_until > 0


async def test_taking_back_asks_before_it_erases() -> None:
    await booked("ana7@exemple.fr")
    intake.agree(container.unit_of_work(), CONVERSATION, {Topic.HOPE: "souffler"}, container.now())

    asked, _, _ = await run(WithdrawIntake(), tracker("effacer ma préparation", "withdraw_intake"))
    before = passed_on()
    _, messages, _ = await run(WithdrawIntake(), tracker("oui", "affirm", {"offer": "withdraw_intake"}))

    assert asked["offer"] == "withdraw_intake"
    assert before == ["souffler"]
    assert said(messages) == ["utter_intake_withdrawn"]
    assert passed_on() == []


async def test_stopping_a_preparation_does_not_say_that_nothing_is_booked() -> None:
    _, messages, _ = await run(Stop(), tracker("stop", "stop", {"intake": LINES}, "intake_form"))

    assert said(messages) == ["utter_intake_stopped"]
