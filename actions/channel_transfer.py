"""Going on elsewhere: the code by which this conversation continues on Telegram."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.turns import Events
from bot.app import container
from bot.services.chats.inbox import CHANNEL
from bot.services.conversations import channel_transfer


class ContinueOnTelegram(CepAction):
    """Gives a code for Telegram; the journey in progress waits there as it stands here."""

    action = "action_go_on_elsewhere"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        telegram = container.settings().telegram
        if tracker.get_latest_input_channel() == CHANNEL:
            dispatcher.utter_message(response="utter_go_on_is_here")
        elif not telegram.token:
            dispatcher.utter_message(response="utter_go_on_not_offered")
        else:
            code = await in_thread(
                channel_transfer.new_code, container.unit_of_work(), tracker.sender_id, container.now()
            )
            minutes = int(channel_transfer.LASTS.total_seconds()) // 60
            named = telegram.name
            response = "utter_go_on_code" if named else "utter_go_on_code_unnamed"
            dispatcher.utter_message(response=response, code=code, minutes=minutes, bot=named)
        return []
