"""What the check of every form shares: the message as its journey reads it, the step carried out."""

from abc import abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.turns import Events, carry_out, form_left_for, is_back_from_digression, message_of
from bot.services.dialogue.forms import Form
from bot.services.dialogue.turn import Slots, Step, UserMessage


class ValidateForm(CepAction):
    """Reads one message said while a form asks something, or that starts it."""

    form: ClassVar[Form]

    def name(self) -> str:
        return f"validate_{self.form.name}"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if is_back_from_digression(tracker):
            return [SlotSet("requested_slot", tracker.get_slot("requested_slot"))]
        said = message_of(tracker, self.form.name)
        step = await in_thread(self.advance, tracker.sender_id, tracker.current_slot_values(), said)
        begun = self.begin(tracker) if said.asked is None else []
        return [*begun, *carry_out(step, dispatcher)]

    @abstractmethod
    def advance(self, conversation_id: str, slots: Slots, said: UserMessage) -> Step:
        """What this message brings to the journey; blocks."""

    def begin(self, tracker: Tracker) -> Events:
        """What a new run changes; the form left for this one is taken up again afterwards."""
        left = form_left_for(tracker, self.form.name)
        return [SlotSet("paused_form", left)] if left else []
