"""Checking a right to the CEP, in conversation: only the questions that still decide something."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.knowledge.schemes import Scheme, scheme_of
from bot.services.dialogue.forms import ELIGIBILITY
from bot.services.dialogue.turn import LEFT_TO_RULES, Line, Slots, Step, UserMessage, missed

EMPTY = dict.fromkeys(("facts", "fact", "scheme", "misses"))


@dataclass(frozen=True)
class EligibilityPort:
    """The use cases of eligibility, bound to the rulebook in force."""

    read_facts: Callable[[str, str | None], dict[str, str]]
    next_question: Callable[[Mapping[str, str], Scheme], str | None]


def advance(slots: Slots, said: UserMessage, port: EligibilityPort) -> Step:
    """What this message says of the person's situation, and the next question if one still matters."""
    if said.is_left_to_rules(ELIGIBILITY):
        return LEFT_TO_RULES
    if said.intent == "go_back" and said.asked:
        return _go_back(slots, port)
    facts = dict(slots.get("facts") or {})
    asked = slots.get("fact") if said.asked else None
    # "Et si je démissionne ?" speaks of another situation than the person's own.
    read = {} if said.intent == "what_if" else port.read_facts(said.text, asked)
    scheme = scheme_of(said.text)
    if asked and not read and not scheme:
        return missed(slots, "fact")
    changed = {name: value for name, value in read.items() if facts.get(name) not in (None, value)}
    changes: dict[str, Any] = {"facts": {**facts, **read}, "misses": 0}
    if scheme:
        changes["scheme"] = scheme.value
    lines = (Line("utter_fact_corrected"),) if changed and said.asked else ()
    return _go_on(slots, Step(changes, lines), port)


def _go_on(slots: Slots, step: Step, port: EligibilityPort) -> Step:
    after = {**slots, **step.changes}
    scheme = Scheme(after.get("scheme") or Scheme.NATIONAL_2019.value)
    question = port.next_question(after.get("facts") or {}, scheme)
    return Step({**step.changes, "fact": question}, step.lines, "fact" if question else None)


def _go_back(slots: Slots, port: EligibilityPort) -> Step:
    facts = dict(slots.get("facts") or {})
    if not facts:
        return Step({"misses": 0}, (Line("utter_nothing_before"),), "fact")
    facts.popitem()
    return _go_on(slots, Step({"facts": facts, "misses": 0}, (Line("utter_went_back"),)), port)
