"""Saying the frame of the interview before a first appointment is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.services.dialogue.desk import Desk
from bot.services.dialogue.turn import Line, Step


def with_the_frame(after: Mapping[str, Any], step: Step, desk: Desk) -> Step:
    """The same step with the frame, said once with the recap: confirming accepts it. It is for who comes, alone."""
    if after.get("alliance") or after.get("for_other"):
        return step
    frame = desk.alliance(after.get("opening_words") or {})
    if not frame:
        return step
    changes = {**step.changes, "alliance": frame["version"]}
    return Step(changes, (*step.lines, Line("utter_alliance", {"frame_lines": frame["frame_lines"]})))
