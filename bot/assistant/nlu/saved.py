"""Writing a sentence classifier to a folder and reading it back: plain arrays and JSON, never code."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.assistant.nlu.classifier import Machine, SentenceClassifier, Trust
from bot.assistant.nlu.concepts import Concepts
from bot.assistant.nlu.features import Recipe, SentenceFeatures
from bot.assistant.nlu.terms import TermWeights
from bot.assistant.nlu.word_vectors import WordVectors

_NUMBERS = "numbers.npz"
_WORDS = "words.json"
_TERMS = ("letters", "sounds", "families", "phrases", "words")


def save(classifier: SentenceClassifier, folder: Path) -> None:
    """Write everything needed to understand sentences again."""
    features, machine = classifier.features, classifier.machine
    numbers: dict[str, NDArray[Any]] = {
        **{name: getattr(features, name).weights for name in _TERMS},
        "planes": machine.weights,
        "biases": machine.biases,
    }
    if features.vectors is not None:
        vectors = features.vectors
        numbers |= {"vector_keys": vectors.keys, "vector_rows": vectors.rows, "vector_table": vectors.table}
    np.savez(folder / _NUMBERS, **numbers)
    (folder / _WORDS).write_text(json.dumps(_words(classifier), ensure_ascii=False), encoding="utf-8")


def load(folder: Path) -> SentenceClassifier:
    """Read what `save` wrote."""
    words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
    with np.load(folder / _NUMBERS, allow_pickle=False) as stored:
        numbers = dict(stored)
    terms = {name: TermWeights(tuple(words[name]), numbers[name]) for name in _TERMS}
    vectors = None
    if "vector_keys" in numbers:
        vectors = WordVectors(numbers["vector_keys"], numbers["vector_rows"], numbers["vector_table"])
    features = SentenceFeatures(
        Recipe(**words["recipe"]), concepts=Concepts(words["concepts"]), vectors=vectors, **terms
    )
    trust = Trust(words["temperature"], tuple(words["trust"]), words["threshold"])
    machine = Machine(tuple(words["labels"]), numbers["planes"], numbers["biases"])
    return SentenceClassifier(features, machine, trust, Concepts(words["alarms"]))


def _words(classifier: SentenceClassifier) -> dict[str, Any]:
    features = classifier.features
    return {
        "recipe": asdict(features.recipe),
        **{name: getattr(features, name).names for name in _TERMS},
        "concepts": features.concepts.families,
        "alarms": classifier.alarms.families,
        "labels": classifier.machine.labels,
        "temperature": classifier.trust.temperature,
        "trust": classifier.trust.weights,
        "threshold": classifier.trust.threshold,
    }
