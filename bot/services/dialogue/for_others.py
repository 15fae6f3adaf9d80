"""Preparing an appointment for a relative, or for somebody one follows: the person concerned confirms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.text.normalize import fold_words
from bot.services.dialogue.turn import Line, Said, Step

_FOR_OTHERS = re.compile(
    r"quelqu un d autre|autre personne|pas (?:pour|pr) moi|un proche|(?:pour|pr) m(?:on|a) (?:fils|fille|frere|soeur"
    r"|mari|femme|mere|pere|conjointe?|compagn|amie?|collegue|cousine?|voisine?|niece|neveu|copine?)"
)


def for_somebody_else(state: Mapping[str, Any], said: Said) -> Step | None:
    """The person concerned will confirm by herself: her name and contact are asked, whatever was given."""
    if state.get("for_other") or said.asked not in ("person_name", "contact", "booking_confirmed"):
        return None
    if not _FOR_OTHERS.search(fold_words(said.text)):
        return None
    return Step({"for_other": True, "person_name": None, "contact": None}, (Line("utter_for_other"),))
