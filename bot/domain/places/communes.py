"""Communes and departments: what they are called and where they are.

The distance between two points is `bot.domain.places.relay_points.distance_km`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.places.relay_points import box_around, distance_km

NEAR_KM = 30.0
"""No point of France is so far from the middle of its commune."""


@dataclass(frozen=True)
class Department:
    """A French department: `71`, `2A`, `974`."""

    code: str
    name: str


@dataclass(frozen=True)
class Commune:
    """A commune, or a district of Paris, Lyon or Marseille, and the point that stands for it."""

    insee: str
    name: str
    postcodes: tuple[str, ...]
    latitude: float
    longitude: float
    population: int

    @property
    def department(self) -> str:
        """The code of its department; overseas ones have three figures."""
        return self.insee[:3] if self.insee.startswith("97") else self.insee[:2]

    @property
    def label(self) -> str:
        """`Givry (71)`: a name alone is often shared."""
        return f"{self.name} ({self.department})"

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.latitude, self.longitude


def department_of_postcode(postcode: str) -> tuple[str, ...]:
    """The departments a postcode may be in; Corsica shares its first figures.

    A few postcodes reach over a border: this is for what no table knows, such as CEDEX codes.
    """
    if postcode.startswith("20"):
        return ("2A", "2B")
    return (postcode[:3],) if postcode.startswith("97") else (postcode[:2],)


def nearest_commune(communes: Iterable[Commune], point: tuple[float, float]) -> Commune | None:
    """The commune whose middle is nearest to this point; `None` when all are far away."""
    box = box_around(point, NEAR_KM)
    near = (
        commune
        for commune in communes
        if box.south <= commune.latitude <= box.north and box.west <= commune.longitude <= box.east
    )
    best = min(near, key=lambda commune: distance_km(point, commune.point), default=None)
    return best if best and distance_km(point, best.point) <= NEAR_KM else None
