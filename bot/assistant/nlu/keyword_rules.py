"""The answers whose words leave no doubt once something is asked, whatever the sentence alone looks like."""

import re
from collections.abc import Iterable

from bot.assistant.nlu.classifier import is_question as is_entry
from bot.assistant.nlu.expected import Expected
from bot.assistant.nlu.intent_groups import ANSWERS, INFORM, UNSURE
from bot.assistant.nlu.surface_patterns import (
    corrects,
    does_not_know,
    gives_up,
    gives_what_is_asked,
    goes_back_to_a_step,
    is_question,
    leading_agreement,
    looks_like_answer,
    names_appointment,
    says_where,
)
from bot.domain.text.normalize import fold

FEW_WORDS = 6
_WHY_ASKED = re.compile(
    r"(?:mais |et )?(?:a quoi (?:ca|cela) (?:vous )?sert|ca sert a quoi|(?:c'est )?pour quoi(?: faire)?)\W*$"
)
"""Naming no subject, while something is asked: why it is asked."""
_MAY_BE_LOST = frozenset({Expected.CONTACT, Expected.REFERENCE, Expected.FACT})
_IN_PROGRESS = {"move_appointment": "correct", "cancel_appointment": "stop"}
"""While something is being booked, "changer l'horaire" or "annuler" speak of it, not of an appointment taken before."""
_TAKEN_FOR_ANOTHER = UNSURE | ANSWERS | {"erase_data"}


def intent_from_keywords(text: str, name: str, expected: Expected) -> str | None:
    """The label these words alone make certain, taken for `name` so far; `None` when they make none."""
    if _WHY_ASKED.match(fold(text)):
        return "ask_why"
    if name in _TAKEN_FOR_ANOTHER and _is_lost(text, expected):
        return INFORM if gives_what_is_asked(text, expected) else "dont_know"
    if expected is Expected.AGREEMENT and leading_agreement(text) is False and name == "deny":
        return "stop" if gives_up(text) else "correct" if corrects(text) else None
    if expected is Expected.PLACE and name in UNSURE and says_where(text) and not is_question(text):
        return INFORM
    if name == "correct" and expected is Expected.CONTACT and gives_what_is_asked(text, expected):
        return INFORM
    if name in _IN_PROGRESS and not names_appointment(text):
        return _IN_PROGRESS[name]
    if name == "resume" and goes_back_to_a_step(text):
        return "go_back"
    return _as_place(text, expected) if name == "find_relay_point" and not is_question(text) else None


def question_meant(text: str, name: str, candidates: Iterable[str]) -> str | None:
    """The entry of "et c'est gratuit, on est d'accord ?", best candidates first: nobody agrees with a question mark."""
    if name != "affirm" or "?" not in text:
        return None
    return next(filter(is_entry, candidates), None)


def _is_lost(text: str, expected: Expected) -> bool:
    # A situation may be told after "je ne sais pas trop": only a short sentence says nothing else.
    is_whole = expected is not Expected.FACT or len(text.split()) <= FEW_WORDS
    return expected in _MAY_BE_LOST and is_whole and does_not_know(text)


def _as_place(text: str, expected: Expected) -> str | None:
    """A place is being chosen, or was: what names another one changes it, what only names one answers."""
    if corrects(text):
        return "correct"
    return INFORM if looks_like_answer(text, expected) else None
