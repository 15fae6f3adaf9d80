"""What is said beside the answer while booking: more time, steps in the way, an appointment for somebody else."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.text.normalize import fold_words
from bot.services.dialogue.openings import NO_OPENING
from bot.services.dialogue.ports import BookingPort
from bot.services.dialogue.turn import Line, Slots, Step, UserMessage

_MORE_TIME = (
    "plus longtemps", "plus de temps", "encore un peu de temps", "un peu de temps", "besoin de temps",
    "prolonge", "gardez le encore", "gardez la encore", "une minute", "deux minutes", "cinq minutes", "un instant",
)  # fmt: skip
_FOR_OTHERS = re.compile(
    r"quelqu un d autre|autre personne|pas (?:pour|pr) moi|un proche|(?:pour|pr) m(?:on|a) (?:fils|fille|frere|soeur"
    r"|mari|femme|mere|pere|conjointe?|compagn|amie?|collegue|cousine?|voisine?|niece|neveu|copine?)"
)


def more_time(slots: Slots, said: UserMessage, port: BookingPort) -> Step | None:
    """The opening kept longer, or the news that it was lost; `None` when more time is not what was asked."""
    if not slots.get("hold") or said.asked in (None, "place", "opening") or not _asks_for_time(said):
        return None
    kept = port.renew(slots["hold"])
    if kept is None:
        port.release()
        return Step(dict(NO_OPENING), (Line("utter_hold_ended"),))
    return Step({"hold_until": kept["until"], "misses": 0}, (Line("utter_hold_renewed", kept),), said.asked)


def _asks_for_time(said: UserMessage) -> bool:
    words = fold_words(said.text)
    return said.intent == "keep_longer" or any(each in words for each in _MORE_TIME)


def for_somebody_else(slots: Slots, said: UserMessage) -> Step | None:
    """The person concerned will confirm by herself: her name and contact are asked, whatever was given."""
    if slots.get("for_other") or said.asked not in ("person_name", "contact", "booking_confirmed"):
        return None
    if not _FOR_OTHERS.search(fold_words(said.text)):
        return None
    return Step({"for_other": True, "person_name": None, "contact": None}, (Line("utter_for_other"),))


def note_needs(slots: Slots, said: UserMessage, port: BookingPort) -> tuple[Slots, Mapping[str, Any]]:
    """The slots once steps in the way are noted, and what changes: the offers made before are forgotten.

    Only places known to have no steps are proposed from then on, and nothing else of it is kept.
    """
    if slots.get("step_free") or said.asked in ("person_name", "contact") or not port.needs_step_free(said.text):
        return slots, {}
    needs = {"step_free": True, "offers": None}
    return {**slots, **needs}, needs


def with_needs(needs: Mapping[str, Any], step: Step) -> Step:
    """This step, with the need noted."""
    return replace(step, changes={**needs, **step.changes})
