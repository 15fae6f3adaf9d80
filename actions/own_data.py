"""What is kept of the person who talks: shown when they ask, erased when they say so."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.booking_adapter import BookingAdapter
from actions.forms import ValidateForm
from actions.turns import Events, set_slots, take_up
from bot.app import container
from bot.domain.booking.appointments import Appointment
from bot.domain.text.french_format import listing
from bot.services.dialogue import erasing as journey
from bot.services.dialogue.forms import ERASURE
from bot.services.dialogue.turn import Slots, Step, UserMessage
from bot.services.privacy import data_subject_requests


class OwnDataAdapter(BookingAdapter):
    """What is kept of one conversation."""

    def summary(self) -> journey.ErasureSummary:
        """Names of traces, and the appointment to come in words."""
        found = data_subject_requests.kept(self._uow(), self.conversation_id, self.now)
        return journey.ErasureSummary(
            tuple(sorted(trace.value for trace in found.traces)),
            self.said(found.upcoming),
            bool(found.upcoming) and data_subject_requests.can_cancel(found.upcoming, self.now, self.rules),
        )

    def said(self, appointments: tuple[Appointment, ...]) -> str:
        """These appointments, in words."""
        return listing([self.appointment_words(each)["moment"] for each in appointments])


class ShowData(CepAction):
    """Says what is kept, for how long, and gives a copy."""

    action = "action_show_data"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        adapter = OwnDataAdapter(tracker.sender_id)
        left = await in_thread(adapter.summary)
        file = await in_thread(container.data_copy, tracker.sender_id)
        dispatcher.utter_message(response="utter_ask_data")
        dispatcher.utter_message(
            response="utter_own_data", traces=" ".join(left.traces), upcoming=left.upcoming, attachments=[file]
        )
        return []


class ValidateEraseForm(ValidateForm):
    """Reads what becomes of an appointment to come, and the last yes; who changes their mind goes on as before."""

    form = ERASURE

    def advance(self, conversation_id: str, slots: Slots, said: UserMessage) -> Step:
        return journey.advance(slots, said, OwnDataAdapter(conversation_id))


class FinishErasure(CepAction):
    """Takes the person off their appointments; the channel erases the conversation once the turn is over."""

    action = "action_finish_erasure"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if not tracker.get_slot("erase_confirmed"):
            return [*set_slots(journey.EMPTY), *take_up(tracker, ERASURE.name)]
        adapter = OwnDataAdapter(tracker.sender_id)
        traces = (await in_thread(adapter.summary)).traces
        cancel = tracker.get_slot("erase_appointment") == journey.CANCEL
        uow = container.unit_of_work()
        staying = await in_thread(
            data_subject_requests.let_go, uow, adapter.conversation_id, adapter.now, adapter.rules, cancel=cancel
        )
        dispatcher.utter_message(
            response="utter_erased",
            traces=" ".join(traces),
            upcoming=adapter.said(staying),
            cancelled=cancel,
            erases=True,
        )
        return set_slots(journey.EMPTY)
