"""How finding the nearest point grows with the network: on a database generated for the measure, without Rasa."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import insert

from bot.domain.booking.agenda import WeeklyRange
from bot.domain.booking.openings import BookingRules, openings
from bot.domain.knowledge.versions import Validity
from bot.domain.places.communes import Commune
from bot.domain.places.network import Presence
from bot.domain.places.relay_points import RelayPoint
from bot.gateways.holidays import FrenchHolidays
from bot.gateways.tokens import SecretTokens
from bot.knowledge.communes import load_gazetteer
from bot.services.booking import nearest
from bot.services.booking.agendas import agendas
from bot.storage.digests import Digests
from bot.storage.engine import build_engine
from bot.storage.schema import upgrade
from bot.storage.tables.scheduling import advisers
from bot.storage.unit_of_work import SqlUnitOfWork

RULES = BookingRules()
ORIGINS = 100
TOGETHER = 1_000
SAMPLE = 50
HALF_DAYS = ((clock(9), clock(12, 30)), (clock(13, 30), clock(18)))
DAYS_OPEN = 3
DENSE_POINTS = 10_000
DENSE_ADVISERS = 10
"""At each point, each with ten half-days a week: a million ranges in all."""
ALWAYS = Validity(date(2020, 1, 1))
MAINLAND_SOUTH = 41.0


@dataclass(frozen=True)
class NetworkTime:
    """Finding the nearest points in a network of this size; `openings` is all that can be booked in it."""

    points: int
    openings: int
    milliseconds: float
    p95: float
    ranges: int


def nearest_by_network(folder: Path, reference: Path, sizes: Sequence[int], now: datetime) -> list[NetworkTime]:
    """The median time to find the nearest points with their first opening, from towns all over the country."""
    towns = [each for each in load_gazetteer(reference).communes if each.latitude > MAINLAND_SOUTH]
    return [_measure(folder / f"network-{size}.sqlite3", towns, size, now) for size in sizes]


def nearest_in_a_dense_network(folder: Path, reference: Path, now: datetime) -> NetworkTime:
    """The same over ten thousand points and a million weekly ranges."""
    towns = [each for each in load_gazetteer(reference).communes if each.latitude > MAINLAND_SOUTH]
    return _measure(folder / "network-dense.sqlite3", towns, DENSE_POINTS, now, DENSE_ADVISERS)


def unit_of_work(database: Path) -> SqlUnitOfWork:
    """A unit of work on a new database in this file."""
    engine = build_engine(f"sqlite:///{database}")
    upgrade(engine)
    return SqlUnitOfWork(engine, Digests(b"benchmark"), FrenchHolidays(), SecretTokens())


def _measure(database: Path, towns: Sequence[Commune], size: int, now: datetime, advisers_each: int = 1) -> NetworkTime:
    uow = unit_of_work(database)
    points = [_point(town) for town in _spread(towns, size)]
    ranges = _store(uow, points, advisers_each)
    origins = [(town.latitude, town.longitude) for town in _spread(towns[1:], ORIGINS)]
    nearest.find(uow, origins[0], None, now, RULES)
    taken = [_seconds_to_find(uow, origin, now) * 1000 for origin in origins]
    p95 = quantiles(taken, n=20)[-1]
    return NetworkTime(size, _openings(uow, points, now), median(taken), p95, ranges)


def _seconds_to_find(uow: SqlUnitOfWork, origin: tuple[float, float], now: datetime) -> float:
    started = time.perf_counter()
    found = nearest.find(uow, origin, None, now, RULES)
    taken = time.perf_counter() - started
    if not found or found[0].first_opening is None:
        raise RuntimeError("the generated network has no opening: nothing was measured")
    return taken


def _spread(towns: Sequence[Commune], count: int) -> list[Commune]:
    """So many towns, evenly taken from the list."""
    return [towns[index * len(towns) // count] for index in range(count)]


def _point(town: Commune) -> RelayPoint:
    return RelayPoint(
        code=f"bench_{town.insee}",
        name=f"Point relais {town.name}",
        address="1 rue du Test",
        postcode=town.postcodes[0] if town.postcodes else "",
        city=town.name,
        department=town.department,
        latitude=town.latitude,
        longitude=town.longitude,
        demonstration=True,
    )


def _store(uow: SqlUnitOfWork, points: Sequence[RelayPoint], count: int) -> int:
    """The network in the database, so many advisers a point; how many weekly ranges it has."""
    stored = 0
    with uow:
        for first in range(0, len(points), TOGETHER):
            presences: list[Presence] = []
            for number, point in enumerate(points[first : first + TOGETHER], first):
                uow.relay_points.save(point)
                names = [point.code if count == 1 else f"{point.code}_{each}" for each in range(count)]
                # A hundred thousand at once, which no use case ever stores.
                rows = [{"id": name, "name": "Camille R.", "demonstration": True} for name in names]
                uow._open().execute(insert(advisers), rows)
                for name in names:
                    presences += _presences(point.code, name, number, whole_week=count > 1)
            uow.network.replace_presences([], presences)
            stored += len(presences)
        uow.commit()
    return stored


def _presences(code: str, adviser: str, number: int, *, whole_week: bool) -> list[Presence]:
    """Three days a week, not the same at each point; or the whole week."""
    days = range(5) if whole_week else sorted((number + offset) % 5 for offset in range(DAYS_OPEN))
    return [Presence(code, WeeklyRange(adviser, day, *half, ALWAYS)) for day in days for half in HALF_DAYS]


def _openings(uow: SqlUnitOfWork, points: Sequence[RelayPoint], now: datetime) -> int:
    """All that can be booked in the network, counted on some points and scaled."""
    sample = points[:SAMPLE]
    with uow.reading() as view:
        known = agendas(view, sample, now, RULES)
    counted = sum(1 for agenda in known.values() for _ in openings(agenda, RULES, now))
    return counted * len(points) // len(sample)
