"""Preparing an interview: reading each answer, then passing on what was agreed, or nothing."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.forms import ValidateForm
from actions.turns import Events, intent_of, set_aside, set_slots, take_up
from bot.app import container
from bot.domain.booking.intake import Topic
from bot.domain.errors import NothingToPrepareFor
from bot.domain.text.french_format import moment
from bot.services.booking import intake
from bot.services.dialogue import intake as journey
from bot.services.dialogue.forms import INTAKE
from bot.services.dialogue.turn import Slots, Step, UserMessage

OFFER, WITHDRAW = "intake", "withdraw_intake"
ENDS = {
    journey.AGREED: "utter_intake_agreed",
    journey.AGREED_WITH_EARLIER: "utter_intake_agreed",
    journey.REFUSED: "utter_intake_refused",
    journey.NOTHING: "utter_intake_nothing",
    journey.NOBODY: "utter_intake_for_nobody",
}


class IntakeAdapter:
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

    def agreed_lines(self) -> Mapping[str, str]:
        """The lines agreed before."""
        decision = self._standing.decision
        return {line.topic.value: line.text for line in decision.lines} if decision else {}


class ValidateIntakeForm(ValidateForm):
    """Reads one answer, a skip, or what to do with a line."""

    form = INTAKE

    def advance(self, conversation_id: str, slots: Slots, said: UserMessage) -> Step:
        return journey.advance(slots, said, IntakeAdapter(conversation_id))

    def begin(self, tracker: Tracker) -> Events:
        return [SlotSet("offer", None), *super().begin(tracker)]


class FinishIntake(CepAction):
    """Passes on the lines kept, and says so only when it is written; a refusal is remembered."""

    action = "action_finish_intake"

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

    action = "action_withdraw_intake"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if tracker.get_slot("offer") != WITHDRAW or intent_of(tracker) != "affirm":
            dispatcher.utter_message(response="utter_withdraw_intake_confirm")
            return [*set_aside(tracker, INTAKE.name), SlotSet("offer", WITHDRAW)]
        there_was = await in_thread(intake.withdraw, container.unit_of_work(), tracker.sender_id)
        written = journey.written_lines(tracker.current_slot_values())
        response = "utter_intake_withdrawn" if there_was or written else "utter_intake_nothing_to_withdraw"
        dispatcher.utter_message(response=response)
        return [*set_slots({**journey.EMPTY, "offer": None}), *take_up(tracker, INTAKE.name)]


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
