"""Reaching a person: the request is recorded, with a dated promise."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.turns import Events
from bot import bootstrap, staff
from bot.domain.handovers import Promise
from bot.services import handover
from bot.wording import moment, week


class AskAdviser(CepAction):
    """Records the request, first time and without argument; what was in progress can be resumed."""

    def name(self) -> str:
        return "action_ask_adviser"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        promise = await in_thread(_ask, tracker.sender_id)
        response = "utter_handover_already" if promise.already else _by_hours(promise.open_now)
        dispatcher.utter_message(response=response, due=moment(promise.due_at), hours=_hours(promise))
        form = (tracker.active_loop or {}).get("name") or tracker.get_slot("paused_form")
        dispatcher.utter_message(response="utter_handover_paused" if form else "utter_handover_meanwhile")
        paused = [SlotSet("paused_form", form)] if form else []
        return [ActiveLoop(None), SlotSet("requested_slot", None), *paused, SlotSet("offer", None)]


def _ask(conversation_id: str) -> Promise:
    live = staff.someone_answers()
    hours = bootstrap.adviser_hours()
    return handover.ask(bootstrap.unit_of_work(), conversation_id, None, bootstrap.now(), hours, live=live)


def _by_hours(open_now: bool) -> str:
    return "utter_handover_open" if open_now else "utter_handover_closed"


def _hours(promise: Promise) -> str:
    return week([(half.weekday, half.starts, half.ends) for half in promise.hours.half_days])
