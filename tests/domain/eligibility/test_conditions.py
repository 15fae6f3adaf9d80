"""Conditions on facts: true, false, or not known yet."""

from __future__ import annotations

import pytest

from bot.domain.eligibility.conditions import Condition, Situation, Truth

WORKS = Condition(facts=(("activity", frozenset({"employed", "suspended"})),))
CADRE = Condition(facts=(("is_executive", frozenset({"yes"})),))


@pytest.mark.parametrize(
    ("situation", "truth"),
    [
        (Situation({"activity": "employed"}), Truth.TRUE),
        (Situation({"activity": "none"}), Truth.FALSE),
        (Situation({}, frozenset({"activity"})), Truth.UNKNOWN),
        (Situation({}), Truth.FALSE),
    ],
)
def test_an_unsaid_fact_is_unknown_only_if_it_may_be_asked(situation: Situation, truth: Truth) -> None:
    assert WORKS.truth(situation) is truth


def test_one_false_part_is_enough_to_refuse() -> None:
    both = Condition(facts=WORKS.facts + CADRE.facts)

    assert both.truth(Situation({"activity": "none"}, frozenset({"is_executive"}))) is Truth.FALSE


def test_one_true_alternative_is_enough() -> None:
    either = Condition(any_of=(WORKS, CADRE))

    assert either.truth(Situation({"is_executive": "yes"}, frozenset({"activity"}))) is Truth.TRUE
    assert either.truth(Situation({"is_executive": "no"}, frozenset({"activity"}))) is Truth.UNKNOWN
    assert either.truth(Situation({"is_executive": "no"})) is Truth.FALSE


def test_an_exception_counts_only_once_said() -> None:
    unless = Condition(unless=(CADRE,))

    assert unless.truth(Situation({}, frozenset({"is_executive"}))) is Truth.TRUE
    assert unless.truth(Situation({"is_executive": "yes"})) is Truth.FALSE


def test_a_fact_may_have_to_be_said_whatever_its_value() -> None:
    said = Condition(said=frozenset({"department"}))

    assert said.holds({"department": "69"})
    assert not said.holds({})


def test_an_empty_condition_always_holds() -> None:
    assert Condition().holds({})


def test_a_condition_names_every_fact_it_looks_at() -> None:
    whole = Condition(
        WORKS.facts, (CADRE,), frozenset({"department"}), (Condition(facts=(("rsa", frozenset({"yes"})),)),)
    )

    assert whole.named_facts() == {"activity", "is_executive", "department", "rsa"}
