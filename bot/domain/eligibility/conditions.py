"""Conditions on the facts of a situation, answered with true, false or "cannot tell yet".

A fact nobody has said is false if nobody will ask for it, and unknown if it may still be asked:
that difference is what lets the rules choose the next question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Truth(Enum):
    """Whether a condition holds."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Situation:
    """What is known of a person, and the facts that may still be asked."""

    facts: Mapping[str, str]
    open: frozenset[str] = frozenset()

    def truth_of(self, fact: str, values: frozenset[str]) -> Truth:
        """Whether this fact has one of these values."""
        if fact in self.facts:
            return Truth.TRUE if self.facts[fact] in values else Truth.FALSE
        return Truth.UNKNOWN if fact in self.open else Truth.FALSE


@dataclass(frozen=True)
class Condition:
    """Facts that must hold together.

    `any_of`: one of these at least. `said`: facts that must have been said, whatever their value.
    `unless`: whatever has been said and makes one of these true refuses; what is not said does not.
    """

    facts: tuple[tuple[str, frozenset[str]], ...] = ()
    any_of: tuple[Condition, ...] = ()
    said: frozenset[str] = frozenset()
    unless: tuple[Condition, ...] = ()

    def truth(self, situation: Situation) -> Truth:
        """Whether the condition holds for this situation."""
        if not self.said <= situation.facts.keys() or self._is_refused(situation):
            return Truth.FALSE
        parts = [situation.truth_of(fact, values) for fact, values in self.facts]
        if self.any_of:
            parts.append(_one_of(condition.truth(situation) for condition in self.any_of))
        return _all_of(parts)

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Whether the condition holds for what has been said, taking the rest as false."""
        return self.truth(Situation(facts)) is Truth.TRUE

    def named_facts(self) -> frozenset[str]:
        """Every fact the condition looks at."""
        inner = [condition.named_facts() for condition in (*self.any_of, *self.unless)]
        return frozenset(fact for fact, _ in self.facts).union(self.said, *inner)

    def _is_refused(self, situation: Situation) -> bool:
        return any(condition.truth(situation) is Truth.TRUE for condition in self.unless)


def _all_of(parts: Iterable[Truth]) -> Truth:
    found = set(parts)
    if Truth.FALSE in found:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.TRUE


def _one_of(parts: Iterable[Truth]) -> Truth:
    found = set(parts)
    if Truth.TRUE in found:
        return Truth.TRUE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.FALSE
