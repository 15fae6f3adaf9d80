"""A sentence as numbers: its letters, its sounds, the concepts it touches, the meaning of its words.

Letters stand typos, sounds stand spelling by ear, concepts know the trade ("patron" is "boss"), and word
vectors know French.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from bot.assistant.nlu.concepts import Concepts
from bot.assistant.nlu.folding import fold
from bot.assistant.nlu.sounds import sounds
from bot.assistant.nlu.terms import TermWeights, letter_groups
from bot.assistant.nlu.word_vectors import WordVectors

SOUND_GROUPS = (2, 4)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Recipe:
    """How sentences are turned into numbers: sizes of groups of letters, and the share of each part."""

    shortest: int = 3
    longest: int = 4
    met_at_least: int = 2
    concepts: float = 0.6
    meaning: float = 1.0
    sounds: float = 0.7


@dataclass(frozen=True)
class SentenceFeatures:
    """What was learnt from the training sentences to turn any sentence into numbers."""

    recipe: Recipe
    letters: TermWeights
    sounds: TermWeights
    families: TermWeights
    words: TermWeights
    concepts: Concepts
    vectors: WordVectors | None

    @classmethod
    def learn(
        cls, texts: Sequence[str], recipe: Recipe, concepts: Concepts, vectors: WordVectors | None
    ) -> "SentenceFeatures":
        """The terms of the training sentences and their weights."""
        folded = [fold(text) for text in texts]
        groups = [letter_groups(text, recipe.shortest, recipe.longest) for text in folded]
        return cls(
            recipe,
            TermWeights.learn(groups, recipe.met_at_least),
            TermWeights.learn([letter_groups(sounds(text), *SOUND_GROUPS) for text in folded], recipe.met_at_least),
            TermWeights.learn([concepts.features_of(text) for text in folded], recipe.met_at_least),
            TermWeights.learn([_WORD.findall(text) for text in folded], 1),
            concepts,
            vectors,
        )

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row per text, each of length one; an empty text is an empty row."""
        folded = [fold(text) for text in texts]
        groups = [letter_groups(text, self.recipe.shortest, self.recipe.longest) for text in folded]
        parts = [
            self.letters.matrix(groups),
            self.sounds.matrix([letter_groups(sounds(text), *SOUND_GROUPS) for text in folded]) * self.recipe.sounds,
            self.families.matrix([self.concepts.features_of(text) for text in folded]) * self.recipe.concepts,
        ]
        if self.vectors is not None:
            parts.append(csr_matrix(self._meanings(folded, self.vectors) * self.recipe.meaning))
        return _of_length_one(hstack(parts, format="csr", dtype=np.float32))

    def _meanings(self, folded: Sequence[str], vectors: WordVectors) -> NDArray[np.float32]:
        meanings = np.zeros((len(folded), vectors.width), dtype=np.float32)
        for row, text in enumerate(folded):
            for word, count in sorted(Counter(_WORD.findall(text)).items()):
                direction = vectors.of(word)
                if direction is not None:
                    meanings[row] += self._rarity(word) * count * direction
            length = math.sqrt(float(meanings[row] @ meanings[row]))
            meanings[row] /= length or 1.0
        return meanings

    @cached_property
    def _rarities(self) -> dict[str, float]:
        return dict(zip(self.words.names, (self.words.weights - 1).tolist(), strict=True))

    def _rarity(self, word: str) -> float:
        return self._rarities.get(word, self._rarest)

    @cached_property
    def _rarest(self) -> float:
        return max(self._rarities.values(), default=1.0)


def _of_length_one(rows: csr_matrix) -> csr_matrix:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    scale = np.repeat(1 / np.where(lengths > 0, lengths, 1), np.diff(rows.indptr))
    return csr_matrix((rows.data * scale, rows.indices, rows.indptr), shape=rows.shape, dtype=np.float32)
