"""Checking a right to the CEP: read a situation, ask what still decides, compare, explain.

The outcome is an information; an adviser decides. Nothing nominal goes in or comes out.
"""

from __future__ import annotations

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
    "Comparison",
    "Explanation",
    "Outcome",
    "Question",
    "Rulebook",
    "Verdict",
    "advance",
    "correct",
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


@dataclass(frozen=True)
class Comparison:
    """Two situations side by side; a question stands where a situation cannot be judged yet.

    `changed_facts` says in words what is new in the second one.
    """

    before: Question | Verdict
    after: Question | Verdict
    facts: Mapping[str, str]
    changed_facts: tuple[str, ...]

    @property
    def changes_the_outcome(self) -> bool:
        """Whether the answer itself differs."""
        return _outcome(self.before) is not _outcome(self.after)

    @property
    def operators_gained(self) -> tuple[str, ...]:
        """Who receives the person only in the second situation."""
        return tuple(code for code in _operators(self.after) if code not in _operators(self.before))

    @property
    def operators_lost(self) -> tuple[str, ...]:
        """Who receives the person only in the first situation."""
        return tuple(code for code in _operators(self.before) if code not in _operators(self.after))


def advance(rulebook: Rulebook, facts: Mapping[str, str], scheme: Scheme, today: date) -> Question | Verdict:
    """The next question worth asking, or the verdict when no question can change it."""
    return following.advance(rulebook, facts, scheme, today)


def read_facts(rulebook: Rulebook, sentence: str, asked: str | None) -> dict[str, str]:
    """Every fact said in a sentence; `asked` is the fact of the question it answers, if any."""
    return facts_said(rulebook.lexicon, sentence, rulebook.question(asked) if asked else None)


def simulate(
    rulebook: Rulebook, facts: Mapping[str, str], change: Mapping[str, str], scheme: Scheme, today: date
) -> Comparison:
    """The situation of today beside the same one with this change."""
    changed = {**facts, **change}
    return Comparison(
        before=advance(rulebook, facts, scheme, today),
        after=advance(rulebook, changed, scheme, today),
        facts=changed,
        changed_facts=words_of(rulebook, {name: said for name, said in change.items() if facts.get(name) != said}),
    )


def correct(
    rulebook: Rulebook, facts: Mapping[str, str], read: Mapping[str, str], scheme: Scheme, today: date
) -> Comparison:
    """What changes when an answer is corrected: the verdict before beside the verdict after."""
    return simulate(rulebook, facts, read, scheme, today)


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


def _outcome(end: Question | Verdict) -> Outcome | None:
    return end.outcome if isinstance(end, Verdict) else None


def _operators(end: Question | Verdict) -> tuple[str, ...]:
    return end.operators if isinstance(end, Verdict) else ()
