"""The cases of eligibility, read from their file and played as a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.domain.eligibility.phrases import plain_words
from bot.domain.knowledge.schemes import Scheme
from bot.services.eligibility import Question, Rulebook, Verdict, advance, read_facts

TODAY = date(2026, 11, 23)
SCHEMES = {"A": Scheme.NATIONAL_2019, "N14": Scheme.NATIONAL_2014, "B": Scheme.BOURGOGNE_2013}
FILE = Path(__file__).with_name("eligibility_cases.yml")


@dataclass(frozen=True)
class Case:
    """One line of the table of situations, in one scheme."""

    row: str
    name: str
    scheme: Scheme
    said: str
    answers: Mapping[str, str]
    today: date
    expected: Mapping[str, Any]

    @property
    def title(self) -> str:
        """The case in a few words."""
        return f"{self.row}, {self.scheme.value}: {self.name}"


def load_cases() -> list[Case]:
    """Every case of the file, scheme by scheme."""
    blocks = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)["cases"]
    return [
        Case(
            each["id"],
            each["name"],
            SCHEMES[code],
            each["said"],
            each.get("answers", {}),
            each.get("day", TODAY),
            wanted,
        )
        for each in blocks
        for code, wanted in each["expected"].items()
    ]


def play(rulebook: Rulebook, case: Case) -> tuple[Verdict | Question, list[str]]:
    """The verdict reached and the questions asked; a question without its answer ends the conversation."""
    facts = read_facts(rulebook, case.said, None)
    asked: list[str] = []
    found = advance(rulebook, facts, case.scheme, case.today)
    while isinstance(found, Question) and found.fact in case.answers and found.fact not in asked:
        asked.append(found.fact)
        facts = {**facts, **read_facts(rulebook, case.answers[found.fact], found.fact)}
        found = advance(rulebook, facts, case.scheme, case.today)
    return found, asked


def faults(rulebook: Rulebook, case: Case) -> list[str]:
    """How the answer departs from what is expected."""
    found, asked = play(rulebook, case)
    if isinstance(found, Question):
        return [f"asks {found.fact} after {asked}"]
    wanted, told = case.expected, plain_words(text_of(found))
    departures = [
        f"{name} {got!r} instead of {want!r}"
        for name, got, want in (
            ("outcome", found.outcome.value, wanted["outcome"]),
            ("operators", list(found.operators), wanted["operators"]),
        )
        if got != want
    ]
    departures += [f"misses {words!r}" for words in wanted.get("contains", ()) if plain_words(words) not in told]
    departures += [f"says {words!r}" for words in wanted.get("lacks", ()) if plain_words(words) in told]
    if len(asked) > wanted.get("asked", 3):
        departures.append(f"asks {asked}")
    return departures


def text_of(verdict: Verdict) -> str:
    """All that a verdict tells."""
    return " ".join((verdict.summary, *verdict.reasons, verdict.next_step))
