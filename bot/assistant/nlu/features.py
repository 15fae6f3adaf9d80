"""A sentence as numbers: its letters, its sounds, its concepts, its words two by two, and their embedding.

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
from bot.assistant.nlu.phonetic import phonetic_key
from bot.assistant.nlu.tfidf import Row, TfidfVectorizer, char_ngrams
from bot.assistant.nlu.word_vectors import WordVectors
from bot.domain.text.normalize import fold

PHONETIC_NGRAMS = (2, 4)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class FeatureConfig:
    """How sentences are turned into numbers: sizes of groups of letters, and the share of each part."""

    ngram_range: tuple[int, int] = (3, 4)
    min_df: int = 2
    concept_weight: float = 0.6
    embedding_weight: float = 1.0
    phonetic_weight: float = 0.7
    word_ngram_weight: float = 0.8


@dataclass(frozen=True)
class SentenceFeatures:
    """What was learnt from the training sentences to turn any sentence into numbers."""

    config: FeatureConfig
    char_ngrams: TfidfVectorizer
    phonetic: TfidfVectorizer
    families: TfidfVectorizer
    word_ngrams: TfidfVectorizer
    words: TfidfVectorizer
    concepts: Concepts
    vectors: WordVectors | None

    @classmethod
    def fit(
        cls, texts: Sequence[str], config: FeatureConfig, concepts: Concepts, vectors: WordVectors | None
    ) -> "SentenceFeatures":
        """The terms of the training sentences and their weights."""
        folded = [fold(text) for text in texts]
        groups = [char_ngrams(text, config.ngram_range) for text in folded]
        return cls(
            config,
            TfidfVectorizer.fit(groups, config.min_df),
            TfidfVectorizer.fit([char_ngrams(phonetic_key(text), PHONETIC_NGRAMS) for text in folded], config.min_df),
            TfidfVectorizer.fit([concepts.features_of(text) for text in folded], config.min_df),
            TfidfVectorizer.fit([word_ngrams(text) for text in folded], config.min_df),
            TfidfVectorizer.fit([_WORD.findall(text) for text in folded], 1),
            concepts,
            vectors,
        )

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row per text, each of unit L2 norm; an empty text is an empty row."""
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
        config = self.config
        groups = char_ngrams(folded, config.ngram_range)
        yield len(self.char_ngrams.names), 1.0, self.char_ngrams.row(groups)
        heard = char_ngrams(phonetic_key(folded), PHONETIC_NGRAMS)
        yield len(self.phonetic.names), config.phonetic_weight, self.phonetic.row(heard)
        yield len(self.families.names), config.concept_weight, self.families.row(self.concepts.features_of(folded))
        yield len(self.word_ngrams.names), config.word_ngram_weight, self.word_ngrams.row(word_ngrams(folded))
        if self.vectors is not None:
            embedding = self._embedding(folded, self.vectors)
            places = np.flatnonzero(embedding).astype(np.int32)
            yield self.vectors.width, config.embedding_weight, (places, embedding[places])

    @cached_property
    def _width(self) -> int:
        terms = sum(len(part.names) for part in (self.char_ngrams, self.phonetic, self.families, self.word_ngrams))
        return terms + (self.vectors.width if self.vectors is not None else 0)

    def _embedding(self, folded: str, vectors: WordVectors) -> NDArray[np.float32]:
        embedding = np.zeros(vectors.width, dtype=np.float32)
        for word, count in sorted(Counter(_WORD.findall(folded)).items()):
            direction = vectors.of(word)
            if direction is not None:
                embedding += self._rarity(word) * count * direction
        length = math.sqrt(float(embedding @ embedding))
        return embedding / np.float32(length or 1.0)

    @cached_property
    def _rarities(self) -> dict[str, float]:
        return dict(zip(self.words.names, (self.words.weights - 1).tolist(), strict=True))

    def _rarity(self, word: str) -> float:
        return self._rarities.get(word, self._rarest)

    @cached_property
    def _rarest(self) -> float:
        return max(self._rarities.values(), default=1.0)


def word_ngrams(folded: str) -> list[str]:
    """The words of a sentence and each two that follow one another: "qui paie" is not "paie" said of whom."""
    words = _WORD.findall(folded)
    return words + [f"{first} {second}" for first, second in zip(words, words[1:], strict=False)]
