"""What may tell who somebody is in a free text, where it stands, and what is known of words beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Protocol

from bot.domain.places.communes import Commune, Department


class Kind(str, Enum):
    """Why a passage is questioned; of two on the same words, the first of this list is told."""

    EMAIL = "email"
    SOCIAL_SECURITY = "social_security"
    BANK_ACCOUNT = "bank_account"
    PHONE = "phone"
    REFERENCE = "reference"
    LINK = "link"
    ADDRESS = "address"
    BIRTH = "birth"
    NAME = "name"
    EMPLOYER = "employer"
    PLACE = "place"
    POSTCODE = "postcode"
    DATE = "date"
    AGE = "age"
    NUMBER = "number"
    CAPITAL = "capital"


REFUSED = frozenset({Kind.EMAIL, Kind.SOCIAL_SECURITY, Kind.BANK_ACCOUNT, Kind.PHONE, Kind.REFERENCE})
"""Never published: they lead to one person, and no situation is better understood with them."""


@dataclass(frozen=True)
class Passage:
    """Words of a text, from the first sign to the one before `end`, and why they are questioned."""

    start: int
    end: int
    kind: Kind

    @property
    def is_refused(self) -> bool:
        """Whether it has to go, whatever its author says."""
        return self.kind in REFUSED

    def meets(self, other: Passage) -> bool:
        """Whether both have a sign in common."""
        return self.start < other.end and other.start < self.end


class Places(Protocol):
    """Names of places, written as `bot.domain.places.words.normalise` writes them."""

    def exactly(self, name: str) -> Sequence[Commune]:
        """The communes called that."""

    def department_called(self, name: str) -> Department | None:
        """The department called that."""

    def is_ordinary(self, words: str) -> bool:
        """Whether these are words of everyday French before being a place."""


@dataclass(frozen=True)
class Known:
    """What is known of words before reading: places, first names, and what names nobody even with a capital.

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
