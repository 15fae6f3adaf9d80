"""Checking a right with the delivered rules: few questions, comparisons, explanations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from bot.domain.knowledge.schemes import Scheme
from bot.knowledge.eligibility import load_rulebook
from bot.services.eligibility import (
    Outcome,
    Question,
    Verdict,
    advance,
    explain,
    read_facts,
    simulate,
    words_of,
)

TODAY = date(2026, 11, 23)
NOW = Scheme.NATIONAL_2019
RULEBOOK = load_rulebook(Path(__file__).parents[2] / "data" / "knowledge" / "eligibility")
EMPLOYEE = {"activity": "employed", "employer": "private", "is_executive": "no"}


def paths(scheme: Scheme, facts: dict[str, str]) -> Iterator[tuple[dict[str, str], Verdict]]:
    """Every conversation made of answers to our questions, and its end."""
    found = advance(RULEBOOK, facts, scheme, TODAY)
    if isinstance(found, Verdict):
        yield facts, found
        return
    for value in {*(option.value for option in found.options), found.unsure} - {""}:
        yield from paths(scheme, {**facts, found.fact: value})


@pytest.mark.parametrize("scheme", [NOW, Scheme.NATIONAL_2014, Scheme.BOURGOGNE_2013])
def test_every_path_ends_in_three_questions_or_fewer_but_one(scheme: Scheme) -> None:
    long = [facts for facts, _ in paths(scheme, {}) if len(facts) > 3]

    # A private contract with a public employer is the one case that needs a fourth question.
    assert all(facts.get("public_branch") == "private_contract" and len(facts) == 4 for facts in long)


def test_bourgogne_takes_one_question() -> None:
    assert {len(facts) for facts, _ in paths(Scheme.BOURGOGNE_2013, {})} == {1}


@pytest.mark.parametrize(
    ("answers", "questions"),
    [
        (("oui", "une entreprise", "non"), 3),
        (("oui", "moi-même"), 2),
        (("oui", "la fonction publique", "territoriale"), 3),
        (("non", "oui", "non"), 3),
        (("non", "non"), 2),
        (("oui", "un particulier"), 2),
        (("oui", "je suis en alternance"), 2),
    ],
)
def test_the_usual_paths_are_as_short_as_planned(answers: tuple[str, ...], questions: int) -> None:
    facts: dict[str, str] = {}
    for answer in answers:
        asked = advance(RULEBOOK, facts, NOW, TODAY)
        assert isinstance(asked, Question)
        facts.update(read_facts(RULEBOOK, answer, asked.fact))

    assert isinstance(advance(RULEBOOK, facts, NOW, TODAY), Verdict)
    assert len(answers) == questions


@pytest.mark.parametrize(
    "sentence",
    [
        "je suis infirmière à l'hôpital public",
        "je suis cadre dans une entreprise privée",
        "boulanger à mon compte",
        "je suis au chômage, j'ai 40 ans",
        "fonctionnaire à la mairie",
        "mes points pénibilité, j'y vais direct ?",
    ],
)
def test_a_full_sentence_needs_no_question(sentence: str) -> None:
    assert isinstance(advance(RULEBOOK, read_facts(RULEBOOK, sentence, None), NOW, TODAY), Verdict)


def test_doubt_is_never_a_refusal() -> None:
    unsure = [verdict for facts, verdict in paths(NOW, {}) if "unknown" in facts.values()]

    assert unsure
    assert all(verdict.outcome is not Outcome.NOT_COVERED for verdict in unsure)


def test_only_the_absence_of_work_and_of_search_is_not_covered() -> None:
    closed = [facts for facts, verdict in paths(NOW, {}) if verdict.outcome is Outcome.NOT_COVERED]

    assert closed == [{"activity": "none", "looking_for_work": "no"}]


def test_handicap_is_offered_and_never_asked() -> None:
    asked = {fact for facts, _ in paths(NOW, {}) for fact in facts}
    found = advance(RULEBOOK, EMPLOYEE, NOW, TODAY)

    assert "disability_contact" not in asked
    assert isinstance(found, Verdict)
    assert [question.fact for question in found.offers] == ["disability_contact"]


def test_age_handicap_cadre_and_region_never_take_the_right_away() -> None:
    ages = ({"under_26": "yes"}, {"under_26": "no"}, {})
    handicaps = ({"disability_contact": "yes"}, {"disability_contact": "no"}, {})
    places = ({"department": "71"}, {"department": "69"}, {"department": "974"}, {})
    employers = ("private", "association", "individual", "self_employed", "apprenticeship", "public")
    mixed = product(ages, handicaps, places, employers, ("yes", "no", "unknown"), ("employed", "suspended"))

    for age, handicap, place, employer, executive, activity in mixed:
        facts = {"activity": activity, "employer": employer, "public_branch": "state", "is_executive": executive}
        found = advance(RULEBOOK, {**facts, **age, **handicap, **place}, NOW, TODAY)

        assert isinstance(found, Verdict)
        assert found.outcome in (Outcome.YES, Outcome.YES_ELSEWHERE), found.rule_id
        assert found.operators


def test_another_situation_is_seen_beside_the_present_one() -> None:
    change = read_facts(RULEBOOK, "et si je passe à mon compte ?", None)

    present, other = simulate(RULEBOOK, {**EMPLOYEE, "is_executive": "yes"}, change, NOW, TODAY)

    assert isinstance(present, Verdict)
    assert isinstance(other, Verdict)
    assert present.outcome is not other.outcome
    assert (present.operators, other.operators) == (("apec",), ("or_cep",))


def test_thinking_of_resigning_says_that_the_cep_comes_first() -> None:
    change = read_facts(RULEBOOK, "et si je démissionne ?", None)

    present, other = simulate(RULEBOOK, EMPLOYEE, change, NOW, TODAY)

    assert isinstance(present, Verdict)
    assert isinstance(other, Verdict)
    assert "ne démissionnez pas avant" in other.summary
    assert present.outcome is other.outcome


def test_losing_a_job_moves_the_person_to_france_travail() -> None:
    change = read_facts(RULEBOOK, "et si je perds mon emploi ?", None)
    _, lost = simulate(RULEBOOK, EMPLOYEE, {**change, "under_26": "no"}, NOW, TODAY)

    assert isinstance(lost, Verdict)
    assert lost.operators == ("france_travail",)


def test_a_comparison_may_end_on_a_question() -> None:
    _, other = simulate(RULEBOOK, EMPLOYEE, {"employer": "public"}, NOW, TODAY)

    assert isinstance(other, Question)
    assert other.fact == "public_branch"


def test_a_corrected_answer_tells_what_it_changes() -> None:
    read = read_facts(RULEBOOK, "en fait je suis cadre", None)

    before, after = simulate(RULEBOOK, EMPLOYEE, read, NOW, TODAY)

    assert isinstance(before, Verdict)
    assert isinstance(after, Verdict)
    assert set(after.operators) - set(before.operators) == {"apec"}


def test_an_answer_given_twice_changes_nothing() -> None:
    before, after = simulate(RULEBOOK, EMPLOYEE, {"is_executive": "no"}, NOW, TODAY)

    assert before == after


def test_a_verdict_is_explained_by_its_facts_its_reasons_and_its_texts() -> None:
    found = advance(RULEBOOK, EMPLOYEE, NOW, TODAY)
    assert isinstance(found, Verdict)

    explained = explain(RULEBOOK, found)

    assert explained.rule_id == "employee"
    assert "vous n’êtes pas cadre" in explained.facts
    assert explained.reasons
    assert any("L. 6111-6" in source.title for source in explained.sources)
    assert explained.validity.valid_from == date(2020, 1, 1)


def test_a_fact_that_has_no_words_is_not_said_back() -> None:
    assert words_of(RULEBOOK, {"department": "71", "activity": "employed"}) == (
        "vous avez une activité professionnelle",
    )


def test_every_question_says_why_and_how_to_answer() -> None:
    assert all(question.why and question.example and question.choices for question in RULEBOOK.questions)
