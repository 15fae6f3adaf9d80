"""Having one's data erased, in conversation: what is kept, what becomes of an appointment to come, a last yes."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.text.normalize import fold_words
from bot.services.dialogue.forms import ERASURE
from bot.services.dialogue.turn import LEFT_TO_RULES, Line, Slots, Step, UserMessage, missed

KEEP, CANCEL = "keep", "cancel"
EMPTY = dict.fromkeys(("erase_appointment", "erase_confirmed", "misses"))
_NOTHING = ("rien", "stop", "laisse", "laissez")


@dataclass(frozen=True)
class ErasureSummary:
    """What the conversation left: names of traces, the words of an appointment to come, whether it can be cancelled."""

    traces: tuple[str, ...]
    upcoming: str = ""
    can_cancel: bool = False


class ErasurePort(Protocol):
    """What knows what is left."""

    def summary(self) -> ErasureSummary:
        """What is kept of this conversation and of the appointments taken in it."""


def advance(slots: Slots, said: UserMessage, port: ErasurePort) -> Step:
    """What this message brings, and what to ask next."""
    if said.is_left_to_rules(ERASURE):
        return LEFT_TO_RULES
    if said.asked is None or said.intent == "go_back":
        return _start(port.summary())
    answer = _ANSWERS.get(said.asked)
    return answer(slots, said) if answer else _start(port.summary())


def _start(left: ErasureSummary) -> Step:
    told = [Line("utter_erase_what", {"traces": " ".join(left.traces), "upcoming": left.upcoming})]
    if left.can_cancel:
        return Step({**EMPTY, "misses": 0}, tuple(told), "erase_appointment")
    if left.upcoming:
        told.append(Line("utter_erase_too_late", {"upcoming": left.upcoming}))
    return Step({**EMPTY, "misses": 0, "erase_appointment": KEEP}, tuple(told), "erase_confirmed")


def _appointment(slots: Slots, said: UserMessage) -> Step:
    words = fold_words(said.text)
    if any(word in words.split() for word in _NOTHING):
        return _left_alone()
    if "gard" in words or ("annul" in words and " pas" in words):
        return Step({"erase_appointment": KEEP, "misses": 0}, (), "erase_confirmed")
    if "annul" in words or "supprim" in words:
        return Step({"erase_appointment": CANCEL, "misses": 0}, (), "erase_confirmed")
    return _left_alone() if said.intent == "deny" else missed(slots, "erase_appointment")


def _confirmed(slots: Slots, said: UserMessage) -> Step:
    words = fold_words(said.text).split()
    refused = {"pas", *_NOTHING} & set(words)
    if said.intent == "deny" or refused:
        return _left_alone()
    if said.intent == "affirm" or any(word.startswith(("effac", "supprim")) for word in words):
        return Step({"erase_confirmed": True, "misses": 0})
    return missed(slots, "erase_confirmed")


def _left_alone() -> Step:
    return Step(dict(EMPTY), (Line("utter_erase_nothing"),))


_ANSWERS = {"erase_appointment": _appointment, "erase_confirmed": _confirmed}
