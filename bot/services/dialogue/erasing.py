"""Having one's data erased, in conversation: what is kept, what becomes of an appointment to come, a last yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.text.normalize import fold_words
from bot.services.dialogue.turn import LEFT_TO_RULES, Line, Said, Step, missed

State = Mapping[str, Any]
FORM = "erase_form"
KEEP, CANCEL = "keep", "cancel"
EMPTY = dict.fromkeys(("erase_appointment", "erase_confirmed", "misses"))
_NOTHING = ("rien", "stop", "laisse", "laissez")


@dataclass(frozen=True)
class Kept:
    """What the conversation left: names of traces, the words of an appointment to come, whether it can be cancelled."""

    traces: tuple[str, ...]
    upcoming: str = ""
    can_cancel: bool = False


class ErasureDesk(Protocol):
    """What knows what is kept."""

    def kept(self) -> Kept:
        """What is kept of this conversation and of the appointments taken in it."""


def advance(state: State, said: Said, desk: ErasureDesk) -> Step:
    """What this message brings, and what to ask next."""
    if said.is_left_to_rules(FORM):
        return LEFT_TO_RULES
    if said.asked is None or said.intent == "go_back":
        return _start(desk.kept())
    answer = _ANSWERS.get(said.asked)
    return answer(state, said) if answer else _start(desk.kept())


def _start(kept: Kept) -> Step:
    told = [Line("utter_erase_what", {"traces": " ".join(kept.traces), "upcoming": kept.upcoming})]
    if kept.can_cancel:
        return Step({**EMPTY, "misses": 0}, tuple(told), "erase_appointment")
    if kept.upcoming:
        told.append(Line("utter_erase_too_late", {"upcoming": kept.upcoming}))
    return Step({**EMPTY, "misses": 0, "erase_appointment": KEEP}, tuple(told), "erase_confirmed")


def _appointment(state: State, said: Said) -> Step:
    words = fold_words(said.text)
    if any(word in words.split() for word in _NOTHING):
        return _left_alone()
    if "gard" in words or ("annul" in words and " pas" in words):
        return Step({"erase_appointment": KEEP, "misses": 0}, (), "erase_confirmed")
    if "annul" in words or "supprim" in words:
        return Step({"erase_appointment": CANCEL, "misses": 0}, (), "erase_confirmed")
    return _left_alone() if said.intent == "deny" else missed(state, "erase_appointment")


def _confirmed(state: State, said: Said) -> Step:
    words = fold_words(said.text).split()
    refused = {"pas", *_NOTHING} & set(words)
    if said.intent == "deny" or refused:
        return _left_alone()
    if said.intent == "affirm" or any(word.startswith(("effac", "supprim")) for word in words):
        return Step({"erase_confirmed": True, "misses": 0})
    return missed(state, "erase_confirmed")


def _left_alone() -> Step:
    return Step(dict(EMPTY), (Line("utter_erase_nothing"),))


_ANSWERS = {"erase_appointment": _appointment, "erase_confirmed": _confirmed}
