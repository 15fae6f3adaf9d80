"""The rules of eligibility against the table of situations, and against themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.eligibility.rulebook import Outcome, Remark, RemarkVersion, Rule, Rulebook, RuleVersion
from bot.domain.knowledge.schemes import Scheme
from bot.knowledge.eligibility import load_rulebook
from bot.knowledge.operators import load_operators
from tests.content.eligibility_cases import TODAY, Case, faults, load_cases, play

KNOWLEDGE = Path(__file__).parents[2] / "data" / "knowledge"
CASES = load_cases()
RULEBOOK = load_rulebook(KNOWLEDGE / "eligibility")
ROWS = [f"E{number:02}" for number in range(1, 81)] + ["E63b"]
LIMITS = [f"limite {number}" for number in range(1, 24)]
LONGEST_SENTENCE = 35


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_the_answer_is_the_one_of_the_table(case: Case) -> None:
    assert faults(RULEBOOK, case) == []


def test_every_line_of_the_table_has_its_case() -> None:
    today = {case.row for case in CASES if case.scheme is Scheme.NATIONAL_2019}

    assert [row for row in [*ROWS, *LIMITS] if row not in today] == []


def test_the_past_schemes_have_their_cases_too() -> None:
    counts = {
        scheme: len({c.row for c in CASES if c.scheme is scheme}) for scheme in Scheme if scheme is not Scheme.ALL
    }

    assert counts[Scheme.NATIONAL_2014] >= 81
    assert counts[Scheme.BOURGOGNE_2013] >= 81


def test_no_case_takes_more_than_three_questions() -> None:
    assert [case.title for case in CASES if len(play(RULEBOOK, case)[1]) > 3] == []


def without_each_version() -> Iterator[tuple[str, Scheme, Rulebook]]:
    for rule in RULEBOOK.rules[:-1]:
        for version in rule.versions:
            rules = tuple(_without(each, version) if each is rule else each for each in RULEBOOK.rules)
            yield f"rule {rule.id}", version.scheme, replace(RULEBOOK, rules=rules)
    for remark in RULEBOOK.remarks:
        for added in remark.versions:
            remarks = tuple(_without(each, added) if each is remark else each for each in RULEBOOK.remarks)
            yield f"remark {remark.id}", added.scheme, replace(RULEBOOK, remarks=remarks)


def _without(each: Rule | Remark, version: RuleVersion | RemarkVersion) -> Rule | Remark:
    return replace(each, versions=tuple(other for other in each.versions if other is not version))


MUTANTS = list(without_each_version())


@pytest.mark.parametrize(("name", "scheme", "rulebook"), MUTANTS, ids=[f"{m[0]}, {m[1].value}" for m in MUTANTS])
def test_a_rule_that_disappears_breaks_a_case(name: str, scheme: Scheme, rulebook: Rulebook) -> None:
    concerned = [case for case in CASES if scheme in (case.scheme, Scheme.ALL)]

    assert any(faults(rulebook, case) for case in concerned)


def test_everybody_gets_an_answer_without_any_fact_known() -> None:
    last = RULEBOOK.rules[-1]

    assert {version.scheme for version in last.versions} == set(Scheme) - {Scheme.ALL}
    assert all(version.outcome is not Outcome.NOT_COVERED for version in last.versions)


def test_a_yes_of_ours_is_received_by_our_network() -> None:
    ours = [v for rule in RULEBOOK.rules for v in rule.versions if v.outcome is Outcome.YES]

    assert [version.summary for version in ours if not {"or_cep", "prc"} & set(version.operators)] == []


def test_nobody_is_left_without_a_next_step() -> None:
    closed = [v for rule in RULEBOOK.rules for v in rule.versions if v.outcome is Outcome.NOT_COVERED]

    assert all(
        re.search(r"s’ouvre|a droit|reçoit|ouvre", version.next_step) or "France Travail" in version.next_step
        for version in closed
    )


def test_every_operator_named_is_known() -> None:
    known = set(load_operators(KNOWLEDGE / "operators.yml").by_code)
    named = {code for each in (*RULEBOOK.rules, *RULEBOOK.remarks) for v in each.versions for code in v.operators}

    assert named - known == set()


def texts() -> Iterator[tuple[str, str]]:
    for each in (*RULEBOOK.rules, *RULEBOOK.remarks):
        for version in each.versions:
            fields = (getattr(version, name, "") for name in ("summary", "say", "next_step"))
            for text in (*fields, *version.reasons):
                yield each.id, text
    for question in RULEBOOK.questions:
        for text in (question.text, question.why, question.example, *question.choices):
            yield question.fact, text
    for fact, labels in RULEBOOK.labels.items():
        for text in labels.values():
            yield fact, text


def test_texts_are_well_typeset() -> None:
    wrong = re.compile(r"(?<=\w)'(?=\w)| [?!;:»]|« |[^\s\u00a0][?!;»](?!\S)|\w:\s")

    assert [(place, text) for place, text in texts() if wrong.search(text)] == []


def test_sentences_are_short() -> None:
    sentences = [(place, s) for place, text in texts() for s in re.split(r"[.?!;:]\s", text)]

    assert [each for each in sentences if len(each[1].split()) > LONGEST_SENTENCE] == []


def test_nothing_is_past_its_review() -> None:
    late = [each.id for each in (*RULEBOOK.rules, *RULEBOOK.remarks) for v in each.versions if v.is_overdue(TODAY)]

    assert late == []
