"""Writing a sentence classifier to a folder and reading it back: plain arrays and JSON, never code."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.assistant.nlu.classifier import Calibrator, LinearClassifier, SentenceClassifier, TopicClassifier
from bot.assistant.nlu.concepts import Concepts
from bot.assistant.nlu.features import FeatureConfig, SentenceFeatures
from bot.assistant.nlu.named_subjects import NamedSubjects
from bot.assistant.nlu.tfidf import TfidfVectorizer
from bot.assistant.nlu.word_vectors import WordVectors

_NUMBERS = "numbers.npz"
_WORDS = "words.json"
_TERMS = ("char_ngrams", "phonetic", "families", "word_ngrams", "words")
_PARTS = ("coefficients", "intercepts", "columns")
Arrays = Mapping[str, NDArray[Any]]


def save(classifier: SentenceClassifier, folder: Path) -> None:
    """Write everything needed to understand sentences again."""
    features, topics = classifier.features, classifier.classifier
    numbers: dict[str, NDArray[Any]] = {name: getattr(features, name).weights for name in _TERMS}
    numbers |= _arrays("first", topics.first)
    for place, machine in enumerate(topics.by_topic.values()):
        numbers |= _arrays(f"topic{place}", machine)
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
    by_topic = {topic: _machine(f"topic{n}", labels, numbers) for n, (topic, labels) in enumerate(words["topics"])}
    return SentenceClassifier(
        _features(words, numbers),
        TopicClassifier(_machine("first", words["labels"], numbers), by_topic),
        Calibrator(**{**words["calibrator"], "weights": tuple(words["calibrator"]["weights"])}),
        Concepts(words["crisis_keywords"]),
        NamedSubjects(Concepts(words["subject_words"]), words["about"]),
        words["titles"],
    )


def _features(words: Mapping[str, Any], numbers: Arrays) -> SentenceFeatures:
    terms = {name: TfidfVectorizer(tuple(words[name]), numbers[name]) for name in _TERMS}
    vectors = None
    if "vector_keys" in numbers:
        vectors = WordVectors(numbers["vector_keys"], numbers["vector_rows"], numbers["vector_table"])
    config = FeatureConfig(**{**words["features"], "ngram_range": tuple(words["features"]["ngram_range"])})
    return SentenceFeatures(config, concepts=Concepts(words["concepts"]), vectors=vectors, **terms)


def _arrays(name: str, machine: LinearClassifier) -> dict[str, NDArray[Any]]:
    return {f"{name}_{part}": getattr(machine, part) for part in _PARTS}


def _machine(name: str, labels: list[str], numbers: Arrays) -> LinearClassifier:
    return LinearClassifier(tuple(labels), *(numbers[f"{name}_{part}"] for part in _PARTS))


def _words(classifier: SentenceClassifier) -> dict[str, Any]:
    features, topics = classifier.features, classifier.classifier
    return {
        "features": asdict(features.config),
        **{name: getattr(features, name).names for name in _TERMS},
        "concepts": features.concepts.families,
        "crisis_keywords": classifier.crisis_keywords.families,
        "subject_words": classifier.subjects.words.families,
        "about": {label: list(about) for label, about in classifier.subjects.about.items()},
        "titles": dict(classifier.titles),
        "labels": topics.first.labels,
        "topics": [(topic, machine.labels) for topic, machine in topics.by_topic.items()],
        "calibrator": asdict(classifier.calibrator),
    }
