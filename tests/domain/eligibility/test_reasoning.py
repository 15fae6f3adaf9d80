"""Following rules: the question that decides most, the verdict, and what is never asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.eligibility.conditions import Condition
from bot.domain.eligibility.phrases import Lexicon
from bot.domain.eligibility.reasoning import Verdict, advance, with_implied
from bot.domain.eligibility.rulebook import (
    Choice,
    Implication,
    Outcome,
    Question,
    Remark,
    RemarkVersion,
    Rule,
    Rulebook,
    RuleVersion,
)
from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Source, Validity

TODAY = date(2026, 11, 23)
LAW = Source("Code du travail", date(2026, 11, 22))
SINCE = {"validity": Validity(date(2020, 1, 1)), "sources": (LAW,), "review_by": date(2027, 5, 22)}
NOW = Scheme.NATIONAL_2019
EMPTY_LEXICON = Lexicon({}, (), (), (), (), (), (), frozenset())


def when(**facts: str) -> Condition:
    return Condition(facts=tuple((fact, frozenset(values.split("|"))) for fact, values in facts.items()))


def says(outcome: Outcome, *operators: str, scheme: Scheme = NOW, **changes: object) -> RuleVersion:
    version = RuleVersion(
        scheme=scheme, outcome=outcome, operators=operators, summary="", reasons=("Parce que.",), next_step="", **SINCE
    )
    return replace(version, **changes)  # type: ignore[arg-type]


def question(fact: str, values: str, **changes: object) -> Question:
    options = tuple(Choice(value, value) for value in values.split("|"))
    return replace(Question(fact, f"{fact} ?", "", "", options, frozenset({NOW})), **changes)  # type: ignore[arg-type]


def remark(id: str, condition: Condition, **changes: object) -> Remark:
    return Remark(id, condition, (replace(RemarkVersion(scheme=NOW, **SINCE), **changes),))  # type: ignore[arg-type]


JOB = question("job", "yes|no")
PUBLIC = question("public", "yes|no", presupposes=when(job="yes"))
CADRE = question("cadre", "yes|no", presupposes=when(job="yes"))
RULES = (
    Rule("public", when(job="yes", public="yes"), (says(Outcome.YES_ELSEWHERE, "internal"),)),
    Rule("cadre", when(job="yes", cadre="yes"), (says(Outcome.YES_ELSEWHERE, "apec"),)),
    Rule("works", when(job="yes"), (says(Outcome.YES, "or_cep"),)),
    Rule("otherwise", Condition(), (says(Outcome.TO_CONFIRM),)),
)


def rulebook(**changes: object) -> Rulebook:
    return replace(Rulebook({}, (JOB, PUBLIC, CADRE), (), RULES, (), EMPTY_LEXICON), **changes)  # type: ignore[arg-type]


def ask(book: Rulebook, scheme: Scheme = NOW, today: date = TODAY, /, **facts: str) -> str:
    found = advance(book, facts, scheme, today)
    return found.fact if isinstance(found, Question) else found.rule_id


def verdict(book: Rulebook, facts: Mapping[str, str], today: date = TODAY) -> Verdict:
    found = advance(book, facts, NOW, today)
    assert isinstance(found, Verdict)
    return found


def test_the_first_rule_that_holds_decides() -> None:
    assert ask(rulebook(), job="yes", public="yes", cadre="yes") == "public"


def test_a_question_waits_for_what_it_presupposes() -> None:
    assert ask(rulebook()) == "job"
    assert ask(rulebook(), job="yes") in ("public", "cadre")


def test_no_question_is_asked_once_the_verdict_is_known() -> None:
    assert ask(rulebook(), job="no") == "otherwise"
    assert ask(rulebook(), job="yes", public="yes") == "public"


def test_a_question_that_changes_nothing_is_never_asked() -> None:
    same_door = tuple(replace(r, versions=(says(Outcome.YES, "or_cep"),)) if r.id == "cadre" else r for r in RULES)

    assert ask(rulebook(rules=same_door), job="yes", public="no") == "works"


def test_the_question_that_leaves_the_fewest_verdicts_comes_first() -> None:
    size = question("size", "small|big", presupposes=when(job="yes"))
    rules = (
        Rule("big", when(job="yes", size="big"), (says(Outcome.YES, "big"),)),
        Rule("small public", when(job="yes", size="small", public="yes"), (says(Outcome.YES, "small"),)),
        *RULES[2:],
    )

    assert ask(rulebook(rules=rules, questions=(JOB, PUBLIC, size)), job="yes") == "size"


def test_a_tie_is_settled_by_the_order_of_the_questions() -> None:
    rules = (
        Rule("both", when(job="yes", public="yes", cadre="yes"), (says(Outcome.YES, "both"),)),
        *RULES[2:],
    )

    assert ask(rulebook(rules=rules), job="yes") == "public"
    assert ask(rulebook(rules=rules, questions=(JOB, CADRE, PUBLIC)), job="yes") == "cadre"


def test_a_question_of_another_scheme_is_not_asked() -> None:
    elsewhere = replace(JOB, schemes=frozenset({Scheme.BOURGOGNE_2013}))

    assert ask(rulebook(questions=(elsewhere,))) == "otherwise"


def test_a_rule_says_nothing_of_a_scheme_it_does_not_name() -> None:
    past = (*RULES[:3], Rule("otherwise", Condition(), (says(Outcome.TO_CONFIRM, scheme=Scheme.ALL),)))

    assert ask(rulebook(rules=past), Scheme.NATIONAL_2014, job="yes") == "otherwise"


def test_a_rule_past_its_last_day_no_longer_decides() -> None:
    ends = says(Outcome.YES, "or_cep", validity=Validity(date(2020, 1, 1), date(2026, 12, 31)))
    rules = (Rule("works", when(job="yes"), (ends,)), RULES[3])

    assert ask(rulebook(rules=rules), NOW, date(2026, 12, 31), job="yes") == "works"
    assert ask(rulebook(rules=rules), NOW, date(2027, 1, 1), job="yes") == "otherwise"


def test_a_past_scheme_is_judged_by_its_own_rules_whatever_today_is() -> None:
    then = says(Outcome.YES, scheme=Scheme.NATIONAL_2014, validity=Validity(date(2015, 1, 1), date(2019, 12, 31)))

    assert (
        ask(rulebook(rules=(Rule("then", when(job="yes"), (then,)), RULES[3])), Scheme.NATIONAL_2014, job="yes")
        == "then"
    )


def test_what_goes_without_saying_saves_a_question() -> None:
    implied = (Implication(when(public="yes"), {"job": "yes"}),)

    assert ask(rulebook(implications=implied), public="yes") == "public"


def test_what_is_said_wins_over_what_goes_without_saying() -> None:
    implied = (Implication(when(public="yes"), {"job": "yes"}),)

    assert with_implied(rulebook(implications=implied), {"public": "yes", "job": "no"})["job"] == "no"


def test_a_remark_adds_words_reasons_and_operators_but_never_changes_the_outcome() -> None:
    added = remark("leave", when(leave="yes"), say="En pause.", reasons=("Contrat suspendu.",), operators=("cap",))
    book = rulebook(remarks=(added,))

    plain = verdict(book, {"job": "yes", "public": "yes"})
    found = verdict(book, {"job": "yes", "public": "yes", "leave": "yes"})

    assert found.outcome is plain.outcome
    assert (found.summary.strip(), found.operators, found.remark_ids) == ("En pause.", ("internal", "cap"), ("leave",))
    assert found.reasons == ("Parce que.", "Contrat suspendu.")


def test_a_source_is_named_once() -> None:
    added = remark("leave", when(leave="yes"), say="En pause.")

    assert verdict(rulebook(remarks=(added,)), {"job": "no", "leave": "yes"}).sources == (LAW,)


def test_a_verdict_carries_the_facts_that_decided_and_no_other() -> None:
    found = verdict(rulebook(), {"job": "yes", "public": "yes", "hobby": "chess"})

    assert found.facts == (("job", "yes"), ("public", "yes"))


def test_a_verdict_tells_that_its_text_should_have_been_read_again() -> None:
    facts = {"job": "yes", "public": "yes"}

    assert not verdict(rulebook(), facts, date(2027, 5, 22)).review_overdue
    assert verdict(rulebook(), facts, date(2027, 5, 23)).review_overdue


def test_an_offered_question_goes_with_the_verdict_and_is_never_asked() -> None:
    offered = question("disability", "yes|no", offered=True)
    book = rulebook(questions=(JOB, PUBLIC, CADRE, offered))

    assert [each.fact for each in verdict(book, {"job": "no"}).offers] == ["disability"]
    assert verdict(book, {"job": "no", "disability": "no"}).offers == ()


@pytest.mark.parametrize("facts", [{}, {"job": "yes"}, {"job": "yes", "public": "no"}, {"weather": "fine"}])
def test_every_path_ends_within_as_many_questions_as_there_are(facts: dict[str, str]) -> None:
    book = rulebook()
    for _ in range(len(book.questions)):
        found = advance(book, facts, NOW, TODAY)
        if isinstance(found, Question):
            facts = {**facts, found.fact: found.options[0].value}

    assert isinstance(advance(book, facts, NOW, TODAY), Verdict)
