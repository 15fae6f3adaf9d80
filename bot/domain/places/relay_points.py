"""Relay points: where a person meets an adviser, and how far that is."""

from dataclasses import dataclass
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt
from zoneinfo import ZoneInfo

EARTH_KM = 6371.0088
KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class RelayPoint:
    """A place that receives people; `serves` empty means whoever comes."""

    code: str
    name: str
    address: str
    postcode: str
    city: str
    department: str
    latitude: float
    longitude: float
    organisation: str = ""
    phone: str = ""
    email: str = ""
    opening_hours: str = ""
    access: str = ""
    step_free: bool | None = None
    time_zone: str = "Europe/Paris"
    alsace_moselle: bool = False
    serves: frozenset[str] = frozenset()
    closed_on: date | None = None
    demonstration: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone its hours are said in."""
        return ZoneInfo(self.time_zone)

    def is_open(self, day: date) -> bool:
        """Whether it still receives people that day."""
        return self.closed_on is None or day < self.closed_on

    def receives_at(self, moment: datetime) -> bool:
        """Whether it still receives people on the local day of this instant."""
        return self.closed_on is None or self.is_open(moment.astimezone(self.zone).date())

    def serves_department(self, department: str | None) -> bool:
        """Whether somebody from there may come; an unknown department is not refused."""
        return department is None or not self.serves or department in self.serves


def distance_km(origin: tuple[float, float], destination: tuple[float, float]) -> float:
    """The great-circle distance between two (latitude, longitude) points."""
    lat_1, lon_1, lat_2, lon_2 = map(radians, (*origin, *destination))
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


@dataclass(frozen=True)
class Box:
    """A rectangle of latitudes and longitudes that holds a circle."""

    south: float
    north: float
    west: float
    east: float


def box_around(origin: tuple[float, float], radius_km: float) -> Box:
    """The smallest simple box with every point within the radius."""
    latitude, longitude = origin
    height = radius_km / KM_PER_DEGREE
    # Away from the equator a degree of longitude is shorter: the widest side is the one nearest a pole.
    widest = min(89.0, abs(latitude) + height)
    width = radius_km / (KM_PER_DEGREE * cos(radians(widest)))
    return Box(latitude - height, latitude + height, longitude - width, longitude + width)
