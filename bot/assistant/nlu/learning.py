"""From labelled sentences to a classifier that knows how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.assistant.nlu.classifier import Machine, SentenceClassifier
from bot.assistant.nlu.concepts import Concepts
from bot.assistant.nlu.features import Recipe, SentenceFeatures
from bot.assistant.nlu.held_out import Rehearsal, fit_trust, rehearse
from bot.assistant.nlu.word_vectors import WordVectors


@dataclass(frozen=True)
class Lesson:
    """How to learn: the recipe of the features, how hard to fit, and the right answers one accepts to lose."""

    recipe: Recipe = Recipe()
    hardness: float = 2.0
    lost: float = 0.05


@dataclass(frozen=True)
class KnownWords:
    """What is known of French before any training sentence: families of words, alarms, meanings."""

    concepts: Concepts
    alarms: Concepts
    vectors: WordVectors | None


def learn(sentences: Sequence[tuple[str, str]], lesson: Lesson, known: KnownWords) -> SentenceClassifier:
    """A classifier of these (text, label) sentences; their order does not matter."""
    texts, labels = _columns(sentences)
    features = SentenceFeatures.learn(texts, lesson.recipe, known.concepts, known.vectors)
    rows = features.matrix(texts)
    machine = Machine.learn(rows, labels, lesson.hardness)
    rehearsal = rehearse(rows, texts, labels, lesson.hardness)
    return SentenceClassifier(features, machine, fit_trust(rehearsal, lesson.lost), known.alarms)


def rehearsed(
    sentences: Sequence[tuple[str, str]], lesson: Lesson, known: KnownWords
) -> tuple[SentenceFeatures, Rehearsal]:
    """The features, and every sentence judged by machines that had not seen it."""
    texts, labels = _columns(sentences)
    features = SentenceFeatures.learn(texts, lesson.recipe, known.concepts, known.vectors)
    return features, rehearse(features.matrix(texts), texts, labels, lesson.hardness)


def _columns(sentences: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    ordered = sorted(set(sentences))
    return [text for text, _ in ordered], [label for _, label in ordered]
