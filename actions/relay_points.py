"""Finding the nearest relay points and saying what they are like."""

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CepAction, in_thread
from actions.booking_adapter import BookingAdapter
from actions.forms import ValidateForm
from actions.turns import Events
from actions.typed_text import IN_PERSON, PHONE
from bot.app import container
from bot.domain.text.french_format import access, distance, first_opening, moment
from bot.services.booking import nearest
from bot.services.dialogue import nearest as journey
from bot.services.dialogue.forms import NEAREST
from bot.services.dialogue.turn import Slots, Step, UserMessage


class ValidateNearestForm(ValidateForm):
    """Reads the place; with one already known, nothing is asked."""

    form = NEAREST

    def advance(self, conversation_id: str, slots: Slots, said: UserMessage) -> Step:
        return journey.advance(slots, said, BookingAdapter(conversation_id))

    def begin(self, tracker: Tracker) -> Events:
        return []


class ShowNearest(CepAction):
    """Lists the nearest points: distance, address, hours, access and first opening."""

    action = "action_show_nearest"

    async def execute(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        place = tracker.get_slot("place")
        if not place:
            return []
        adapter = BookingAdapter(tracker.sender_id)
        found = await in_thread(_find, adapter, place, bool(tracker.get_slot("step_free")))
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
        is_far = at_home and nearest.is_far(found, adapter.rules)
        called = await in_thread(_by_phone, adapter, place) if is_far else None
        if called:
            dispatcher.utter_message(response="utter_nearest_by_phone", moment=called)
        return [SlotSet("offer", "booking"), SlotSet("offers", None)]


def _find(adapter: BookingAdapter, place: dict[str, Any], step_free: bool) -> Sequence[nearest.Nearby]:
    """The places known to suit; all of them when none is."""
    suited = adapter.find(place, None, IN_PERSON, step_free=True) if step_free else ()
    return suited or adapter.find(place, None, IN_PERSON)


def _by_phone(adapter: BookingAdapter, place: dict[str, Any]) -> str | None:
    """The first appointment by phone, in words."""
    for near in adapter.find(place, None, PHONE)[:1]:
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
