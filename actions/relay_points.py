"""Finding the nearest relay points and saying what they are like."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.desk import BookingDesk
from actions.turns import Events, carry_out, is_back_from_digression, said_in
from bot import bootstrap
from bot.services import nearest
from bot.services.dialogue import nearest as journey
from bot.wording import access, distance, first_opening

FORM = "nearest_form"


class ValidateNearestForm(CepAction):
    """Reads the place; with one already known, nothing is asked."""

    def name(self) -> str:
        return "validate_nearest_form"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if is_back_from_digression(tracker):
            return [SlotSet("requested_slot", tracker.get_slot("requested_slot"))]
        desk = BookingDesk(tracker.sender_id)
        step = await in_thread(journey.advance, tracker.current_slot_values(), said_in(tracker, FORM), desk)
        return carry_out(step, dispatcher)


class ShowNearest(CepAction):
    """Lists the nearest points: distance, address, hours, access and first opening."""

    def name(self) -> str:
        return "action_show_nearest"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        place = tracker.get_slot("place")
        if not place:
            return []
        found = await in_thread(_find, place)
        label, department = place["label"], place["department"]
        if not found:
            dispatcher.utter_message(response="utter_nearest_none", place_label=label)
            return []
        at_home = department in bootstrap.settings().home_departments
        dispatcher.utter_message(
            response="utter_nearest" if at_home else "utter_nearest_elsewhere",
            place_label=label,
            points="\n".join(_described(near) for near in found),
            portal=bootstrap.library().operators.portal_of(department),
        )
        return [SlotSet("offer", "booking"), SlotSet("offers", None)]


def _find(place: dict[str, Any]) -> tuple[nearest.Nearby, ...]:
    origin = (place["latitude"], place["longitude"])
    return nearest.find(bootstrap.unit_of_work(), origin, None, bootstrap.now(), bootstrap.rules())


def _described(near: nearest.Nearby) -> str:
    point = near.relay_point
    facts = [
        f"{point.address}, {point.postcode} {point.city}",
        point.opening_hours,
        access(point.step_free),
        point.phone,
        first_opening(near.first_opening.starts_at if near.first_opening else None, point.zone),
    ]
    return f"• {point.name} ({distance(near.distance_km)})\n   " + "\n   ".join(fact for fact in facts if fact)
