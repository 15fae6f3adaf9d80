"""Steps in the person's way: only places known to have none are proposed, and nothing else of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.services.dialogue.desk import Desk
from bot.services.dialogue.turn import Said, Step

State = Mapping[str, Any]


def note_needs(state: State, said: Said, desk: Desk) -> tuple[State, Mapping[str, Any]]:
    """The state once it is noted, and what changes: the offers made before are forgotten."""
    if state.get("step_free") or said.asked in ("person_name", "contact") or not desk.needs_step_free(said.text):
        return state, {}
    needs = {"step_free": True, "offers": None}
    return {**state, **needs}, needs


def with_needs(needs: Mapping[str, Any], step: Step) -> Step:
    """The same step, the need noted with it."""
    return replace(step, changes={**needs, **step.changes})
