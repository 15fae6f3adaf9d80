"""Finding the nearest relay points, in conversation: one place is all that is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.services.dialogue.desk import Desk
from bot.services.dialogue.turn import LEFT_TO_RULES, Said, Step
from bot.services.dialogue.whereabouts import answer_place, note_place

FORM = "nearest_form"


def advance(state: Mapping[str, Any], said: Said, desk: Desk) -> Step:
    """The place said, or the question that still finds it."""
    if said.is_left_to_rules(FORM):
        return LEFT_TO_RULES
    if said.asked:
        return answer_place(state, said, desk)
    needs = {"step_free": True} if desk.needs_step_free(said.text) else {}
    place = desk.place(said.text, expected=False)
    if place.is_something:
        return note_place({"misses": 0, **needs}, place)
    return Step({"misses": 0, **needs}, (), None if state.get("place") else "place")
