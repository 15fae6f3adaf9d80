"""Leaving, resuming or starting a journey again, and information given without a question."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.booking_adapter import BookingAdapter
from actions.intake import OFFER as INTAKE_OFFER
from actions.intake import remember_refusal
from actions.turns import Events, active_form, intent_of, set_aside, set_slots, take_up
from bot.app import container
from bot.services import eligibility
from bot.services.dialogue import appointments, booking
from bot.services.dialogue import eligibility as situation
from bot.services.dialogue import intake as preparation
from bot.services.dialogue.forms import APPOINTMENT, BOOKING, ELIGIBILITY, INTAKE, NEAREST


class Stop(CepAction):
    """Sets the journey in progress aside; nothing is lost, nothing is booked."""

    action = "action_stop"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        form = active_form(tracker)
        if form is None:
            dispatcher.utter_message(response="utter_nothing_to_stop")
            return [SlotSet("offer", None)]
        dispatcher.utter_message(response="utter_intake_stopped" if form == INTAKE.name else "utter_stopped")
        return [*set_aside(tracker), SlotSet("offer", "resume")]


class PauseJourney(CepAction):
    """Sets the journey aside after words of care, without a word: the person comes first."""

    action = "action_pause_journey"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return [*set_aside(tracker), SlotSet("offer", None)]


class Resume(CepAction):
    """Takes up the journey that was set aside, where it stood."""

    action = "action_resume"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        events = take_up(tracker)
        dispatcher.utter_message(response="utter_resumed" if events else "utter_nothing_to_resume")
        return [SlotSet("offer", None), *events]


class StartOver(CepAction):
    """Asks once, then forgets the answers in progress; a booked appointment is not touched."""

    action = "action_start_over"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if tracker.get_slot("offer") != "start_over" or intent_of(tracker) != "affirm":
            dispatcher.utter_message(response="utter_start_over_confirm")
            return [*set_aside(tracker), SlotSet("offer", "start_over")]
        await in_thread(BookingAdapter(tracker.sender_id).release)
        dispatcher.utter_message(response="utter_started_over")
        forgotten = {**booking.EMPTY, **situation.EMPTY, **appointments.EMPTY, **preparation.EMPTY}
        return set_slots({**forgotten, "reference": None, "purpose": None, "paused_form": None, "offer": None})


class DeclineOffer(CepAction):
    """Takes a no to what was offered."""

    action = "action_decline_offer"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if tracker.get_slot("offer") == "start_over":
            dispatcher.utter_message(response="utter_kept_going")
            return [SlotSet("offer", None), *take_up(tracker)]
        if tracker.get_slot("offer") == INTAKE_OFFER:
            await in_thread(remember_refusal, tracker.sender_id)
        dispatcher.utter_message(response="utter_nothing_pending_no")
        return [SlotSet("offer", None)]


class RouteInformation(CepAction):
    """Uses what was said without being asked: a situation is checked, a place or a time starts a search."""

    action = "action_route_information"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        message = tracker.latest_message or {}
        if (message.get("metadata") or {}).get("expects") == "opinion.reason":
            dispatcher.utter_message(response="utter_reason_noted")
            return []
        text = str(message.get("text") or "")
        adapter = BookingAdapter(tracker.sender_id)
        if adapter.reference(text):
            return [SlotSet("purpose", "show"), FollowupAction(APPOINTMENT.name)]
        facts = eligibility.read_facts(container.library().rulebook, text, None)
        if facts.keys() - {"department"}:
            return [FollowupAction(ELIGIBILITY.name)]
        place = await in_thread(lambda: adapter.place(text, expected=True))
        if place.is_something:
            return [FollowupAction(NEAREST.name)]
        if adapter.wish(text).is_wanted:
            return [FollowupAction(BOOKING.name)]
        dispatcher.utter_message(response="utter_fallback")
        return []
