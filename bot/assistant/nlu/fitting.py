"""From labelled sentences to a classifier that knows how sure it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.assistant.nlu.classifier import SentenceClassifier, TopicClassifier
from bot.assistant.nlu.concepts import Concepts
from bot.assistant.nlu.cross_validation import OutOfFoldScores, cross_validate, fit_calibrator
from bot.assistant.nlu.features import FeatureConfig, SentenceFeatures
from bot.assistant.nlu.named_subjects import NamedSubjects
from bot.assistant.nlu.word_vectors import WordVectors
from bot.domain.text.normalize import fold_words


@dataclass(frozen=True)
class TrainingConfig:
    """How to learn: the features, the inverse strength of regularization, and what the thresholds must reach."""

    features: FeatureConfig = FeatureConfig()
    regularization_c: float = 1.0
    max_false_refusal_rate: float = 0.05
    certain_precision: float = 0.9


@dataclass(frozen=True)
class PriorKnowledge:
    """What is known before any training sentence: families of words, words of crisis, meanings, and of each entry
    its title, its topic and the subjects it speaks of."""

    concepts: Concepts
    crisis_keywords: Concepts
    vectors: WordVectors | None
    subject_words: Concepts = field(default_factory=lambda: Concepts({}))
    topics: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, Sequence[str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def subjects(self) -> NamedSubjects:
        """Which entries a subject named bars."""
        return NamedSubjects(self.subject_words, self.about)


def fit(sentences: Sequence[tuple[str, str]], config: TrainingConfig, known: PriorKnowledge) -> SentenceClassifier:
    """A classifier of these (text, label) sentences; their order does not matter."""
    texts, labels = _columns([*sentences, *known.titles.items()])
    features = SentenceFeatures.fit(texts, config.features, known.concepts, known.vectors)
    rows = features.matrix(texts)
    scores = cross_validate(rows, texts, labels, known.topics, known.subjects, config.regularization_c)
    classifier = TopicClassifier.fit(rows, labels, known.topics, config.regularization_c)
    calibrator = fit_calibrator(scores, config.max_false_refusal_rate, config.certain_precision)
    titles = {fold_words(title): label for title, label in known.titles.items()}
    return SentenceClassifier(features, classifier, calibrator, known.crisis_keywords, known.subjects, titles)


def out_of_fold(sentences: Sequence[tuple[str, str]], config: TrainingConfig, known: PriorKnowledge) -> OutOfFoldScores:
    """Every sentence scored by machines that had not seen it."""
    texts, labels = _columns(sentences)
    features = SentenceFeatures.fit(texts, config.features, known.concepts, known.vectors)
    return cross_validate(features.matrix(texts), texts, labels, known.topics, known.subjects, config.regularization_c)


def _columns(sentences: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    ordered = sorted(set(sentences))
    return [text for text, _ in ordered], [label for _, label in ordered]
