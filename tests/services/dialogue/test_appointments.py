"""The conversation about an existing appointment: limits said early, what follows it, earlier openings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.domain.errors import AlreadyBooked, AppointmentClosed, NotSeenYet, PathComplete, TooManyAttempts
from bot.services.dialogue import appointments as journey
from bot.services.dialogue.turn import Step, UserMessage
from tests.factories import MONDAY
from tests.services.dialogue.fake_booking_port import FakeBookingPort, offer

KNOWN = {"reference": "CEP-7K4M-2QX9", "proof": "ana@example.fr", "misses": 0}


class FakeAppointmentPort(FakeBookingPort):
    """The same, with one appointment; `refusal` is raised by what a test is about."""

    def __init__(
        self, *, blocked: str = "", refusal: Exception | None = None, same: int = 2, kept: bool = False
    ) -> None:
        super().__init__()
        self.blocked, self.refusal, self.same, self.kept = blocked, refusal, same, kept
        self.declined: list[str] = []

    def reference(self, text: str, *, expected: bool = False) -> str | None:
        return "CEP-7K4M-2QX9" if "7K4M" in text and ("CEP" in text or expected) else None

    def see(self, reference: str, proof: str) -> Mapping[str, str]:
        if isinstance(self.refusal, TooManyAttempts):
            raise self.refusal
        return {"moment": "mardi", "phone": "03 53", "blocked": self.blocked}

    def other_times(self, reference: str, proof: str, wish_text: str | None) -> list[Mapping[str, Any]]:
        return [offer(1)]

    def next_times(
        self, reference: str, proof: str, wish_text: str | None, *, other_adviser: bool
    ) -> list[Mapping[str, Any]]:
        if self.refusal:
            raise self.refusal
        return [offer(number) for number in range(3 if other_adviser else self.same)]

    def wait_earlier(self, reference: str, proof: str) -> Mapping[str, str]:
        if self.refusal:
            raise self.refusal
        return {"offer": "o1", "moment": "lundi"} if self.kept else {}

    def decline_earlier(self, offer: str) -> None:
        self.declined.append(offer)

    def try_again(self, at: Any) -> Mapping[str, str]:
        return {"again": at.isoformat()}


def start(intent: str, port: FakeAppointmentPort) -> Step:
    return journey.advance(KNOWN, UserMessage("CEP-7K4M-2QX9 ana@example.fr", intent), port)


def lines(step: Step) -> list[str]:
    return [line.response for line in step.lines]


@pytest.mark.parametrize(
    ("intent", "blocked", "line"),
    [
        ("move_appointment", "move", "utter_too_late_to_move"),
        ("move_appointment", "move cancel", "utter_too_late_to_change"),
        ("cancel_appointment", "move cancel", "utter_too_late_to_change"),
        ("cancel_appointment", "closed move cancel", "utter_appointment_closed"),
        ("move_appointment", "closed move cancel", "utter_appointment_closed"),
    ],
)
def test_what_is_too_late_is_said_before_anything_more_is_asked(intent: str, blocked: str, line: str) -> None:
    step = start(intent, FakeAppointmentPort(blocked=blocked))

    assert step.ask is None
    assert lines(step) == ["utter_appointment_found", line]


def test_what_can_still_be_done_goes_on() -> None:
    assert start("cancel_appointment", FakeAppointmentPort(blocked="move")).ask == "manage_confirmed"
    assert start("show_appointment", FakeAppointmentPort(blocked="closed move cancel")).ask is None


def test_too_late_comes_with_a_dated_next_step_and_a_phone_number() -> None:
    port = FakeAppointmentPort(blocked="move cancel")

    step = start("cancel_appointment", port)

    assert port.next_steps == ["too_late_to_change"]
    assert {"phone", "due"} <= step.lines[-1].values.keys()


def test_the_code_of_a_text_message_is_enough_when_it_was_asked() -> None:
    port = FakeAppointmentPort()

    asked = journey.advance({"purpose": "show"}, UserMessage("7K4M-2QX9", "inform", "reference"), port)
    unasked = journey.advance({}, UserMessage("7K4M-2QX9", "show_appointment"), port)

    assert asked.changes["reference"] == "CEP-7K4M-2QX9"
    assert "reference" not in unasked.changes


def test_too_many_tries_say_when_to_try_again() -> None:
    step = start("show_appointment", FakeAppointmentPort(refusal=TooManyAttempts(MONDAY)))

    assert lines(step) == ["utter_too_many_attempts"]
    assert step.lines[0].values == {"again": MONDAY.isoformat()}


# --- The next appointment -------------------------------------------------------------------------------------


def test_the_next_appointment_is_with_the_same_adviser_first() -> None:
    step = start("follow_appointment", FakeAppointmentPort())

    assert step.ask == "opening"
    assert len(step.changes["offers"]) == 2
    assert not step.changes.get("other_adviser")


def test_another_adviser_is_given_without_a_reason() -> None:
    port = FakeAppointmentPort()
    slots = {**KNOWN, "purpose": "follow", "appointment": {"blocked": ""}, "offers": [offer(0), offer(1)]}

    step = journey.advance(slots, UserMessage("Horaires avec quelqu’un d’autre", "other_openings", "opening"), port)

    assert step.ask == "opening"
    assert (step.changes["other_adviser"], len(step.changes["offers"])) == (True, 3)


def test_an_adviser_without_any_opening_is_replaced_and_it_is_said() -> None:
    step = start("follow_appointment", FakeAppointmentPort(same=0))

    assert lines(step)[-1] == "utter_no_same_adviser"
    assert step.ask == "opening"


@pytest.mark.parametrize(
    ("refusal", "line"),
    [
        (NotSeenYet(), "utter_not_seen_yet"),
        (AlreadyBooked(MONDAY, "demo_beaune"), "utter_next_already_booked"),
        (PathComplete(), "utter_path_complete"),
    ],
)
def test_a_next_appointment_that_cannot_be_is_explained(refusal: Exception, line: str) -> None:
    step = start("follow_appointment", FakeAppointmentPort(refusal=refusal))

    assert (lines(step)[-1], step.ask) == (line, None)


# --- Earlier --------------------------------------------------------------------------------------------------


def test_who_would_come_earlier_is_put_on_the_list() -> None:
    step = start("ask_earlier", FakeAppointmentPort())

    assert (lines(step)[-1], step.ask) == ("utter_waiting_list", None)


def test_what_is_kept_is_offered_and_a_no_gives_it_back() -> None:
    port = FakeAppointmentPort(kept=True)

    offered = start("ask_earlier", port)
    refused = journey.advance({**KNOWN, **offered.changes}, UserMessage("non", "deny", "manage_confirmed"), port)

    assert (offered.changes["purpose"], offered.ask) == ("take_earlier", "manage_confirmed")
    assert port.declined == ["o1"]
    assert lines(refused) == ["utter_nothing_changed"]


def test_a_yes_takes_it() -> None:
    port = FakeAppointmentPort(kept=True)
    offered = start("ask_earlier", port)

    taken = journey.advance({**KNOWN, **offered.changes}, UserMessage("oui", "affirm", "manage_confirmed"), port)

    assert taken.ask is None
    assert taken.changes["manage_confirmed"]
    assert port.declined == []


def test_a_past_appointment_waits_for_nothing() -> None:
    step = start("ask_earlier", FakeAppointmentPort(refusal=AppointmentClosed()))

    assert lines(step)[-1] == "utter_appointment_closed"
