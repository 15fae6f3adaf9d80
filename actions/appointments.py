"""Seeing, moving or cancelling an appointment, with its reference and a second proof."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.life_desk import LifeDesk, change
from actions.turns import Events, carry_out, is_back_from_digression, said_in, set_slots
from bot.app import container
from bot.domain.booking.appointments import Appointment
from bot.domain.errors import AppointmentClosed, BookingRefused, HoldLost, OpeningUnavailable, TooLateToChange
from bot.services.conversations import next_steps
from bot.services.dialogue import appointments as journey

FORM = "appointment_form"
CHANGES = {
    "cancel": "utter_cancelled",
    "move": "utter_moved",
    "take_earlier": "utter_moved",
    "follow": "utter_followed",
}
"""What is said once it is written."""


class ValidateAppointmentForm(CepAction):
    """Reads the reference, the second proof, the new opening or the confirmation."""

    def name(self) -> str:
        return "validate_appointment_form"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if is_back_from_digression(tracker):
            return [SlotSet("requested_slot", tracker.get_slot("requested_slot"))]
        said = said_in(tracker, FORM)
        state = tracker.current_slot_values()
        fresh = {**state, **journey.EMPTY} if said.asked is None else state
        step = await in_thread(journey.advance, fresh, said, LifeDesk(tracker.sender_id))
        cleared = set_slots(journey.EMPTY) if said.asked is None else []
        return [*cleared, *carry_out(step, dispatcher)]


class FinishAppointment(CepAction):
    """Does what was confirmed, and says so only when it is written."""

    def name(self) -> str:
        return "action_finish_appointment"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        purpose = tracker.get_slot("purpose")
        desk = LifeDesk(tracker.sender_id)
        if purpose == "show" and tracker.get_slot("appointment"):
            dispatcher.utter_message(response="utter_appointment_shown")
        if purpose not in CHANGES or not tracker.get_slot("manage_confirmed"):
            return set_slots(journey.EMPTY)
        try:
            changed = await in_thread(change, purpose, tracker.current_slot_values(), desk)
        except (OpeningUnavailable, HoldLost):
            if purpose == "take_earlier":
                dispatcher.utter_message(response="utter_earlier_lost", **(tracker.get_slot("appointment") or {}))
                return set_slots(journey.EMPTY)
            dispatcher.utter_message(response="utter_opening_taken")
            again = dict.fromkeys(("opening", "hold", "hold_until", "opening_words", "offers", "manage_confirmed"))
            return [*set_slots(again), FollowupAction(FORM)]
        except (TooLateToChange, AppointmentClosed):
            # It became too late while they talked: before that, the journey says so by itself.
            words = {**(tracker.get_slot("appointment") or {}), **await in_thread(desk.next_step, next_steps.LATE)}
            dispatcher.utter_message(response="utter_too_late_to_change", **words)
            return set_slots(journey.EMPTY)
        except BookingRefused:
            dispatcher.utter_message(response="utter_appointment_not_found")
            return set_slots(journey.EMPTY)
        return _said(changed, purpose, desk, dispatcher)


def _said(changed: Appointment, purpose: str, desk: LifeDesk, dispatcher: CollectingDispatcher) -> Events:
    words = desk.appointment_words(changed)
    response = CHANGES[purpose]
    dispatcher.utter_message(response=response, **words, attachments=container.calendar_files(changed))
    kept = None if purpose == "cancel" else changed.reference
    return set_slots({**journey.EMPTY, "purpose": None, "reference": kept, "case_closed": True})
