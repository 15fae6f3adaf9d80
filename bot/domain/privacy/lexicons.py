"""What is known of words before a text is read: places, first names, words that name nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from bot.domain.places.communes import Commune, Department


class Places(Protocol):
    """Names of places, written as `bot.domain.places.words.normalise` writes them."""

    def exactly(self, name: str) -> Sequence[Commune]:
        """The communes called that."""

    def department_called(self, name: str) -> Department | None:
        """The department called that."""

    def is_ordinary(self, words: str) -> bool:
        """Whether these are words of everyday French before being a place."""


@dataclass(frozen=True)
class Lexicons:
    """Lists of words: places, first names, and what names nobody even with a capital.

    Words are normalised. `everyday_first_names` are first names only with a capital: Claire, Rose, Pierre.
    """

    places: Places
    first_names: frozenset[str]
    everyday_first_names: frozenset[str]
    nobody: frozenset[str]

    @cached_property
    def longest_nobody(self) -> int:
        """How many words the longest expression that names nobody has."""
        return max((len(each.split()) for each in self.nobody), default=0)
