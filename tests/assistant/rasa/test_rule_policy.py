"""Rules laid out once lead where Rasa's own reading of them leads."""

from __future__ import annotations

import hashlib
import inspect
import json
import random
import tarfile
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.constants import SHOULD_NOT_BE_SET

from bot.assistant.rasa.rule_policy import CompiledRulePolicy, _compiled
from tests.nlu.trained_model import model_path

SOURCES = {
    "_get_possible_keys": "2915fd81711e194c6d667728e00bd0e51e9c1c2791a0be14c55f0ef9938f9936",
    "_is_rule_applicable": "64a108b016b46e573d6020b755a6036439dc207a364b45c9ea5dcb0f18dc7068",
    "_does_rule_match_state": "d3109c1a97de319ceee17570d2d96b51c2fa0006379c5a491d5ed7df136666a7",
    "_find_action_from_rules": "be6da6ee0f5429bd9bbded9f22186f3729469e5b392949493fd34a00ef9531d9",
    "_predict": "f5182d8a10639e14d2643795210767a17fc4c8b5c2852b946f41c6c9f1a8a4e0",
}
STATES_TRIED = 400

State = dict[str, Any]


def rule(*states: State) -> str:
    """A rule's key."""
    return json.dumps(states)


def after_listening(**parts: Any) -> State:
    return {"prev_action": {"action_name": "action_listen"}, **parts}


@pytest.fixture(scope="module")
def lookup() -> dict[str, dict[str, str]]:
    """The rules of the trained model, as it keeps them."""
    model = model_path()
    assert model, "make train"
    with tarfile.open(model) as archive:
        member = next(each for each in archive.getnames() if each.endswith("/rule_policy.json"))
        file = archive.extractfile(member)
        assert file
        return dict(json.load(file)["lookup"])


@pytest.mark.parametrize("name", SOURCES)
def test_rasas_own_functions_are_those_this_was_written_for(name: str) -> None:
    source = inspect.getsource(getattr(RulePolicy, name))

    assert hashlib.sha256(source.encode()).hexdigest() == SOURCES[name]


@pytest.mark.trained
@pytest.mark.parametrize("table", [RULES, RULES_FOR_LOOP_UNHAPPY_PATH])
def test_the_rules_that_hold_are_those_rasa_finds(lookup: dict[str, dict[str, str]], table: str) -> None:
    chance = random.Random(7)
    rules = lookup[table]
    found = 0
    for _ in range(STATES_TRIED):
        states = _changed(json.loads(chance.choice(list(rules))), chance)
        ours = CompiledRulePolicy._get_possible_keys(bare(CompiledRulePolicy), rules, states)

        assert ours == RulePolicy._get_possible_keys(bare(RulePolicy), rules, states)
        found += bool(ours)
    assert STATES_TRIED * 0.2 < found < STATES_TRIED


@pytest.mark.trained
def test_no_rule_of_ours_waits_for_words(lookup: dict[str, dict[str, str]]) -> None:
    policy = bare(CompiledRulePolicy)
    policy.lookup = lookup

    assert policy._waits_for_intents()


@pytest.mark.parametrize(
    "state", [after_listening(user={"text": "bonjour"}), after_listening(), after_listening(slots={"place": [1.0]})]
)
def test_a_rule_that_the_words_alone_could_start_is_still_looked_for(state: State) -> None:
    policy = bare(CompiledRulePolicy)
    policy.lookup = {RULES: {rule(state): "utter_greet"}, RULES_FOR_LOOP_UNHAPPY_PATH: {}}

    assert not policy._waits_for_intents()


@pytest.mark.parametrize(
    ("wanted", "conversation", "holds"),
    [
        ({"slots": {"place": [1.0]}}, {"slots": {"place": (1.0,)}}, True),
        ({"slots": {"place": [1.0]}}, {}, False),
        ({"slots": {"place": SHOULD_NOT_BE_SET}}, {}, True),
        ({"slots": {"place": SHOULD_NOT_BE_SET}}, {"slots": {"place": SHOULD_NOT_BE_SET}}, True),
        ({"slots": {"place": SHOULD_NOT_BE_SET}}, {"slots": {"place": (1.0,)}}, False),
        ({"active_loop": {"name": "booking_form"}}, {"active_loop": {"name": "booking_form"}}, True),
        ({"active_loop": {"name": "booking_form"}}, {"active_loop": {"name": "other_form"}}, False),
    ],
)
def test_a_state_holds_what_a_rule_wants(wanted: State, conversation: State, holds: bool) -> None:
    (step,) = _compiled(rule(after_listening(**wanted)))

    assert step.holds(after_listening(**conversation)) is holds


@pytest.mark.parametrize(("first", "second", "holds"), [({}, {}, True), ({}, after_listening(), False)])
def test_where_a_conversation_begins_only_a_beginning_holds(first: State, second: State, holds: bool) -> None:
    (step,) = _compiled(rule(first))

    assert step.holds(second) is holds


def bare(kind: type[RulePolicy]) -> Any:
    """A policy without a model around it."""
    return kind.__new__(kind)


def _changed(states: list[State], chance: random.Random) -> list[State]:
    """A conversation near a rule's: as it stands, longer, or with something else in its last state."""
    states = [
        {
            part: {name: tuple(value) if isinstance(value, list) else value for name, value in held.items()}
            for part, held in state.items()
        }
        for state in states
    ]
    change = chance.choice(["nothing", "longer", "less", "other", "set"])
    if change == "longer":
        states = [{}, after_listening(user={"intent": "greet"}), *[each for each in states if each]]
    part = chance.choice(list(states[-1]) or ["user"])
    if change == "less":
        states[-1].pop(part, None)
    elif change == "other" and states[-1].get(part):
        states[-1][part][chance.choice(list(states[-1][part]))] = "something else"
    elif change == "set":
        states[-1]["slots"] = {**states[-1].get("slots", {}), "requested_slot": (1.0,)}
    return states
