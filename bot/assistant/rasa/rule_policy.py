"""Rasa's rules, found without weighing each of them anew.

As shipped, the policy reads every rule again at every prediction and asks twice after each message: once for rules on
the words themselves, which this project has none of. Here a rule is laid out once. What is predicted is the same: a
test compares both on the rules of the project.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

_rasas_log = logging.getLogger("rasa.core.policies.rule_policy")
Found = tuple[str | None, str | None, bool]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class CompiledRulePolicy(RulePolicy):
    """`RulePolicy`, quicker."""

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        possible = [(key, _compiled(key)) for key in lookup]
        for age, state in enumerate(reversed(states)):
            if all(age >= len(steps) for _, steps in possible):
                break
            possible = [(key, steps) for key, steps in possible if age >= len(steps) or steps[age].holds(state)]
        return {key for key, _ in possible}

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> Found:
        if use_text_for_last_user_input and self._waits_for_intents():
            return None, None, False
        found: Found = super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)
        return found

    @staticmethod
    def format_tracker_states(states: list[dict[str, Any]]) -> Any:
        """The states in words, for Rasa's debugging alone, which would copy them whole at each prediction."""
        return RulePolicy.format_tracker_states(states) if _rasas_log.isEnabledFor(logging.DEBUG) else ""

    def _waits_for_intents(self) -> bool:
        """Whether each rule that may follow a message names its intent: no rule is then found by the words alone."""
        tables = (self.lookup.get(RULES) or {}, self.lookup.get(RULES_FOR_LOOP_UNHAPPY_PATH) or {})
        return all(_compiled(key)[0].names_intent_after_message for table in tables for key in table)


@dataclass(frozen=True)
class _Step:
    """One state of a rule: what the conversation's must hold, and what it must not."""

    has_action: bool
    names_intent_after_message: bool
    wanted: tuple[tuple[str, str, Any], ...]
    unwanted: tuple[tuple[str, str], ...]

    def holds(self, state: State) -> bool:
        """Whether a state of the conversation is as the rule says."""
        if not (self.has_action and state.get(PREVIOUS_ACTION)):
            # One of them begins a conversation: they agree only if both do.
            return not self.has_action and not state.get(PREVIOUS_ACTION)
        for part, name, value in self.wanted:
            if state.get(part, {}).get(name) != value:
                return False
        for part, name in self.unwanted:
            value = state.get(part, {}).get(name)
            if value and value != SHOULD_NOT_BE_SET:
                return False
        return True


@lru_cache(maxsize=4096)
def _compiled(key: str) -> tuple[_Step, ...]:
    """A rule's states, the last first; its key is their JSON, where tuples have become lists."""
    read: Callable[[str], list[State]] = RulePolicy._rule_key_to_state
    return tuple(_step(state) for state in reversed(read(key)))


def _step(state: State) -> _Step:
    found = [
        (part, name, tuple(value) if isinstance(value, list) else value)
        for part, held in state.items()
        for name, value in held.items()
    ]
    # The action first: it tells most rules apart.
    found.sort(key=lambda each: each[0] not in (PREVIOUS_ACTION, USER))
    action = state.get(PREVIOUS_ACTION) or {}
    return _Step(
        has_action=bool(action),
        names_intent_after_message=action.get(ACTION_NAME) != ACTION_LISTEN_NAME
        or bool((state.get(USER) or {}).get(INTENT)),
        wanted=tuple(each for each in found if each[2] and each[2] != SHOULD_NOT_BE_SET),
        unwanted=tuple((part, name) for part, name, value in found if value == SHOULD_NOT_BE_SET),
    )
