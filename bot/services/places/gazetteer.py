"""What looking places up needs from outside: an index of communes, by name and by code.

Names are given as `bot.domain.places.words.normalise` writes them.
"""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.places.communes import Commune, Department


class Gazetteer(Protocol):
    """Every commune of France, and the departments."""

    def exactly(self, name: str) -> Sequence[Commune]:
        """The communes called that, with or without their leading article, today or formerly."""

    def beginning(self, words: Sequence[str], *, unfinished: bool = False) -> Sequence[Commune]:
        """The communes whose longer name holds these words in order, from its first word on.

        `cosne sur loire` begins Cosne-Cours-sur-Loire. `unfinished`: the last word may be cut.
        """

    def similar(self, name: str, region: Collection[str], least: float) -> Sequence[tuple[Commune, float]]:
        """Names of the region and of larger towns at least this much alike, from 0 to 1."""

    def at_postcode(self, postcode: str) -> Sequence[Commune]:
        """The communes of a postcode, largest first."""

    def just_below(self, postcode: str) -> Sequence[Commune]:
        """The communes of the nearest lower postcode in the same department, largest first."""

    def district(self, city: str, number: int) -> Commune | None:
        """A district of Paris, Lyon or Marseille."""

    def department(self, code: str) -> Department | None:
        """The department that has this code."""

    def department_called(self, name: str) -> Department | None:
        """The department called that, with or without its article."""

    def is_ordinary(self, words: str) -> bool:
        """Whether these are words of everyday French before being a place."""
