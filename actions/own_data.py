"""What is kept of the person who talks: shown when they ask, erased when they say so."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.desk import BookingDesk
from actions.turns import Events, carry_out, form_left_for, is_back_from_digression, said_in, set_slots
from bot.app import container
from bot.domain.booking.appointments import Appointment
from bot.domain.text.french_format import listing
from bot.services.dialogue import erasing as journey
from bot.services.privacy import data_subject_requests

FORM = journey.FORM


class OwnDataDesk(BookingDesk):
    """What is kept of one conversation."""

    def kept(self) -> journey.Kept:
        """Names of traces, and the appointment to come in words."""
        found = data_subject_requests.kept(self._uow(), self.conversation_id, self.now)
        return journey.Kept(
            tuple(sorted(trace.value for trace in found.traces)),
            self.said(found.upcoming),
            bool(found.upcoming) and data_subject_requests.can_cancel(found.upcoming, self.now, self.rules),
        )

    def said(self, appointments: tuple[Appointment, ...]) -> str:
        """These appointments, in words."""
        return listing([self.appointment_words(each)["moment"] for each in appointments])


class ShowData(CepAction):
    """Says what is kept, for how long, and gives a copy."""

    def name(self) -> str:
        return "action_show_data"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        desk = OwnDataDesk(tracker.sender_id)
        kept = await in_thread(desk.kept)
        file = await in_thread(container.data_copy, tracker.sender_id)
        dispatcher.utter_message(response="utter_ask_data")
        dispatcher.utter_message(
            response="utter_own_data", traces=" ".join(kept.traces), upcoming=kept.upcoming, attachments=[file]
        )
        return []


class ValidateEraseForm(CepAction):
    """Reads what becomes of an appointment to come, and the last yes."""

    def name(self) -> str:
        return "validate_erase_form"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if is_back_from_digression(tracker):
            return [SlotSet("requested_slot", tracker.get_slot("requested_slot"))]
        desk = OwnDataDesk(tracker.sender_id)
        said = said_in(tracker, FORM)
        # Whoever changes their mind goes on with what they were doing.
        left = form_left_for(tracker, FORM) if said.asked is None else None
        step = await in_thread(journey.advance, tracker.current_slot_values(), said, desk)
        return [*([SlotSet("paused_form", left)] if left else []), *carry_out(step, dispatcher)]


class FinishErasure(CepAction):
    """Takes the person off their appointments; the channel erases the conversation once the turn is over."""

    def name(self) -> str:
        return "action_finish_erasure"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if not tracker.get_slot("erase_confirmed"):
            left = tracker.get_slot("paused_form")
            follow = [SlotSet("paused_form", None), FollowupAction(left)] if left not in (None, FORM) else []
            return [*set_slots(journey.EMPTY), *follow]
        desk = OwnDataDesk(tracker.sender_id)
        traces = (await in_thread(desk.kept)).traces
        cancel = tracker.get_slot("erase_appointment") == journey.CANCEL
        uow = container.unit_of_work()
        staying = await in_thread(
            data_subject_requests.let_go, uow, desk.conversation_id, desk.now, desk.rules, cancel=cancel
        )
        dispatcher.utter_message(
            response="utter_erased", traces=" ".join(traces), upcoming=desk.said(staying), cancelled=cancel, erases=True
        )
        return set_slots(journey.EMPTY)
