"""A text as words in sentences: which have a capital, which begin a sentence, which are next to which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.places.words import Word, split

TITLES = frozenset({"m", "mr", "mme", "mlle", "dr", "me", "pr", "monsieur", "madame", "mademoiselle"})
_ENDS = re.compile(r"[.!?…]|\n|^\s*[-–—•*]\s|[«“\"]\s*$")
_PARTS_A_NAME = re.compile(r"[^\s'’\-–]")


@dataclass(frozen=True)
class Reading:
    """The words of a text, with what only the text itself can tell of each."""

    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words, ready to compare."""
        return split(self.text)

    def name(self, start: int, end: int) -> str:
        """Some of its words, as lists of names have them."""
        return " ".join(word.text for word in self.words[start:end])

    def raw(self, place: int) -> str:
        """A word as it was written."""
        return self.text[self.words[place].start : self.words[place].end]

    def is_capital(self, place: int) -> bool:
        """Whether it was written with a capital."""
        return place < len(self.words) and self.text[self.words[place].start].isupper()

    def begins(self, place: int) -> bool:
        """Whether it begins a sentence, where a capital tells nothing."""
        if place == 0:
            return True
        before = self.between(place)
        if before.strip() == "." and self._is_shortened(place - 1):
            return False
        return bool(_ENDS.search(before))

    def follows(self, place: int) -> bool:
        """Whether it goes on the word before it, as in one name: nothing between but a space or a hyphen."""
        if not 0 < place < len(self.words):
            return False
        before = self.between(place)
        return not _PARTS_A_NAME.search(before) or (before.strip() == "." and self._is_shortened(place - 1))

    def between(self, place: int) -> str:
        """What stands between this word and the one before it."""
        return self.text[self.words[place - 1].end : self.words[place].start]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where these words stand in the text."""
        return self.words[start].start, self.words[end - 1].end

    def longest(self, start: int, most: int, is_one: Sequence[str] | frozenset[str]) -> int:
        """How many words from here make the longest expression of this collection; none: 0."""
        for count in range(min(most, len(self.words) - start), 0, -1):
            if self.name(start, start + count) in is_one:
                return count
        return 0

    def _is_shortened(self, place: int) -> bool:
        """`M.`, `J.`: the full stop ends the word, not the sentence."""
        word = self.words[place]
        is_initial = word.end - word.start == 1 and self.text[word.start].isupper()
        return is_initial or word.text in TITLES or word.text.startswith("saint")
