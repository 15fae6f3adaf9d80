"""What people say, beside what is answered: one intent for one entry, no sentence shared."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from bot.domain.text.normalize import fold_words
from bot.knowledge.faq import load_care, load_knowledge
from tests.content.texts import FAQ, KNOWLEDGE, TRAINING

FEWEST = 10


def examples_of(path: Path) -> dict[str, list[str]]:
    content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    found: dict[str, list[str]] = {}
    for block in content.get("nlu", []):
        if "intent" in block:
            lines = block["examples"].splitlines()
            found.setdefault(block["intent"], []).extend(line[2:].strip() for line in lines if line[:2] == "- ")
    return found


def bare(example: str) -> str:
    """The sentence without annotations, accents, capitals and signs; signs alone stay as they are."""
    text = re.sub(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})", r"\1", example)
    return fold_words(text) or text


@pytest.fixture(scope="module")
def training() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TRAINING.rglob("*.yml")):
        for intent, examples in examples_of(path).items():
            found[intent].extend(examples)
    return found


def test_every_entry_has_its_intent_and_every_intent_its_entry(training: dict[str, list[str]]) -> None:
    entries = {f"faq/{entry_id}" for entry_id in load_knowledge(FAQ).entries}
    intents = {intent for intent in training if intent.startswith("faq/")}

    assert (entries - intents, intents - entries) == (set(), set())


def test_every_careful_text_has_its_intent(training: dict[str, list[str]]) -> None:
    assert set(load_care(KNOWLEDGE / "care.yml").entries) == {each for each in training if each.startswith("care_")}


def test_examples_lie_in_the_file_of_their_topic() -> None:
    strays = [
        f"{path.name}: {intent}"
        for path in sorted((TRAINING / "faq").glob("*.yml"))
        for intent in examples_of(path)
        if not intent.startswith(f"faq/{path.stem}_")
    ]

    assert strays == []


def test_every_intent_has_enough_examples(training: dict[str, list[str]]) -> None:
    poor = {
        intent: len(set(map(bare, said))) for intent, said in training.items() if len(set(map(bare, said))) < FEWEST
    }

    assert poor == {}


def test_no_example_is_shared_by_two_intents(training: dict[str, list[str]]) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for intent, examples in training.items():
        for example in examples:
            owners[bare(example)].add(intent)

    assert {said: sorted(intents) for said, intents in owners.items() if len(intents) > 1} == {}


def test_no_example_is_written_twice(training: dict[str, list[str]]) -> None:
    twice = [(intent, said) for intent, examples in training.items() for said, n in Counter(examples).items() if n > 1]

    assert twice == []
