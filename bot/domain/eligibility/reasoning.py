"""Following the rules of eligibility: the question that decides most, then the verdict.

Nothing here knows the content: which question comes next is computed from the rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.eligibility.conditions import Situation, Truth
from bot.domain.eligibility.rulebook import Outcome, Question, Remark, RemarkVersion, Rule, Rulebook, RuleVersion
from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Source, Validity

InForce = tuple[tuple[Rule, RuleVersion], ...]
Ending = tuple[Outcome, tuple[str, ...]]


@dataclass(frozen=True)
class Verdict:
    """What the rules say of a situation: an information, never a decision.

    `facts` are those that decided, also by ruling something out; `offers` are questions the
    person may take up, never asked.
    """

    outcome: Outcome
    operators: tuple[str, ...]
    summary: str
    reasons: tuple[str, ...]
    sources: tuple[Source, ...]
    next_step: str
    rule_id: str
    remark_ids: tuple[str, ...]
    scheme: Scheme
    validity: Validity
    review_overdue: bool
    facts: tuple[tuple[str, str], ...]
    offers: tuple[Question, ...]


def advance(rulebook: Rulebook, facts: Mapping[str, str], scheme: Scheme, today: date) -> Question | Verdict:
    """The next question worth asking, or the verdict when none can change it any more."""
    known = with_implied(rulebook, facts)
    rules = rulebook.rules_in_force(scheme, today)
    reachable = _reachable(rules, _situation(rulebook, known, scheme))
    if len(_endings(reachable)) > 1:
        question = _most_decisive(rulebook, known, scheme, rules)
        if question is not None:
            return question
    rule, version = reachable[-1]
    return _verdict(rulebook, known, scheme, today, rule, version)


def with_implied(rulebook: Rulebook, facts: Mapping[str, str]) -> dict[str, str]:
    """The facts said, and those that go without saying."""
    known = dict(facts)
    for implication in rulebook.implications:
        if implication.when.holds(known):
            known = {**implication.then, **known}
    return known


def _situation(rulebook: Rulebook, facts: Mapping[str, str], scheme: Scheme) -> Situation:
    situation = Situation(facts)
    for question in _askable(rulebook, facts, scheme):
        if question.presupposes.truth(situation) is not Truth.FALSE:
            situation = Situation(facts, situation.open | {question.fact})
    return situation


def _askable(rulebook: Rulebook, facts: Mapping[str, str], scheme: Scheme) -> list[Question]:
    return [
        question
        for question in rulebook.questions
        if not question.offered and scheme in question.schemes and question.fact not in facts
    ]


def _reachable(rules: InForce, situation: Situation) -> InForce:
    """The rules that may still decide; the last one is the first that surely holds."""
    found = []
    for rule, version in rules:
        truth = rule.when.truth(situation)
        if truth is not Truth.FALSE:
            found.append((rule, version))
        if truth is Truth.TRUE:
            break
    return tuple(found)


def _endings(rules: InForce) -> frozenset[Ending]:
    return frozenset((version.outcome, version.operators) for _, version in rules)


def _most_decisive(rulebook: Rulebook, facts: Mapping[str, str], scheme: Scheme, rules: InForce) -> Question | None:
    """The question that leaves the fewest endings, on average over its answers; the first one on a tie."""
    situation = _situation(rulebook, facts, scheme)
    now = _endings(_reachable(rules, situation))
    best, fewest = None, float("inf")
    for question in _askable(rulebook, facts, scheme):
        if question.presupposes.truth(situation) is not Truth.TRUE:
            continue
        after = [_endings_after(rulebook, facts, scheme, rules, question.fact, value) for value in _values(question)]
        mean = sum(map(len, after)) / len(after)
        if any(endings != now for endings in after) and mean < fewest:
            best, fewest = question, mean
    return best


def _endings_after(
    rulebook: Rulebook, facts: Mapping[str, str], scheme: Scheme, rules: InForce, fact: str, value: str
) -> frozenset[Ending]:
    known = with_implied(rulebook, {**facts, fact: value})
    return _endings(_reachable(rules, _situation(rulebook, known, scheme)))


def _values(question: Question) -> list[str]:
    return list(dict.fromkeys(option.value for option in question.options))


def _verdict(
    rulebook: Rulebook, facts: Mapping[str, str], scheme: Scheme, today: date, rule: Rule, version: RuleVersion
) -> Verdict:
    added = [each for each in rulebook.remarks_in_force(scheme, today) if each[0].when.holds(facts)]
    remarks = [remark_version for _, remark_version in added]
    return Verdict(
        outcome=version.outcome,
        operators=_once([*version.operators, *(code for remark in remarks for code in remark.operators)]),
        summary=" ".join([version.summary, *(remark.say for remark in remarks if remark.say)]),
        reasons=_once([*version.reasons, *(reason for remark in remarks for reason in remark.reasons)]),
        sources=_sources(version, remarks),
        next_step=version.next_step,
        rule_id=rule.id,
        remark_ids=tuple(remark.id for remark, _ in added),
        scheme=scheme,
        validity=version.validity,
        review_overdue=any(each.is_overdue(today) for each in (version, *remarks)),
        facts=_decisive(rulebook, facts, rule, added),
        offers=_offers(rulebook, facts, scheme, added),
    )


def _decisive(
    rulebook: Rulebook, facts: Mapping[str, str], rule: Rule, added: list[tuple[Remark, RemarkVersion]]
) -> tuple[tuple[str, str], ...]:
    asked = (question.fact for question in rulebook.questions)
    named = rule.when.named_facts().union(asked, *(remark.when.named_facts() for remark, _ in added))
    return tuple((fact, value) for fact, value in facts.items() if fact in named)


def _offers(
    rulebook: Rulebook, facts: Mapping[str, str], scheme: Scheme, added: list[tuple[Remark, RemarkVersion]]
) -> tuple[Question, ...]:
    answered = {fact for remark, _ in added for fact in remark.when.named_facts()} | set(facts)
    return tuple(
        question
        for question in rulebook.questions
        if question.offered
        and scheme in question.schemes
        and question.fact not in answered
        and question.presupposes.holds(facts)
    )


def _sources(version: RuleVersion, remarks: list[RemarkVersion]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys([*version.sources, *(each for remark in remarks for each in remark.sources)]))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
