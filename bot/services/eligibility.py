"""Checking a right to the CEP: read a situation, ask what still decides, compare, explain.

The outcome is an information; an adviser decides. Nothing nominal goes in or comes out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.eligibility import reasoning as following
from bot.domain.eligibility.reasoning import Verdict
from bot.domain.eligibility.rulebook import Outcome, Question, Rulebook
from bot.domain.eligibility.situations import facts_said
from bot.domain.knowledge.schemes import Scheme
from bot.domain.knowledge.versions import Source, Validity

__all__ = [
    "Explanation",
    "Outcome",
    "Question",
    "Rulebook",
    "Verdict",
    "advance",
    "explain",
    "read_facts",
    "simulate",
    "words_of",
]


@dataclass(frozen=True)
class Explanation:
    """What a verdict rests on: rule, facts in words, reasons, texts, and since when it holds."""

    rule_id: str
    facts: tuple[str, ...]
    reasons: tuple[str, ...]
    sources: tuple[Source, ...]
    validity: Validity


def advance(rulebook: Rulebook, facts: Mapping[str, str], scheme: Scheme, today: date) -> Question | Verdict:
    """The next question worth asking, or the verdict when no question can change it."""
    return following.advance(rulebook, facts, scheme, today)


def read_facts(rulebook: Rulebook, sentence: str, asked: str | None) -> dict[str, str]:
    """Every fact said in a sentence; `asked` is the fact of the question it answers, if any."""
    return facts_said(rulebook.lexicon, sentence, rulebook.question(asked) if asked else None)


def simulate(
    rulebook: Rulebook, facts: Mapping[str, str], change: Mapping[str, str], scheme: Scheme, today: date
) -> tuple[Question | Verdict, Question | Verdict]:
    """The situation of today beside the one with this change; a question where one cannot be judged yet."""
    return advance(rulebook, facts, scheme, today), advance(rulebook, {**facts, **change}, scheme, today)


def explain(rulebook: Rulebook, verdict: Verdict) -> Explanation:
    """Why this verdict: the rule, what the person said that decided, the texts and the dates."""
    return Explanation(
        rule_id=verdict.rule_id,
        facts=words_of(rulebook, dict(verdict.facts)),
        reasons=verdict.reasons,
        sources=verdict.sources,
        validity=verdict.validity,
    )


def words_of(rulebook: Rulebook, facts: Mapping[str, str]) -> tuple[str, ...]:
    """Facts said back in words; those that have none are left out."""
    said = (rulebook.labels.get(fact, {}).get(value, "") for fact, value in facts.items())
    return tuple(dict.fromkeys(words for words in said if words))
