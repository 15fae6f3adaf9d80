"""Reaching a person: the request is recorded, with a dated promise."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.intake import OFFER as INTAKE_OFFER
from actions.intake import may_be_offered
from actions.turns import Events, active_form, set_aside
from bot.app import container, staff_accounts
from bot.domain.conversation.handovers import Promise
from bot.domain.text.french_format import moment, week
from bot.services.conversations import handover


class AskAdviser(CepAction):
    """Records the request, first time and without argument; what was in progress can be resumed."""

    action = "action_ask_adviser"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        promise, waits = await in_thread(_ask, tracker.sender_id)
        response = "utter_handover_already" if promise.already else _by_hours(promise.open_now)
        dispatcher.utter_message(response=response, due=moment(promise.due_at), hours=_hours(promise))
        form = active_form(tracker) or tracker.get_slot("paused_form")
        # While somebody is awaited here and now, the assistant keeps silent: nothing can be prepared with it.
        prepares = not form and not waits and await in_thread(may_be_offered, tracker.sender_id)
        meanwhile = "utter_handover_prepare" if prepares else "utter_handover_meanwhile"
        dispatcher.utter_message(response="utter_handover_paused" if form else meanwhile)
        return [*set_aside(tracker), SlotSet("offer", INTAKE_OFFER if prepares else None)]


def _ask(conversation_id: str) -> tuple[Promise, bool]:
    """The promise, and whether the person now waits here for somebody."""
    live = staff_accounts.someone_answers()
    hours = container.adviser_hours()
    promise = handover.ask(container.unit_of_work(), conversation_id, None, container.now(), hours, live=live)
    return promise, live and promise.open_now


def _by_hours(open_now: bool) -> str:
    return "utter_handover_open" if open_now else "utter_handover_closed"


def _hours(promise: Promise) -> str:
    return week([(half.weekday, half.starts, half.ends) for half in promise.hours.half_days])
