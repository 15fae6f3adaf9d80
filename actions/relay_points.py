"""Finding the nearest relay points and saying what they are like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.desk import BookingDesk
from actions.turns import Events, carry_out, is_back_from_digression, said_in
from actions.typed_text import IN_PERSON, PHONE
from bot.app import container
from bot.domain.text.french_format import access, distance, first_opening, moment
from bot.services.booking import nearest
from bot.services.dialogue import nearest as journey

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
        desk = BookingDesk(tracker.sender_id)
        found = await in_thread(_find, desk, place, bool(tracker.get_slot("step_free")))
        label, department = place["label"], place["department"]
        if not found:
            dispatcher.utter_message(response="utter_nearest_none", place_label=label)
            return []
        at_home = department in container.settings().home_departments
        dispatcher.utter_message(
            response="utter_nearest" if at_home else "utter_nearest_elsewhere",
            place_label=label,
            points="\n".join(_described(near) for near in found),
            portal=container.library().operators.portal_of(department),
        )
        is_far = at_home and nearest.is_far(found, desk.rules)
        called = await in_thread(_by_phone, desk, place) if is_far else None
        if called:
            dispatcher.utter_message(response="utter_nearest_by_phone", moment=called)
        return [SlotSet("offer", "booking"), SlotSet("offers", None)]


def _find(desk: BookingDesk, place: dict[str, Any], step_free: bool) -> Sequence[nearest.Nearby]:
    """The places known to suit; all of them when none is."""
    suited = desk.find(place, None, IN_PERSON, step_free=True) if step_free else ()
    return suited or desk.find(place, None, IN_PERSON)


def _by_phone(desk: BookingDesk, place: dict[str, Any]) -> str | None:
    """The first appointment by phone, in words."""
    for near in desk.find(place, None, PHONE)[:1]:
        if near.first_opening:
            return moment(near.first_opening.starts_at, near.relay_point.zone)
    return None


def _described(near: nearest.Nearby) -> str:
    point = near.relay_point
    facts = [
        f"{point.address}, {point.postcode} {point.city}",
        point.opening_hours,
        " ; ".join(part for part in (access(point.step_free), point.access) if part),
        ", ".join(part for part in (point.phone, point.email) if part),
        first_opening(near.first_opening.starts_at if near.first_opening else None, point.zone),
    ]
    return f"• {point.name} ({distance(near.distance_km)})\n   " + "\n   ".join(fact for fact in facts if fact)
