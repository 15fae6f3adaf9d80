"""Which intent or question a sentence means, and how sure that is.

One linear machine over all intents and questions; a second, tiny one tells from held-out sentences how often
such a decision was right, so that what is not understood is refused. Knows nothing of Rasa.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.assistant.nlu.concepts import Concepts
from bot.assistant.nlu.features import SentenceFeatures
from bot.domain.text.normalize import fold

FAQ = "faq"
CARE = "care_"
OUT_OF_SCOPE = "out_of_scope"
# What is none of our subject is endless and its sentences few: each counts for two, or it is taken for a question.
_COUNTS_FOR = {OUT_OF_SCOPE: 2.0}


@dataclass(frozen=True)
class Trust:
    """How a decision's signs turn into the chance that it is right, and the chance asked for."""

    temperature: float
    weights: tuple[float, ...]
    threshold: float

    def of(self, signs: Sequence[float]) -> float:
        """The chance that a decision with these signs is right; the last weight stands alone."""
        total = sum(weight * sign for weight, sign in zip(self.weights, (*signs, 1.0), strict=True))
        return float(1 / (1 + np.exp(-total)))


@dataclass(frozen=True)
class Understanding:
    """What a sentence is taken for: a label, how sure, and the best candidates in order."""

    label: str
    confidence: float
    is_refused: bool
    ranking: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Machine:
    """One plane per label: which side of it a sentence lies on, and how far."""

    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    biases: NDArray[np.float32]

    @classmethod
    def learn(cls, rows: csr_matrix, labels: Sequence[str], hardness: float) -> "Machine":
        """Fit one plane per label against all the others; the same sentences give the same planes."""
        names = tuple(sorted(set(labels)))
        place = {name: index for index, name in enumerate(names)}
        targets = np.array([place[label] for label in labels], dtype=np.int32)
        heavier = {place[label]: share for label, share in _COUNTS_FOR.items() if label in place}
        planes = LinearSVC(C=hardness, tol=0.05, random_state=0, class_weight=heavier or None).fit(rows, targets)
        weights = np.ascontiguousarray(planes.coef_.T, dtype=np.float32)
        return cls(names, weights, planes.intercept_.astype(np.float32))

    def margins(self, rows: csr_matrix) -> NDArray[np.float32]:
        """How far each sentence lies on the side of each label."""
        return np.asarray(rows @ self.weights + self.biases, dtype=np.float32)


@dataclass(frozen=True)
class SentenceClassifier:
    """Everything needed to understand a sentence."""

    features: SentenceFeatures
    machine: Machine
    trust: Trust
    alarms: Concepts

    def understand(self, text: str, ranking_length: int = 10) -> Understanding:
        """What one sentence means; an empty one is refused, and a word of alarm decides alone."""
        alarm = next(iter(self.alarms.touched_by(fold(text))), None)
        if alarm is not None:
            return Understanding(alarm, 1.0, False, ((alarm, 1.0),))
        labels = self.machine.labels
        rows = self.features.matrix([text])
        shares = likelihoods(self.machine.margins(rows), self.trust.temperature)
        best = int(choose(shares, labels)[0])
        confidence = self.trust.of(signs(shares, labels)[0])
        order = [best] + [int(place) for place in np.argsort(-shares[0], kind="stable") if place != best]
        ranking = tuple((labels[place], float(shares[0, place])) for place in order[:ranking_length])
        refused = rows.nnz == 0 or confidence < self.trust.threshold
        return Understanding(labels[best], confidence, refused, ranking)


def likelihoods(margins: NDArray[np.float32], temperature: float) -> NDArray[np.float64]:
    """The share of each label, row by row, summing to one."""
    scaled = margins.astype(np.float64) / temperature
    raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def choose(shares: NDArray[np.float64], labels: Sequence[str]) -> NDArray[np.int64]:
    """The best label of each row: all questions weigh together against each intent, then the best one wins.

    Words of distress count double: missing one is worse than answering one too many with care.
    """
    asked = _questions(tuple(labels))
    shares = shares * np.where([label.startswith(CARE) for label in labels], 2.0, 1.0)
    if not asked.any() or asked.all():
        return np.asarray(shares.argmax(axis=1))
    question = np.where(asked, shares, -1.0).argmax(axis=1)
    intent = np.where(asked, -1.0, shares).argmax(axis=1)
    wins = shares[:, asked].sum(axis=1) > shares[:, ~asked].max(axis=1)
    return np.where(wins, question, intent)


# The likeness of the nearest training sentence was tried as a fourth sign: it told nothing more, at a high price.
def signs(shares: NDArray[np.float64], labels: Sequence[str]) -> NDArray[np.float64]:
    """What tells a good decision from a bad one: the share of the intent, of the label, and its lead."""
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
