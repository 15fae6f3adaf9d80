"""What decides of the right to the CEP: facts, questions, rules and remarks, as frozen values.

How they are followed is in `reasoning`; how sentences are read, in `situations`, beside this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.domain.eligibility.conditions import Condition
from bot.domain.eligibility.phrases import Lexicon, Pattern
from bot.domain.knowledge.schemes import PAST_SCHEMES, Scheme
from bot.domain.knowledge.versions import Dated


class Outcome(str, Enum):
    """The four ends of a check; none of them is a refusal."""

    YES = "yes"
    YES_ELSEWHERE = "yes_elsewhere"
    TO_CONFIRM = "to_confirm"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True)
class Choice:
    """One answer to a question: the words shown, the value meant, other ways to say it."""

    words: str
    value: str
    also: tuple[Pattern, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question about one fact.

    It makes sense only where `presupposes` holds and in these schemes. `unsure` is the value of
    "je ne sais pas". An offered question is never asked: it goes with the verdict, for the person
    to take up or not.
    """

    fact: str
    text: str
    why: str
    example: str
    options: tuple[Choice, ...]
    schemes: frozenset[Scheme]
    presupposes: Condition = Condition()
    unsure: str = ""
    offered: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The words to press or type."""
        return tuple(option.words for option in self.options)


@dataclass(frozen=True)
class Implication:
    """Facts that go without saying once others are known; what the person says wins over them."""

    when: Condition
    then: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class RuleVersion(Dated):
    """What a rule says in one scheme and one period; operators are codes."""

    outcome: Outcome
    operators: tuple[str, ...]
    summary: str
    reasons: tuple[str, ...]
    next_step: str


@dataclass(frozen=True)
class Rule:
    """A situation, and what follows from it; the first rule that holds decides."""

    id: str
    when: Condition
    versions: tuple[RuleVersion, ...]


@dataclass(frozen=True, kw_only=True)
class RemarkVersion(Dated):
    """What a remark adds in one scheme: words said with the verdict, reasons, operators."""

    say: str = ""
    reasons: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """Something to add whichever rule decided; it never changes the outcome."""

    id: str
    when: Condition
    versions: tuple[RemarkVersion, ...]


@dataclass(frozen=True)
class Rulebook:
    """All that decides, in order. `labels` says each value of each fact in words.

    A fact without labels takes any value.
    """

    labels: Mapping[str, Mapping[str, str]]
    questions: tuple[Question, ...]
    implications: tuple[Implication, ...]
    rules: tuple[Rule, ...]
    remarks: tuple[Remark, ...]
    lexicon: Lexicon

    def question(self, fact: str) -> Question | None:
        """The question about this fact, or none."""
        return next((question for question in self.questions if question.fact == fact), None)

    def rules_in_force(self, scheme: Scheme, today: date) -> tuple[tuple[Rule, RuleVersion], ...]:
        """The rules that speak of this scheme, each with what it says."""
        found = ((rule, version_for(rule.versions, scheme, today)) for rule in self.rules)
        return tuple((rule, version) for rule, version in found if isinstance(version, RuleVersion))

    def remarks_in_force(self, scheme: Scheme, today: date) -> tuple[tuple[Remark, RemarkVersion], ...]:
        """The remarks that speak of this scheme, each with what it adds."""
        found = ((remark, version_for(remark.versions, scheme, today)) for remark in self.remarks)
        return tuple((remark, version) for remark, version in found if isinstance(version, RemarkVersion))


def version_for(versions: tuple[Dated, ...], scheme: Scheme, today: date) -> Dated | None:
    """What is said of this scheme, or none: unlike an answer, a rule never borrows from another scheme.

    A past scheme is judged by its last version, whatever today is.
    """
    own = [version for version in versions if version.scheme is scheme]
    if scheme not in PAST_SCHEMES:
        own = [version for version in own if version.validity.covers(today)]
    own = own or [each for each in versions if each.scheme is Scheme.ALL and each.validity.covers(today)]
    return max(own, key=lambda version: version.validity.valid_from, default=None)
