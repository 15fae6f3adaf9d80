"""Writing a sentence classifier to a folder and reading it back: plain arrays and JSON, never code."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from bot.assistant.nlu.classifier import Machine, SentenceClassifier, Trust
from bot.assistant.nlu.concepts import Concepts
from bot.assistant.nlu.features import Recipe, SentenceFeatures
from bot.assistant.nlu.terms import TermWeights
from bot.assistant.nlu.word_vectors import WordVectors

_NUMBERS = "numbers.npz"
_WORDS = "words.json"


def save(classifier: SentenceClassifier, folder: Path) -> None:
    """Write everything needed to understand sentences again."""
    features, machine = classifier.features, classifier.machine
    numbers = {
        "letters": features.letters.weights,
        "families": features.families.weights,
        "words": features.words.weights,
        "planes": machine.weights,
        "biases": machine.biases,
        "sentence_labels": machine.sentence_labels,
        "sentences_values": machine.sentences.data.astype(np.float16),
        "sentences_columns": machine.sentences.indices,
        "sentences_ends": machine.sentences.indptr,
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
    terms = {name: TermWeights(tuple(words[name]), numbers[name]) for name in ("letters", "families", "words")}
    vectors = None
    if "vector_keys" in numbers:
        vectors = WordVectors(numbers["vector_keys"], numbers["vector_rows"], numbers["vector_table"])
    features = SentenceFeatures(
        Recipe(**words["recipe"]), concepts=Concepts(words["concepts"]), vectors=vectors, **terms
    )
    trust = Trust(words["temperature"], tuple(words["trust"]), words["threshold"])
    return SentenceClassifier(features, _machine(words, numbers), trust)


def _words(classifier: SentenceClassifier) -> dict[str, Any]:
    features = classifier.features
    return {
        "recipe": asdict(features.recipe),
        "letters": features.letters.names,
        "families": features.families.names,
        "words": features.words.names,
        "concepts": features.concepts.families,
        "labels": classifier.machine.labels,
        "temperature": classifier.trust.temperature,
        "trust": classifier.trust.weights,
        "threshold": classifier.trust.threshold,
    }


def _machine(words: dict[str, Any], numbers: dict[str, Any]) -> Machine:
    values = numbers["sentences_values"].astype(np.float32)
    shape = (len(numbers["sentence_labels"]), len(numbers["planes"]))
    sentences = csr_matrix((values, numbers["sentences_columns"], numbers["sentences_ends"]), shape=shape)
    return Machine(tuple(words["labels"]), numbers["planes"], numbers["biases"], sentences, numbers["sentence_labels"])
