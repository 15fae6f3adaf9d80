"""Preparing an interview: reading each answer, then passing on what was agreed, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.turns import Events, carry_out, form_left_for, is_back_from_digression, said_in, set_slots
from bot.app import container
from bot.domain.booking.intake import Topic
from bot.domain.errors import NothingToPrepareFor
from bot.domain.text.french_format import moment
from bot.services.booking import intake
from bot.services.dialogue import intake as journey

FORM = "intake_form"
OFFER, WITHDRAW = "intake", "withdraw_intake"
ENDS = {
    journey.AGREED: "utter_intake_agreed",
    journey.AGREED_WITH_EARLIER: "utter_intake_agreed",
    journey.REFUSED: "utter_intake_refused",
    journey.NOTHING: "utter_intake_nothing",
    journey.NOBODY: "utter_intake_for_nobody",
}


class ConversationIntake:
    """Who would read what this conversation prepares, and what was agreed before."""

    def __init__(self, conversation_id: str) -> None:
        self._standing = intake.standing(container.unit_of_work(), conversation_id, container.now())

    def recipients(self) -> Mapping[str, Any]:
        """Words about who would read it."""
        found = self._standing.recipients
        words: dict[str, Any] = {"request": True} if found.request else {}
        if found.appointment:
            zone = container.relay_point(found.appointment.relay_point_code).zone
            words |= {"adviser": found.appointment.adviser_name, "moment": moment(found.appointment.starts_at, zone)}
        return words

    def kept(self) -> Mapping[str, str]:
        """The lines agreed before."""
        decision = self._standing.decision
        return {line.topic.value: line.text for line in decision.lines} if decision else {}


class ValidateIntakeForm(CepAction):
    """Reads one answer, a skip, or what to do with a line."""

    def name(self) -> str:
        return "validate_intake_form"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if is_back_from_digression(tracker):
            return [SlotSet("requested_slot", tracker.get_slot("requested_slot"))]
        said = said_in(tracker, FORM)
        desk = await in_thread(ConversationIntake, tracker.sender_id)
        step = journey.advance(tracker.current_slot_values(), said, desk)
        events = carry_out(step, dispatcher)
        if said.asked is not None:
            return events
        left = form_left_for(tracker, FORM)
        return [SlotSet("offer", None), *([SlotSet("paused_form", left)] if left else []), *events]


class FinishIntake(CepAction):
    """Passes on the lines kept, and says so only when it is written; a refusal is remembered."""

    def name(self) -> str:
        return "action_finish_intake"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        outcome = tracker.get_slot("intake_outcome")
        if outcome not in ENDS:
            return []
        try:
            await in_thread(_carry, str(outcome), tracker.sender_id, tracker.current_slot_values())
        except NothingToPrepareFor:
            # The appointment was cancelled, or the request answered, while they talked.
            outcome = journey.NOBODY
        dispatcher.utter_message(response=ENDS[outcome])
        offer = "booking" if outcome == journey.NOBODY else None
        return set_slots({**journey.EMPTY, "offer": offer})


class WithdrawIntake(CepAction):
    """Asks once, then takes back what was passed on."""

    def name(self) -> str:
        return "action_withdraw_intake"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        intent = ((tracker.latest_message or {}).get("intent") or {}).get("name")
        if tracker.get_slot("offer") != WITHDRAW or intent != "affirm":
            dispatcher.utter_message(response="utter_withdraw_intake_confirm")
            form = (tracker.active_loop or {}).get("name")
            paused = [SlotSet("paused_form", form)] if form and form != FORM else []
            return [ActiveLoop(None), SlotSet("requested_slot", None), *paused, SlotSet("offer", WITHDRAW)]
        there_was = await in_thread(intake.withdraw, container.unit_of_work(), tracker.sender_id)
        written = journey.written_lines(tracker.current_slot_values())
        response = "utter_intake_withdrawn" if there_was or written else "utter_intake_nothing_to_withdraw"
        dispatcher.utter_message(response=response)
        paused_form = tracker.get_slot("paused_form")
        follow = [SlotSet("paused_form", None), FollowupAction(paused_form)] if paused_form not in (None, FORM) else []
        return [*set_slots({**journey.EMPTY, "offer": None}), *follow]


def may_be_offered(conversation_id: str) -> bool:
    """Whether an intake may be offered now in this conversation; blocks."""
    return intake.standing(container.unit_of_work(), conversation_id, container.now()).may_be_offered


def remember_refusal(conversation_id: str) -> None:
    """Not to be offered again in this conversation; blocks."""
    intake.refuse(container.unit_of_work(), conversation_id, container.now())


def _carry(outcome: str, conversation_id: str, slots: Mapping[str, Any]) -> None:
    uow, now = container.unit_of_work(), container.now()
    if outcome == journey.REFUSED:
        intake.refuse(uow, conversation_id, now)
    elif outcome in (journey.AGREED, journey.AGREED_WITH_EARLIER):
        said = {Topic(topic): text for topic, text in journey.kept_lines(slots).items()}
        intake.agree(uow, conversation_id, said, now, earlier=outcome == journey.AGREED_WITH_EARLIER)
