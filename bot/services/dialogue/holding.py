"""More time for an opening that is kept: once, when the person asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.text.normalize import fold_words
from bot.services.dialogue.desk import Desk
from bot.services.dialogue.openings import NO_OPENING
from bot.services.dialogue.turn import Line, Said, Step

_MORE_TIME = (
    "plus longtemps", "plus de temps", "encore un peu de temps", "un peu de temps", "besoin de temps",
    "prolonge", "gardez le encore", "gardez la encore", "une minute", "deux minutes", "cinq minutes", "un instant",
)  # fmt: skip


def more_time(state: Mapping[str, Any], said: Said, desk: Desk) -> Step | None:
    """The opening kept longer, or the news that it was lost; `None` when more time is not what was asked."""
    if not state.get("hold") or said.asked in (None, "place", "opening") or not asks_for_time(said):
        return None
    kept = desk.renew(state["hold"])
    if kept is None:
        desk.release()
        return Step(dict(NO_OPENING), (Line("utter_hold_ended"),))
    return Step({"hold_until": kept["until"], "misses": 0}, (Line("utter_hold_renewed", kept),), said.asked)


def asks_for_time(said: Said) -> bool:
    """Whether the person needs a little longer."""
    words = fold_words(said.text)
    return said.intent == "keep_longer" or any(each in words for each in _MORE_TIME)
