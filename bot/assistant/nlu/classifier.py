"""Which intent or question a sentence means, and how sure that is.

One linear machine over all intents and questions; a second, tiny one tells from held-out sentences how often
such a decision was right, so that what is not understood is refused. Knows nothing of Rasa.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.assistant.nlu.features import SentenceFeatures

FAQ = "faq"


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
    """One margin per label, and the training sentences to compare with."""

    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    biases: NDArray[np.float32]
    sentences: csr_matrix
    sentence_labels: NDArray[np.int32]

    @classmethod
    def learn(cls, rows: csr_matrix, labels: Sequence[str], hardness: float) -> "Machine":
        """Fit one plane per label against all the others; the same sentences give the same planes."""
        names = tuple(sorted(set(labels)))
        place = {name: index for index, name in enumerate(names)}
        targets = np.array([place[label] for label in labels], dtype=np.int32)
        planes = LinearSVC(C=hardness, random_state=0).fit(rows, targets)
        weights = np.ascontiguousarray(planes.coef_.T, dtype=np.float32)
        return cls(names, weights, planes.intercept_.astype(np.float32), rows, targets)

    def margins(self, rows: csr_matrix) -> NDArray[np.float32]:
        """How far each sentence lies on the side of each label."""
        return np.asarray(rows @ self.weights + self.biases, dtype=np.float32)

    def likeness(self, rows: csr_matrix) -> NDArray[np.float32]:
        """For each sentence and label, the cosine with the nearest training sentence of that label."""
        cosines = np.asarray((self.sentences @ rows.T).todense(), dtype=np.float32)
        nearest = np.zeros((len(self.labels), rows.shape[0]), dtype=np.float32)
        np.maximum.at(nearest, self.sentence_labels, cosines)
        return nearest.T


@dataclass(frozen=True)
class SentenceClassifier:
    """Everything needed to understand a sentence."""

    features: SentenceFeatures
    machine: Machine
    trust: Trust

    def understand(self, text: str, ranking_length: int = 10) -> Understanding:
        """What one sentence means; an empty one is refused."""
        rows = self.features.matrix([text])
        shares = likelihoods(self.machine.margins(rows), self.trust.temperature)[0]
        best = choose(shares, self.machine.labels)
        confidence = self.trust.of(signs(shares, self.machine.likeness(rows)[0], self.machine.labels, best))
        order = [best] + [int(place) for place in np.argsort(-shares, kind="stable") if place != best]
        ranking = tuple((self.machine.labels[place], float(shares[place])) for place in order[:ranking_length])
        refused = rows.nnz == 0 or confidence < self.trust.threshold
        return Understanding(self.machine.labels[best], confidence, refused, ranking)


def likelihoods(margins: NDArray[np.float32], temperature: float) -> NDArray[np.float64]:
    """The share of each label, row by row, summing to one."""
    scaled = margins.astype(np.float64) / temperature
    raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def choose(shares: NDArray[np.float64], labels: Sequence[str]) -> int:
    """The best label: all questions weigh together against each other intent, then the best question wins."""
    asked = np.array([is_question(label) for label in labels])
    if not asked.any() or not shares[asked].sum() > shares[~asked].max(initial=0.0):
        return int(np.argmax(shares))
    return int(np.argmax(np.where(asked, shares, -1.0)))


def signs(
    shares: NDArray[np.float64], likeness: NDArray[np.float32], labels: Sequence[str], best: int
) -> tuple[float, float, float, float]:
    """What tells a good decision from a bad one: the share of the intent, of the label, likeness, lead."""
    asked = np.array([is_question(label) for label in labels])
    whole = float(shares[asked].sum()) if asked[best] else float(shares[best])
    second = float(np.delete(shares, best).max(initial=0.0))
    return whole, float(shares[best]), float(likeness[best]), float(shares[best]) - second


def is_question(label: str) -> bool:
    """Whether a label is one of the knowledge's questions."""
    return label.startswith(f"{FAQ}/")
