"""Sentences with what they hold: places, moments, names, contacts, references, facts of a situation.

Two questions are asked of each. Does the model mark the words (`spans`)? And do the journeys, which read the text
themselves, understand the value (`reads`)? The second is what a visitor lives.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml

from tests.nlu.trained_model import Mark
from tests.nlu.unseen_sentences import FOLDER, Unseen

ANNOTATED = re.compile(r"\[([^\]]+)\]\(([a-z]+)\)")
FILE = FOLDER / "fresh_entities.yml"


@dataclass(frozen=True)
class Held:
    """A sentence, its entities, and the values that must be read in it by kind; an empty one: nothing of the kind."""

    sentence: Unseen
    marks: tuple[Mark, ...]
    values: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, str]
    fits: datetime | None = None
    unfit: datetime | None = None


def held_sentences() -> list[Held]:
    """Every annotated sentence."""
    return [_held(row) for row in yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)]


def _held(row: Mapping[str, Any]) -> Held:
    text, marks = unmarked(row["text"])
    reads = dict(row.get("reads") or {})
    fits, unfit, facts = reads.pop("fits", None), reads.pop("unfit", None), reads.pop("facts", {})
    return Held(
        Unseen(text, "inform", row.get("expects")),
        marks,
        {kind: tuple(values) for kind, values in reads.items()},
        facts,
        datetime.fromisoformat(fits) if fits else None,
        datetime.fromisoformat(unfit) if unfit else None,
    )


def unmarked(annotated: str) -> tuple[str, tuple[Mark, ...]]:
    """The text as it is typed, and where its entities stand."""
    text, marks, end = "", [], 0
    for found in ANNOTATED.finditer(annotated):
        text += annotated[end : found.start()]
        marks.append(Mark(found.group(2), len(text), len(text) + len(found.group(1))))
        text, end = text + found.group(1), found.end()
    return text + annotated[end:], tuple(marks)


@dataclass(frozen=True)
class Tally:
    """What was found, what was found and should not have been, what was missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when there was nothing to find and nothing found."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None


def compare(expected: Iterable[Mark], found: Iterable[Mark]) -> dict[str, Tally]:
    """By kind: an entity is found when marks of its kind cover at least half of its letters."""
    expected, found = list(expected), list(found)
    tallies: dict[str, Tally] = {}
    for mark in expected:
        is_found = sum(_overlap(mark, other) for other in found) * 2 >= mark.end - mark.start
        tallies[mark.kind] = tallies.get(mark.kind, Tally()) + Tally(right=is_found, missed=not is_found)
    for mark in found:
        if not any(_overlap(mark, other) for other in expected):
            tallies[mark.kind] = tallies.get(mark.kind, Tally()) + Tally(wrong=1)
    return tallies


def _overlap(mark: Mark, other: Mark) -> int:
    return max(0, min(mark.end, other.end) - max(mark.start, other.start)) if mark.kind == other.kind else 0
