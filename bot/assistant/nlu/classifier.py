"""Which intent or question a sentence means, and how sure that is.

Two stages of one-vs-rest linear machines: the first tells the intents and the topics of the knowledge apart, then
each topic has one of its own for its entries. A calibrator, fitted on held-out sentences and on whole entries
left out, turns the scores into the chance that the answer is right. Knows nothing of Rasa.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.assistant.nlu.concepts import Concepts
from bot.assistant.nlu.features import SentenceFeatures
from bot.assistant.nlu.named_subjects import NamedSubjects
from bot.domain.text.normalize import fold, fold_words

FAQ = "faq"
CARE = "care_"
OUT_OF_SCOPE = "out_of_scope"
# What is none of our subject is endless and its sentences few: each counts for two, or it is taken for a question.
_CLASS_WEIGHTS = {OUT_OF_SCOPE: 2.0}


@dataclass(frozen=True)
class Calibrator:
    """Platt scaling: how the features of a decision turn into the chance that it is right, and two chances asked for.

    Below `refusal`, it is not understood; below `certainty`, what was understood is said before the answer.
    """

    temperature: float
    weights: tuple[float, ...]
    refusal: float
    certainty: float = 1.0

    def confidence(self, features: Sequence[float]) -> float:
        """The chance, from 0 to 1, that a decision with these features is right; the last weight is the intercept."""
        total = sum(weight * value for weight, value in zip(self.weights, (*features, 1.0), strict=True))
        return float(1 / (1 + np.exp(-total)))


@dataclass(frozen=True)
class Understanding:
    """What a sentence is taken for: a label, how sure, and the best candidates in order."""

    label: str
    confidence: float
    is_refused: bool
    ranking: tuple[tuple[str, float], ...]
    is_certain: bool = True
    subjects: frozenset[str] = frozenset()
    """The subjects it names, whatever it means."""


@dataclass(frozen=True)
class LinearClassifier:
    """A one-vs-rest linear SVM: `coefficients` (n_features, n_labels) and `intercepts` (n_labels,).

    `columns` are the features it reads of a wider row, in order.
    """

    labels: tuple[str, ...]
    coefficients: NDArray[np.float16]
    intercepts: NDArray[np.float32]
    columns: NDArray[np.int32]

    @classmethod
    def fit(cls, rows: csr_matrix, labels: Sequence[str], regularization_c: float) -> "LinearClassifier":
        """Fit on rows (n_texts, n_features), keeping the columns met; the same sentences give the same machine."""
        names = tuple(sorted(set(labels)))
        columns = np.flatnonzero(np.diff(rows.tocsc().indptr)).astype(np.int32)
        met = rows[:, columns]
        if len(names) == 1:
            return cls(names, np.zeros((len(columns), 1), np.float16), np.zeros(1, np.float32), columns)
        place = {name: index for index, name in enumerate(names)}
        heavier = {place[label]: share for label, share in _CLASS_WEIGHTS.items() if label in place}
        machine = LinearSVC(C=regularization_c, tol=0.05, random_state=0, class_weight=heavier or None)
        machine.fit(met, np.array([place[label] for label in labels], dtype=np.int32))
        coefficients, intercepts = machine.coef_.T, machine.intercept_
        if len(names) == 2:  # scikit-learn keeps one plane for two labels
            coefficients = np.hstack([-coefficients, coefficients])
            intercepts = np.array([-intercepts[0], intercepts[0]])
        return cls(names, np.ascontiguousarray(coefficients, np.float16), intercepts.astype(np.float32), columns)

    def decision_function(self, rows: csr_matrix) -> NDArray[np.float32]:
        """Signed distances (n_texts, n_labels) of each row to the plane of each label."""
        if rows.shape[0] > 1:
            return np.asarray(
                rows[:, self.columns] @ self.coefficients.astype(np.float32) + self.intercepts, np.float32
            )
        # One sentence holds some hundred features: their coefficients alone leave half precision.
        places = np.searchsorted(self.columns, rows.indices)
        places[places == len(self.columns)] = 0
        met = self.columns[places] == rows.indices
        picked = self.coefficients[places[met]].astype(np.float32)
        return np.asarray(rows.data[met] @ picked + self.intercepts, np.float32).reshape(1, -1)


@dataclass(frozen=True)
class TopicClassifier:
    """Intents and topics first, then the entries of each topic: every label's share is the product of both."""

    first: LinearClassifier
    by_topic: Mapping[str, LinearClassifier]

    @classmethod
    def fit(
        cls, rows: csr_matrix, labels: Sequence[str], topics: Mapping[str, str], regularization_c: float
    ) -> "TopicClassifier":
        """Fit on rows (n_texts, n_features); `topics` gives the topic of each entry, an unknown one is `faq`."""
        owners = [topics.get(label, FAQ) if is_question(label) else label for label in labels]
        owners = [
            f"{FAQ}/{owner}" if is_question(label) else owner for owner, label in zip(owners, labels, strict=True)
        ]
        members: dict[str, list[int]] = {}
        for index, owner in enumerate(owners):
            if is_question(owner):
                members.setdefault(owner, []).append(index)
        return cls(
            LinearClassifier.fit(rows, owners, regularization_c),
            {
                topic: LinearClassifier.fit(rows[found], [labels[each] for each in found], regularization_c)
                for topic, found in sorted(members.items())
            },
        )

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Every intent and entry, in order."""
        entries = [label for each in self.by_topic.values() for label in each.labels]
        return tuple(sorted([label for label in self.first.labels if label not in self.by_topic] + entries))

    @cached_property
    def _places(self) -> dict[str, NDArray[np.int64]]:
        place = {label: index for index, label in enumerate(self.labels)}
        return {topic: np.array([place[label] for label in each.labels]) for topic, each in self.by_topic.items()}

    @cached_property
    def _place_of_intents(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        kept = [index for index, label in enumerate(self.first.labels) if label not in self.by_topic]
        place = {label: index for index, label in enumerate(self.labels)}
        return np.array(kept), np.array([place[self.first.labels[index]] for index in kept])

    def probabilities(self, rows: csr_matrix, temperature: float) -> NDArray[np.float64]:
        """The share (n_texts, n_labels) of each label, rows summing to one."""
        first = softmax(self.first.decision_function(rows), temperature)
        shares = np.zeros((rows.shape[0], len(self.labels)))
        kept, places = self._place_of_intents
        shares[:, places] = first[:, kept]
        for index, owner in enumerate(self.first.labels):
            # For one sentence, a topic nobody would think of is not worth asking.
            if owner in self.by_topic and (rows.shape[0] > 1 or first[0, index] > _NEGLIGIBLE):
                own = softmax(self.by_topic[owner].decision_function(rows), temperature)
                shares[:, self._places[owner]] = first[:, [index]] * own
        return shares


_NEGLIGIBLE = 1e-4


@dataclass(frozen=True)
class SentenceClassifier:
    """Everything needed to understand a sentence."""

    features: SentenceFeatures
    classifier: TopicClassifier
    calibrator: Calibrator
    crisis_keywords: Concepts
    subjects: NamedSubjects
    titles: Mapping[str, str]
    """The entry of each title, folded: a button pressed or a title typed again is certain."""

    def understand(self, text: str, ranking_length: int = 10) -> Understanding:
        """What one sentence means; an empty one is refused, and a word of crisis decides alone."""
        crisis = next(iter(self.crisis_keywords.touched_by(fold(text))), None)
        if crisis is not None:
            return Understanding(crisis, 1.0, False, ((crisis, 1.0),))
        named = self.subjects.named_in(text)
        titled = self.titles.get(fold_words(text))
        if titled is not None:
            return Understanding(titled, 1.0, False, ((titled, 1.0),), True, named)
        return self.decide(self.shares(text), named, ranking_length)

    def understand_clause(self, clause: str, whole: str, ranking_length: int = 10) -> Understanding:
        """What the clause that asks means inside a story: likely by itself, and likely with all that is told."""
        both = np.exp((np.log(self.shares(clause) + _FLOOR) + np.log(self.shares(whole) + _FLOOR)) / 2)
        return self.decide(both / both.sum(), self.subjects.named_in(clause), ranking_length)

    def shares(self, text: str) -> NDArray[np.float64]:
        """The share (1, n_labels) of each label for one text, those of other subjects than it names lowered."""
        rows = self.features.matrix([text])
        if rows.nnz == 0:
            return np.zeros((1, len(self.classifier.labels)))
        shares = self.classifier.probabilities(rows, self.calibrator.temperature)
        return self.subjects.bar_others([self.subjects.named_in(text)], self.classifier.labels, shares)

    def decide(self, shares: NDArray[np.float64], named: frozenset[str], ranking_length: int) -> Understanding:
        """The decision that these shares (1, n_labels) lead to; no share at all is refused."""
        labels = self.classifier.labels
        best = int(choose(shares, labels)[0])
        confidence = self.calibrator.confidence(confidence_features(shares, labels)[0])
        order = [best] + [int(place) for place in np.argsort(-shares[0], kind="stable") if place != best]
        ranking = tuple((labels[place], float(shares[0, place])) for place in order[:ranking_length])
        refused = not shares.any() or confidence < self.calibrator.refusal
        return Understanding(labels[best], confidence, refused, ranking, confidence >= self.calibrator.certainty, named)


_LEAST_AGAINST = 0.3
_LEAST_CARE = 0.15
"""Under this share, words of distress are one guess among many."""
_FLOOR = 1e-4
"""A share no lower than this: one reading alone never forbids a label."""


def softmax(margins: NDArray[np.float32], temperature: float) -> NDArray[np.float64]:
    """The share of each label, row by row, summing to one; a lower temperature is surer."""
    scaled = margins.astype(np.float64) / temperature
    raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def choose(shares: NDArray[np.float64], labels: Sequence[str]) -> NDArray[np.int64]:
    """The best label of each row: all questions weigh together against each intent, then the best one wins.

    Words of distress count double: missing one is worse than answering one too many with care.
    """
    asked = _questions(tuple(labels))
    is_care = np.array([label.startswith(CARE) for label in labels])
    shares = np.where(is_care & (shares >= _LEAST_CARE), 2 * shares, shares)
    if not asked.any() or asked.all():
        return np.asarray(shares.argmax(axis=1))
    question = np.where(asked, shares, -1.0).argmax(axis=1)
    intent = np.where(asked, -1.0, shares).argmax(axis=1)
    best = shares[np.arange(len(shares)), question]
    rival = shares[:, ~asked].max(axis=1)
    # Hundreds of entries hardly likely make no question against one intent that is.
    wins = (shares[:, asked].sum(axis=1) > rival) & (best > _LEAST_AGAINST * rival)
    return np.where(wins, question, intent)


# The likeness of the nearest training sentence was tried as a fourth feature: it told nothing more, at a high price.
def confidence_features(shares: NDArray[np.float64], labels: Sequence[str]) -> NDArray[np.float64]:
    """What tells a good decision from a bad one (n_texts, 3): the share of the intent, of the label, and its lead."""
    asked = _questions(tuple(labels))
    best = choose(shares, labels)
    rows = np.arange(len(best))
    own = shares[rows, best]
    whole = np.where(asked[best], shares[:, asked].sum(axis=1), own)
    others = shares.copy()
    others[rows, best] = 0
    return np.column_stack([whole, own, own - others.max(axis=1)])


def is_question(label: str) -> bool:
    """Whether a label is one of the knowledge's questions."""
    return label.startswith(f"{FAQ}/")


@lru_cache(maxsize=4)
def _questions(labels: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.array([is_question(label) for label in labels])
