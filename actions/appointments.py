"""Seeing, moving or cancelling an appointment, with its reference and a second proof."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.appointment_adapter import AppointmentAdapter, change
from actions.base import CepAction, in_thread
from actions.forms import ValidateForm
from actions.turns import Events, set_slots
from bot.app import container
from bot.domain.booking.appointments import Appointment
from bot.domain.errors import AppointmentClosed, BookingRefused, HoldLost, OpeningUnavailable, TooLateToChange
from bot.services.conversations import next_steps
from bot.services.dialogue import appointments as journey
from bot.services.dialogue.forms import APPOINTMENT
from bot.services.dialogue.openings import NO_OPENING
from bot.services.dialogue.turn import Slots, Step, UserMessage

CHANGES = {
    "cancel": "utter_cancelled",
    "move": "utter_moved",
    "take_earlier": "utter_moved",
    "follow": "utter_followed",
}
"""What is said once it is written."""


class ValidateAppointmentForm(ValidateForm):
    """Reads the reference, the second proof, the new opening or the confirmation."""

    form = APPOINTMENT

    def advance(self, conversation_id: str, slots: Slots, said: UserMessage) -> Step:
        fresh = {**slots, **journey.EMPTY} if said.asked is None else slots
        return journey.advance(fresh, said, AppointmentAdapter(conversation_id))

    def begin(self, tracker: Tracker) -> Events:
        return set_slots(journey.EMPTY)


class FinishAppointment(CepAction):
    """Does what was confirmed, and says so only when it is written."""

    action = "action_finish_appointment"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        purpose = tracker.get_slot("purpose")
        adapter = AppointmentAdapter(tracker.sender_id)
        if purpose == "show" and tracker.get_slot("appointment"):
            dispatcher.utter_message(response="utter_appointment_shown")
        if purpose not in CHANGES or not tracker.get_slot("manage_confirmed"):
            return set_slots(journey.EMPTY)
        try:
            changed = await in_thread(change, purpose, tracker.current_slot_values(), adapter)
        except BookingRefused as refused:
            return await _refused(refused, purpose, tracker, dispatcher, adapter)
        return _said(changed, purpose, adapter, dispatcher)


async def _refused(
    refused: BookingRefused,
    purpose: str,
    tracker: Tracker,
    dispatcher: CollectingDispatcher,
    adapter: AppointmentAdapter,
) -> Events:
    words = tracker.get_slot("appointment") or {}
    if isinstance(refused, (OpeningUnavailable, HoldLost)):
        if purpose != "take_earlier":
            dispatcher.utter_message(response="utter_opening_taken")
            return [*set_slots({**NO_OPENING, "manage_confirmed": None}), FollowupAction(APPOINTMENT.name)]
        dispatcher.utter_message(response="utter_earlier_lost", **words)
    elif isinstance(refused, (TooLateToChange, AppointmentClosed)):
        # It became too late while they talked: before that, the journey says so by itself.
        due = await in_thread(adapter.next_step, next_steps.LATE)
        dispatcher.utter_message(response="utter_too_late_to_change", **{**words, **due})
    else:
        dispatcher.utter_message(response="utter_appointment_not_found")
    return set_slots(journey.EMPTY)


def _said(changed: Appointment, purpose: str, adapter: AppointmentAdapter, dispatcher: CollectingDispatcher) -> Events:
    words = adapter.appointment_words(changed)
    response = CHANGES[purpose]
    dispatcher.utter_message(response=response, **words, attachments=container.calendar_files(changed))
    kept = None if purpose == "cancel" else changed.reference
    return set_slots({**journey.EMPTY, "purpose": None, "reference": kept, "case_closed": True})
