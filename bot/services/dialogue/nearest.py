"""Finding the nearest relay points, in conversation: one place is all that is asked."""

from bot.services.dialogue.forms import NEAREST
from bot.services.dialogue.ports import BookingPort
from bot.services.dialogue.turn import LEFT_TO_RULES, Slots, Step, UserMessage
from bot.services.dialogue.whereabouts import answer_place, note_place


def advance(slots: Slots, said: UserMessage, port: BookingPort) -> Step:
    """The place said, or the question that still finds it."""
    if said.is_left_to_rules(NEAREST):
        return LEFT_TO_RULES
    if said.asked:
        return answer_place(slots, said, port)
    needs = {"step_free": True} if port.needs_step_free(said.text) else {}
    place = port.place(said.text, expected=False)
    if place.is_something:
        return note_place({"misses": 0, **needs}, place)
    return Step({"misses": 0, **needs}, (), None if slots.get("place") else "place")
