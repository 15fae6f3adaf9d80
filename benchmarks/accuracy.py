"""How well both stacks understand the same sentences, which neither was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.plain.environment import plain_understanding
from benchmarks.progress import say
from benchmarks.table import Row, more
from tests.nlu.scores import Scores, scores
from tests.nlu.trained_model import Understood, understand, understood
from tests.nlu.unseen_sentences import Unseen, unseen

KINDS = {
    "spelt with care": ("clean", "fresh_clean"),
    "in haste": ("noisy", "fresh_noisy"),
    "out of scope": ("out_of_scope", "fresh_out_of_scope"),
}


def accuracy(ours: Path, plain: Path) -> list[Row]:
    """A row per kind of sentence and figure; the plain stack is only worth judging once trained whole."""
    say("understanding the same unseen sentences ...")
    sentences = {kind: [each for name in sets for each in unseen(name)] for kind, sets in KINDS.items()}
    asked = [each for some in sentences.values() for each in some]
    by_plain = plain_understanding(plain, [each.text for each in asked])
    found = [
        _by_kind(understand(ours, asked), sentences),
        _by_kind([understood(*each) for each in zip(asked, by_plain, strict=True)], sentences),
    ]
    return [row for kind in KINDS for row in _rows(kind, *(each[kind] for each in found))]


def _by_kind(found: Sequence[Understood], sentences: dict[str, list[Unseen]]) -> dict[str, Scores]:
    each = iter(found)
    return {kind: scores(_as_entries([next(each) for _ in some])) for kind, some in sentences.items()}


def _as_entries(understood: Sequence[Understood]) -> list[Understood]:
    """Questions by their entry: the plain stack knows them as intents of their own (`plain/questions.py`)."""
    return [
        replace(each, label=_entry(each.label), ranking=tuple(_entry(label) for label in each.ranking))
        for each in understood
    ]


def _entry(label: str) -> str:
    return f"faq/{label.removeprefix('faq_')}" if label.startswith("faq_") else label


def _rows(kind: str, ours: Scores, plain: Scores) -> list[Row]:
    figures = {"right intent": (ours.intent, plain.intent), "right answer": (ours.entry, plain.entry)}
    return [
        more(f"{name}, {kind}", "%", 100 * one, 100 * other)
        for name, (one, other) in figures.items()
        if one is not None and other
    ]
