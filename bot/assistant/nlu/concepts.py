"""Families of words that mean the same to the classifier ("patron", "boss", "ma RH").

The families are content, kept in a file; a trained model carries the ones it was trained with.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

Families = Mapping[str, Sequence[str]]


def load_families(path: Path) -> dict[str, list[str]]:
    """The families of a file: for each name, its words and expressions, folded."""
    return {
        name: [str(word) for word in words]
        for name, words in yaml.safe_load(path.read_text(encoding="utf-8"))["concepts"].items()
    }


class Concepts:
    """Finds which families a folded sentence touches."""

    def __init__(self, families: Families) -> None:
        """Compile the families; a final star in a word takes every ending."""
        self.families = families
        self._patterns = {name: _pattern(words) for name, words in families.items()}

    def touched_by(self, folded: str) -> list[str]:
        """The families touched, in the order of the file."""
        return [name for name, pattern in self._patterns.items() if pattern.search(folded)]

    def features_of(self, folded: str) -> list[str]:
        """The families touched and each pair of them, as feature names."""
        found = self.touched_by(folded)
        pairs = [f"{first}+{second}" for place, first in enumerate(found) for second in found[place + 1 :]]
        return found + pairs


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(_word(word) for word in words))


def _word(word: str) -> str:
    # Apostrophes are the first thing left out in a hurry: "envie den finir", "envie d en finir".
    stem = re.escape(word.rstrip("*")).replace("'", "'? ?")
    return rf"\b{stem}" if word.endswith("*") else rf"\b{stem}\b"
