"""The meaning of French words as numbers, cut to what a sentence of visitors needs.

Training reads them once from spaCy's French model and keeps folded words alone, in half precision; a trained
model carries this small table, so the first answer never waits for spaCy.
"""

import hashlib
import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bot.domain.text.normalize import fold

_WORD = re.compile(r"[a-z][a-z'-]*")


class WordVectors:
    """A table of words, looked up by a digest of the folded word."""

    def __init__(self, keys: NDArray[np.uint64], rows: NDArray[np.int32], table: NDArray[np.float16]) -> None:
        """Take sorted keys, the row of each key, and the rows."""
        self.keys = keys
        self.rows = rows
        self.table = table

    @property
    def width(self) -> int:
        """How many numbers describe a word."""
        return int(self.table.shape[1])

    def of(self, word: str) -> NDArray[np.float32] | None:
        """The direction of a word, of length one; None for a word nobody knows."""
        key = _key(word)
        place = int(np.searchsorted(self.keys, key))
        if place == len(self.keys) or self.keys[place] != key:
            return None
        return np.asarray(self.table[self.rows[place]], dtype=np.float32)


def read_from_spacy(model: str, width: int) -> WordVectors:
    """The vectors of an installed spaCy model, reduced to `width` numbers a word.

    Its files are read without its language: importing spaCy's French costs seconds and adds nothing here.
    """
    from spacy.strings import StringStore
    from spacy.util import get_package_path
    from spacy.vectors import Vectors

    vocabulary = next(get_package_path(model).glob(f"{model}-*/vocab"))
    vectors = Vectors().from_disk(vocabulary)
    strings = StringStore().from_disk(vocabulary / "strings.json")
    known = ((strings[key], row) for key, row in vectors.key2row.items() if key in strings)
    return build(known, np.asarray(vectors.data, dtype=np.float32), width)


def build(known: Iterable[tuple[str, int]], table: NDArray[np.float32], width: int) -> WordVectors:
    """A table from written words and their rows; of two spellings, the plainest wins."""
    best: dict[str, tuple[tuple[bool, bool, str], int]] = {}
    for written, row in known:
        folded = fold(written)
        rank = (written != written.lower(), written != folded, written)
        if _WORD.fullmatch(folded) and (folded not in best or rank < best[folded][0]):
            best[folded] = (rank, row)
    keyed = sorted((_key(word), row) for word, (_, row) in best.items())
    keys = np.array([key for key, _ in keyed], dtype=np.uint64)
    rows = np.array([row for _, row in keyed], dtype=np.int32)
    return WordVectors(keys, rows, _reduced(table, width))


def _reduced(table: NDArray[np.float32], width: int) -> NDArray[np.float16]:
    unit = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    if width < unit.shape[1]:
        _, axes = np.linalg.eigh(unit.T @ unit)
        unit = unit @ axes[:, -width:]
        unit /= np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-6)
    return unit.astype(np.float16)


def _key(word: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big"))
