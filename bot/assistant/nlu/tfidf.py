"""Weighted bags of terms: which terms a sentence holds, rare ones counting more, each sentence of unit L2 norm."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Row = tuple[NDArray[np.int32], NDArray[np.float32]]
"""The columns of a sentence that are not zero, in order, and their values, of unit L2 norm."""


def char_ngrams(folded: str, ngram_range: tuple[int, int]) -> list[str]:
    """Every run of letters of a sentence inside its words, the edges of a word marked by a space."""
    groups = []
    for word in folded.split():
        padded = f" {word} "
        for size in range(ngram_range[0], ngram_range[1] + 1):
            groups += [padded[start : start + size] for start in range(max(1, len(padded) - size + 1))]
    return groups


@dataclass(frozen=True)
class TfidfVectorizer:
    """The terms met in training, in order, and how telling each is."""

    names: tuple[str, ...]
    weights: NDArray[np.float32]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: column for column, name in enumerate(self.names)}

    @classmethod
    def fit(cls, bags: Sequence[Sequence[str]], min_df: int) -> "TfidfVectorizer":
        """The terms met in enough sentences."""
        met = Counter(term for bag in bags for term in set(bag))
        names = tuple(sorted(term for term, count in met.items() if count >= min_df))
        weights = [math.log((1 + len(bags)) / (1 + met[name])) + 1 for name in names]
        return cls(names, np.array(weights, dtype=np.float32))

    def row(self, bag: Sequence[str]) -> Row:
        """The terms of this bag that are known; a bag without any gives an empty row."""
        counts = Counter(term for term in bag if term in self._places)
        columns = np.array(sorted(self._places[term] for term in counts), dtype=np.int32)
        values = np.array([1 + math.log(counts[self.names[column]]) for column in columns], dtype=np.float32)
        weighted = values * self.weights[columns] if len(columns) else values
        length = float(np.linalg.norm(weighted))
        return columns, (weighted / length if length else weighted).astype(np.float32)
