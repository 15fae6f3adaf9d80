"""Leaving, resuming or starting a journey again, and information given without a question."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.desk import BookingDesk
from actions.intake import FORM as INTAKE_FORM
from actions.intake import OFFER as INTAKE_OFFER
from actions.intake import remember_refusal
from actions.turns import Events, set_slots
from bot.app import container
from bot.services import eligibility
from bot.services.dialogue import appointments, booking
from bot.services.dialogue import eligibility as situation
from bot.services.dialogue import intake as preparation

_SET_ASIDE: tuple[Any, ...] = (ActiveLoop(None), SlotSet("requested_slot", None))


class Stop(CepAction):
    """Sets the journey in progress aside; nothing is lost, nothing is booked."""

    def name(self) -> str:
        return "action_stop"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        form = _active(tracker)
        if form is None:
            dispatcher.utter_message(response="utter_nothing_to_stop")
            return [SlotSet("offer", None)]
        dispatcher.utter_message(response="utter_intake_stopped" if form == INTAKE_FORM else "utter_stopped")
        return [*_SET_ASIDE, SlotSet("paused_form", form), SlotSet("offer", "resume")]


class PauseJourney(CepAction):
    """Sets the journey aside after words of care, without a word: the person comes first."""

    def name(self) -> str:
        return "action_pause_journey"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        form = _active(tracker)
        paused = [SlotSet("paused_form", form)] if form else []
        return [*_SET_ASIDE, *paused, SlotSet("offer", None)]


class Resume(CepAction):
    """Takes up the journey that was set aside, where it stood."""

    def name(self) -> str:
        return "action_resume"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        form = tracker.get_slot("paused_form")
        if not form:
            dispatcher.utter_message(response="utter_nothing_to_resume")
            return [SlotSet("offer", None)]
        dispatcher.utter_message(response="utter_resumed")
        return [SlotSet("paused_form", None), SlotSet("offer", None), FollowupAction(form)]


class StartOver(CepAction):
    """Asks once, then forgets the answers in progress; a booked appointment is not touched."""

    def name(self) -> str:
        return "action_start_over"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        form = _active(tracker)
        intent = ((tracker.latest_message or {}).get("intent") or {}).get("name")
        if tracker.get_slot("offer") != "start_over" or intent != "affirm":
            dispatcher.utter_message(response="utter_start_over_confirm")
            paused = [SlotSet("paused_form", form)] if form else []
            return [*_SET_ASIDE, *paused, SlotSet("offer", "start_over")]
        await in_thread(BookingDesk(tracker.sender_id).release)
        dispatcher.utter_message(response="utter_started_over")
        forgotten = {**booking.EMPTY, **situation.EMPTY, **appointments.EMPTY, **preparation.EMPTY}
        return set_slots({**forgotten, "reference": None, "purpose": None, "paused_form": None, "offer": None})


class DeclineOffer(CepAction):
    """Takes a no to what was offered."""

    def name(self) -> str:
        return "action_decline_offer"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        paused = tracker.get_slot("paused_form")
        if tracker.get_slot("offer") == "start_over":
            dispatcher.utter_message(response="utter_kept_going")
            follow = [SlotSet("paused_form", None), FollowupAction(paused)] if paused else []
            return [SlotSet("offer", None), *follow]
        if tracker.get_slot("offer") == INTAKE_OFFER:
            await in_thread(remember_refusal, tracker.sender_id)
        dispatcher.utter_message(response="utter_nothing_pending_no")
        return [SlotSet("offer", None)]


class RouteInformation(CepAction):
    """Uses what was said without being asked: a situation is checked, a place or a time starts a search."""

    def name(self) -> str:
        return "action_route_information"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        message = tracker.latest_message or {}
        if (message.get("metadata") or {}).get("expects") == "opinion.reason":
            dispatcher.utter_message(response="utter_reason_noted")
            return []
        text = str(message.get("text") or "")
        desk = BookingDesk(tracker.sender_id)
        if desk.reference(text):
            return [SlotSet("purpose", "show"), FollowupAction("appointment_form")]
        facts = eligibility.read_facts(container.library().rulebook, text, None)
        if facts.keys() - {"department"}:
            return [FollowupAction("eligibility_form")]
        place = await in_thread(lambda: desk.place(text, expected=True))
        if place.is_something:
            return [FollowupAction("nearest_form")]
        if desk.wish(text).is_wanted:
            return [FollowupAction("booking_form")]
        dispatcher.utter_message(response="utter_fallback")
        return []


def _active(tracker: Tracker) -> str | None:
    name = (tracker.active_loop or {}).get("name")
    return str(name) if name else None
