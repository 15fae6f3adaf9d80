"""How sure to be: measured on sentences the machine has not seen, inside the training sentences themselves.

Near copies of one sentence stay in the same fold, otherwise every decision would look right. In each fold, one
entry in eight of each topic is left out whole: its sentences play the questions nobody has written an answer to.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from bot.assistant.nlu.classifier import (
    OUT_OF_SCOPE,
    Calibrator,
    TopicClassifier,
    choose,
    confidence_features,
    is_question,
)
from bot.assistant.nlu.named_subjects import NamedSubjects
from bot.domain.text.normalize import fold

# Two are enough to know how sure to be, and each costs a fit of the machine.
_FOLDS = 2
_LEFT_OUT = 8
_TEMPERATURES = (0.07, 0.1, 0.14, 0.2, 0.28, 0.4)
Fold = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True)
class HeldOutPrediction:
    """What was decided about one held-out sentence, and what it was."""

    truth: str
    label: str
    features: tuple[float, ...]
    is_known: bool = True
    """Whether the machine that decided had sentences of the right label at all."""

    @property
    def is_right(self) -> bool:
        """Whether the intent and the question are the right ones."""
        return self.truth == self.label


@dataclass(frozen=True)
class OutOfFoldScores:
    """The shares of every training sentence from a machine that had not seen it, by temperature."""

    labels: tuple[str, ...]
    truths: tuple[str, ...]
    is_known: NDArray[np.bool_]
    shares: Mapping[float, NDArray[np.float32]]

    def predictions(self, temperature: float) -> list[HeldOutPrediction]:
        """The decision about each sentence."""
        shares = self.shares[temperature].astype(np.float64)
        features = confidence_features(shares, self.labels)
        chosen = choose(shares, self.labels)
        rows = zip(self.truths, chosen, features.tolist(), self.is_known.tolist(), strict=True)
        return [HeldOutPrediction(truth, self.labels[best], tuple(row), known) for truth, best, row, known in rows]


def cross_validate(
    rows: csr_matrix,
    texts: Sequence[str],
    labels: Sequence[str],
    topics: Mapping[str, str],
    subjects: NamedSubjects,
    regularization_c: float,
) -> OutOfFoldScores:
    """Score each sentence, of which these are the rows, by a machine fitted on the other folds; on two processors."""
    names = tuple(sorted(set(labels)))
    shares = {each: np.zeros((len(labels), len(names)), np.float32) for each in _TEMPERATURES}
    is_known = np.ones(len(labels), bool)
    work = partial(_score_fold, rows, list(texts), list(labels), topics, subjects, regularization_c)
    with ProcessPoolExecutor(_FOLDS) as pool:
        for (_, held), (found, scored) in zip(
            cuts := list(folds(texts, labels)), pool.map(work, enumerate(cuts)), strict=True
        ):
            columns = np.searchsorted(names, found)
            is_known[held] = np.isin([labels[index] for index in held], found)
            for temperature, each in scored.items():
                shares[temperature][np.ix_(held, columns)] = each
    return OutOfFoldScores(names, tuple(labels), is_known, shares)


def _score_fold(
    rows: csr_matrix,
    texts: list[str],
    labels: list[str],
    topics: Mapping[str, str],
    subjects: NamedSubjects,
    regularization_c: float,
    numbered: tuple[int, Fold],
) -> tuple[tuple[str, ...], dict[float, NDArray[np.float32]]]:
    number, (kept, held) = numbered
    absent = _left_out(sorted(set(labels)), number)
    seen = np.array([index for index in kept if labels[index] not in absent])
    machine = TopicClassifier.fit(rows[seen], [labels[index] for index in seen], topics, regularization_c)
    named = [subjects.named_in(texts[index]) for index in held]
    return machine.labels, {
        temperature: subjects.bar_others(named, machine.labels, machine.probabilities(rows[held], temperature)).astype(
            np.float32
        )
        for temperature in _TEMPERATURES
    }


def _left_out(labels: Sequence[str], fold_number: int) -> frozenset[str]:
    entries = [label for label in labels if is_question(label)]
    return (
        frozenset(entries[fold_number * (_LEFT_OUT // _FOLDS) :: _LEFT_OUT])
        if len(entries) > _LEFT_OUT
        else frozenset()
    )


def folds(texts: Sequence[str], labels: Sequence[str]) -> Iterator[Fold]:
    """Cuts of the sentences, each label spread, near copies together."""
    copies = [(label, _near_duplicate_key(text)) for text, label in zip(texts, labels, strict=True)]
    numbers = {copy: number for number, copy in enumerate(dict.fromkeys(copies))}
    cutter = StratifiedGroupKFold(n_splits=_FOLDS, shuffle=True, random_state=1)
    yield from cutter.split(np.zeros(len(labels)), np.array(labels), [numbers[copy] for copy in copies])


def _near_duplicate_key(text: str) -> str:
    words = re.findall(r"\w+", fold(text))
    return " ".join(sorted({word[:5] for word in words if len(word) > 3} or words))


def fit_calibrator(scores: OutOfFoldScores, max_false_refusal_rate: float, precision: float) -> Calibrator:
    """The temperature that explains the scores best, Platt's weights, and two thresholds.

    Refusal loses this share of the right decisions at most; certainty is where right answers reach `precision`.
    """
    temperature = min(_TEMPERATURES, key=lambda value: _negative_log_likelihood(scores, value))
    answered = [one for one in scores.predictions(temperature) if one.label != OUT_OF_SCOPE]
    right = np.array([one.is_right for one in answered])
    inputs = np.array([one.features for one in answered])
    if right.all() or not right.any():
        return Calibrator(temperature, (0.0,) * inputs.shape[1] + (4.0,), 0.0, 0.0)
    fitted = LogisticRegression(random_state=0).fit(inputs, right)
    calibrator = Calibrator(temperature, (*fitted.coef_[0].tolist(), float(fitted.intercept_[0])), 0.0)
    chances = np.array([calibrator.confidence(each) for each in inputs])
    refusal = float(np.quantile(chances[right], max_false_refusal_rate))
    return Calibrator(temperature, calibrator.weights, refusal, _certainty(chances, right, precision))


def _certainty(chances: NDArray[np.float64], right: NDArray[np.bool_], precision: float) -> float:
    """The lowest chance above which this share of the decisions is right."""
    order = np.argsort(-chances)
    reached = np.cumsum(right[order]) / np.arange(1, len(order) + 1) >= precision
    return float(chances[order][np.flatnonzero(reached)[-1]]) if reached.any() else 1.0


def _negative_log_likelihood(scores: OutOfFoldScores, temperature: float) -> float:
    shares = scores.shares[temperature]
    known = np.flatnonzero(scores.is_known)
    places = np.searchsorted(scores.labels, np.array(scores.truths)[known])
    return float(-np.log(shares[known, places] + 1e-6).mean())
