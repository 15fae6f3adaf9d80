"""What a search for a place can answer.

Each answer keeps `words`, the part of the text it was read from, as it was typed.
"""

from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.domain.places.communes import Commune


@dataclass(frozen=True)
class Found:
    """One commune; not `sure` when it was guessed from a misspelling: ask before relying on it."""

    commune: Commune
    sure: bool = True
    words: str = field(default="", compare=False)


@dataclass(frozen=True)
class Several:
    """At most three communes to choose from, the likeliest first, and how many more there are."""

    choices: tuple[Commune, ...]
    others: int = 0
    words: str = field(default="", compare=False)


@dataclass(frozen=True)
class PostcodeArea:
    """A postcode several communes share; its point is good enough to look for what is near."""

    postcode: str
    communes: tuple[Commune, ...]
    words: str = field(default="", compare=False)

    @property
    def latitude(self) -> float:
        """The mean of its communes: 7 km from each at most in half of the cases, 16 km at worst."""
        return sum(commune.latitude for commune in self.communes) / len(self.communes)

    @property
    def longitude(self) -> float:
        """The mean of its communes."""
        return sum(commune.longitude for commune in self.communes) / len(self.communes)

    @property
    def department(self) -> str:
        """The department of most of its inhabitants."""
        return max(self.communes, key=lambda commune: commune.population).department


@dataclass(frozen=True)
class DepartmentOnly:
    """A department: too wide to be a point, a town is still needed."""

    code: str
    name: str
    words: str = field(default="", compare=False)


@dataclass(frozen=True)
class UnknownPlace:
    """Nothing in France is called that."""

    words: str = field(default="", compare=False)


Place = Found | Several | PostcodeArea | DepartmentOnly
Answer = Place | UnknownPlace
AnyPlace = TypeVar("AnyPlace", bound=Answer)


def said_as(answer: AnyPlace, words: str) -> AnyPlace:
    """This answer, with the words it was read from."""
    return replace(answer, words=words)
