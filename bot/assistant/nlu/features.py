"""A sentence as numbers: its letters, its sounds, its concepts, its words two by two, and their meaning.

Letters stand typos, sounds stand spelling by ear, concepts know the trade ("patron" is "boss"), words in a row
keep who does what, and word vectors know French.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.assistant.nlu.concepts import Concepts
from bot.assistant.nlu.sounds import sounds
from bot.assistant.nlu.terms import Row, TermWeights, letter_groups
from bot.assistant.nlu.word_vectors import WordVectors
from bot.domain.text.normalize import fold

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
    phrases: float = 0.8


@dataclass(frozen=True)
class SentenceFeatures:
    """What was learnt from the training sentences to turn any sentence into numbers."""

    recipe: Recipe
    letters: TermWeights
    sounds: TermWeights
    families: TermWeights
    phrases: TermWeights
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
            TermWeights.learn([phrases(text) for text in folded], recipe.met_at_least),
            TermWeights.learn([_WORD.findall(text) for text in folded], 1),
            concepts,
            vectors,
        )

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row per text, each of length one; an empty text is an empty row."""
        rows = [self._row(fold(text)) for text in texts]
        ends = np.cumsum([0] + [len(columns) for columns, _ in rows])
        columns = np.concatenate([columns for columns, _ in rows]) if rows else np.empty(0, np.int32)
        values = np.concatenate([values for _, values in rows]) if rows else np.empty(0, np.float32)
        return csr_matrix((values, columns, ends), shape=(len(rows), self._width), dtype=np.float32)

    def _row(self, folded: str) -> Row:
        # Side by side by hand: for one sentence, scipy's own assembly costs more than all the rest.
        columns, values, start = [], [], 0
        for width, share, (places, weights) in self._parts(folded):
            columns.append(places + start)
            values.append(weights * share)
            start += width
        joined = np.concatenate(values)
        length = math.sqrt(float(joined @ joined))
        return np.concatenate(columns).astype(np.int32), (joined / (length or 1.0)).astype(np.float32)

    def _parts(self, folded: str) -> Iterator[tuple[int, float, Row]]:
        """The width of each part, its share, and what the sentence has of it."""
        recipe = self.recipe
        groups = letter_groups(folded, recipe.shortest, recipe.longest)
        yield len(self.letters.names), 1.0, self.letters.row(groups)
        heard = letter_groups(sounds(folded), *SOUND_GROUPS)
        yield len(self.sounds.names), recipe.sounds, self.sounds.row(heard)
        yield len(self.families.names), recipe.concepts, self.families.row(self.concepts.features_of(folded))
        yield len(self.phrases.names), recipe.phrases, self.phrases.row(phrases(folded))
        if self.vectors is not None:
            meaning = self._meaning(folded, self.vectors)
            places = np.flatnonzero(meaning).astype(np.int32)
            yield self.vectors.width, recipe.meaning, (places, meaning[places])

    @cached_property
    def _width(self) -> int:
        terms = sum(len(part.names) for part in (self.letters, self.sounds, self.families, self.phrases))
        return terms + (self.vectors.width if self.vectors is not None else 0)

    def _meaning(self, folded: str, vectors: WordVectors) -> NDArray[np.float32]:
        meaning = np.zeros(vectors.width, dtype=np.float32)
        for word, count in sorted(Counter(_WORD.findall(folded)).items()):
            direction = vectors.of(word)
            if direction is not None:
                meaning += self._rarity(word) * count * direction
        length = math.sqrt(float(meaning @ meaning))
        return meaning / np.float32(length or 1.0)

    @cached_property
    def _rarities(self) -> dict[str, float]:
        return dict(zip(self.words.names, (self.words.weights - 1).tolist(), strict=True))

    def _rarity(self, word: str) -> float:
        return self._rarities.get(word, self._rarest)

    @cached_property
    def _rarest(self) -> float:
        return max(self._rarities.values(), default=1.0)


def phrases(folded: str) -> list[str]:
    """The words of a sentence and each two that follow one another: "qui paie" is not "paie" said of whom."""
    words = _WORD.findall(folded)
    return words + [f"{first} {second}" for first, second in zip(words, words[1:], strict=False)]
