"""How sure to be: measured on sentences the machine has not seen, inside the training sentences themselves.

Near copies of one sentence stay in the same fold, otherwise every decision would look right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from bot.assistant.nlu.classifier import FAQ, OUT_OF_SCOPE, Machine, Trust, choose, likelihoods, signs
from bot.domain.text.normalize import fold

# Two are enough to know how sure to be, and each costs a fit of the machine.
_FOLDS = 2
_TEMPERATURES = (0.05, 0.07, 0.1, 0.14, 0.2, 0.28, 0.4)


@dataclass(frozen=True)
class Judged:
    """What was decided about one held-out sentence, and what it was."""

    truth: str
    label: str
    signs: tuple[float, ...]

    @property
    def is_right(self) -> bool:
        """Whether the intent and the question are the right ones."""
        return self.truth == self.label

    @property
    def is_right_intent(self) -> bool:
        """Whether the intent is right, any question counting as a question."""
        return _intent(self.truth) == _intent(self.label)


@dataclass(frozen=True)
class Rehearsal:
    """Margins of every training sentence from a machine that had not seen it."""

    labels: tuple[str, ...]
    truths: tuple[str, ...]
    margins: NDArray[np.float32]

    def judged(self, temperature: float) -> list[Judged]:
        """The decision about each sentence."""
        shares = likelihoods(self.margins, temperature)
        told = signs(shares, self.labels)
        return [
            Judged(truth, self.labels[best], tuple(row))
            for truth, best, row in zip(self.truths, choose(shares, self.labels), told.tolist(), strict=True)
        ]


def rehearse(rows: csr_matrix, texts: Sequence[str], labels: Sequence[str], hardness: float) -> Rehearsal:
    """Judge each sentence, of which these are the rows, by a machine fitted on the other folds."""
    names = tuple(sorted(set(labels)))
    margins = np.full((len(labels), len(names)), -2.0, dtype=np.float32)
    for kept, held in folds(texts, labels):
        machine = Machine.learn(rows[kept], [labels[index] for index in kept], hardness)
        columns = np.array([names.index(name) for name in machine.labels])
        margins[np.ix_(held, columns)] = machine.margins(rows[held])
    return Rehearsal(names, tuple(labels), margins)


def folds(texts: Sequence[str], labels: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Cuts of the sentences, each label spread, near copies together."""
    copies = [(label, _gist(text)) for text, label in zip(texts, labels, strict=True)]
    numbers = {copy: number for number, copy in enumerate(dict.fromkeys(copies))}
    cutter = StratifiedGroupKFold(n_splits=_FOLDS, shuffle=True, random_state=1)
    yield from cutter.split(np.zeros(len(labels)), np.array(labels), [numbers[copy] for copy in copies])


def _gist(text: str) -> str:
    words = re.findall(r"\w+", fold(text))
    return " ".join(sorted({word[:5] for word in words if len(word) > 3} or words))


def fit_trust(rehearsal: Rehearsal, lost: float) -> Trust:
    """The temperature that explains the rehearsal best, and a threshold that loses this share of right decisions."""
    temperature = min(_TEMPERATURES, key=lambda value: _surprise(rehearsal, value))
    judged = rehearsal.judged(temperature)
    answered = [one for one in judged if one.label != OUT_OF_SCOPE]
    right = np.array([one.is_right_intent for one in answered])
    inputs = np.array([one.signs for one in answered])
    if right.all() or not right.any():
        return Trust(temperature, (0.0,) * inputs.shape[1] + (4.0,), 0.0)
    fitted = LogisticRegression(random_state=0, class_weight=None).fit(inputs, right)
    trust = Trust(temperature, (*fitted.coef_[0].tolist(), float(fitted.intercept_[0])), 0.0)
    chances = [trust.of(one.signs) for one in answered if one.is_right_intent]
    return Trust(temperature, trust.weights, float(np.quantile(chances, lost)))


def _surprise(rehearsal: Rehearsal, temperature: float) -> float:
    shares = likelihoods(rehearsal.margins, temperature)
    places = [rehearsal.labels.index(truth) for truth in rehearsal.truths]
    return float(-np.log(shares[np.arange(len(places)), places] + 1e-12).mean())


def _intent(label: str) -> str:
    return label.split("/", maxsplit=1)[0] if label.startswith(f"{FAQ}/") else label
