"""The relay points worth going to: near, and with a real opening soon.

Score, in kilometres, lowest first: the distance, plus `rules.km_per_day` for each day of waiting
until the first opening that suits. Points whose opening fits the wish come before those where
none does, and points without any opening come last; ties go by code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from bot.domain.booking.agenda import Agenda
from bot.domain.booking.openings import BookingRules, Opening, Wish, openings
from bot.domain.booking.proposals import choose
from bot.domain.places.relay_points import RelayPoint, box_around, distance_km
from bot.services.booking.agendas import agendas
from bot.services.uow import UnitOfWork

RADII_KM = (30.0, 60.0, 120.0, 240.0, 480.0, 1000.0)
CANDIDATES_PER_PLACE = 4


@dataclass(frozen=True)
class Nearby:
    """A relay point seen from where the person is; no opening means nothing free in the period."""

    relay_point: RelayPoint
    distance_km: float
    first_opening: Opening | None
    fits_wish: bool


def find(
    uow: UnitOfWork,
    origin: tuple[float, float],
    wish: Wish | None,
    now: datetime,
    rules: BookingRules,
    limit: int = 3,
    mode: str = "in_person",
    department: str | None = None,
    *,
    step_free: bool = False,
) -> tuple[Nearby, ...]:
    """The best points for a person there, best first; none beyond 1,000 km.

    `department` leaves out the points that serve other departments only; `step_free`, those not known to be so.
    """
    with uow.reading() as view:
        near = _nearest(view, origin, now, department, step_free, limit * CANDIDATES_PER_PLACE)
        return tuple(_best(view, near, wish, now, rules, limit, mode))


def _best(
    view: UnitOfWork,
    near: Sequence[tuple[float, RelayPoint]],
    wish: Wish | None,
    now: datetime,
    rules: BookingRules,
    limit: int,
    mode: str,
) -> list[Nearby]:
    """The best of these points, read a few at a time until nothing further can come before them."""
    found: list[Nearby] = []
    for first in range(0, len(near), limit + 1):
        batch, further = near[first : first + limit + 1], near[first + limit + 1 :]
        by_code = agendas(view, [point for _, point in batch], now, rules)
        found += [_nearby(point, km, by_code[point.code], wish, now, rules, mode) for km, point in batch]
        found = sorted(found, key=lambda each: _rank(each, now, rules))[:limit]
        if further and len(found) == limit and _stays_ahead(found[-1], further[0][0], now, rules):
            break
    return found


def is_far(found: Sequence[Nearby], rules: BookingRules) -> bool:
    """Whether a call would spare the person a long way: nothing free, or nothing free nearby."""
    return not any(each.first_opening and each.distance_km <= rules.far_km for each in found)


def _nearest(
    uow: UnitOfWork,
    origin: tuple[float, float],
    now: datetime,
    department: str | None,
    step_free: bool,
    count: int,
) -> list[tuple[float, RelayPoint]]:
    """The nearest points, read from a rectangle that grows until it surely holds them."""
    near: list[tuple[float, RelayPoint]] = []
    for radius in RADII_KM:
        points = uow.relay_points.within(box_around(origin, radius), now.date())
        welcoming = [each for each in points if each.step_free] if step_free else points
        measured = _measured(welcoming, origin, department)
        near = [each for each in measured if each[0] <= radius]
        if len(near) >= count:
            break
    return near[:count]


def _measured(
    points: Sequence[RelayPoint], origin: tuple[float, float], department: str | None
) -> list[tuple[float, RelayPoint]]:
    measured = [
        (distance_km(origin, (point.latitude, point.longitude)), point)
        for point in points
        if point.serves_department(department)
    ]
    return sorted(measured, key=lambda each: (each[0], each[1].code))


def _nearby(
    point: RelayPoint,
    distance: float,
    agenda: Agenda,
    wish: Wish | None,
    now: datetime,
    rules: BookingRules,
    mode: str,
) -> Nearby:
    free = (opening for opening in openings(agenda, rules, now, mode) if point.receives_at(opening.starts_at))
    # Without a wish the first one is enough, and the rest of the period is never computed.
    considered = list(free if wish else islice(free, 1))
    chosen = choose(considered, wish, point.zone, 1)
    first = chosen[0] if chosen else None
    fits = first is not None and (wish is None or wish.fits(first.starts_at.astimezone(point.zone)))
    return Nearby(point, distance, first, fits)


def _stays_ahead(last: Nearby, distance: float, now: datetime, rules: BookingRules) -> bool:
    """Whether nothing from that distance on can come before the last one kept: it has its distance against it."""
    return last.first_opening is not None and last.fits_wish and _score(last, now, rules) < distance


def _score(nearby: Nearby, now: datetime, rules: BookingRules) -> float:
    first = nearby.first_opening
    waiting = (first.starts_at - now) / timedelta(days=1) if first else 0.0
    return nearby.distance_km + waiting * rules.km_per_day


def _rank(nearby: Nearby, now: datetime, rules: BookingRules) -> tuple[bool, bool, float, str]:
    score = _score(nearby, now, rules)
    return nearby.first_opening is None, not nearby.fits_wish, score, nearby.relay_point.code
