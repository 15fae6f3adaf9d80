"""Openings to offer at one relay point."""

from datetime import datetime

from bot.domain.booking.openings import BookingRules, Opening, Wish, openings
from bot.domain.booking.proposals import choose, nearest_to, one_per_start
from bot.domain.places.relay_points import RelayPoint
from bot.services.booking.agendas import agendas
from bot.services.uow import UnitOfWork


def propose(
    uow: UnitOfWork,
    relay_point_code: str,
    wish: Wish | None,
    now: datetime,
    rules: BookingRules,
    limit: int = 3,
    after: datetime | None = None,
    mode: str = "in_person",
    adviser_id: str | None = None,
) -> tuple[Opening, ...]:
    """A few openings that suit the wish, best first, with this adviser alone if one is named; none at a closed point.

    When nothing fits the wish, the closest are given: `wish.fits` tells the two apart.
    """
    with uow.reading() as view:
        point = view.relay_points.get(relay_point_code)
        if point is None:
            return ()
        free = _with(adviser_id, openings_at(view, point, now, rules, mode))
    later = [opening for opening in free if after is None or opening.starts_at > after]
    return choose(later, wish, point.zone, limit)


def every_opening(
    uow: UnitOfWork,
    relay_point_code: str,
    now: datetime,
    rules: BookingRules,
    mode: str = "in_person",
    adviser_id: str | None = None,
) -> tuple[Opening, ...]:
    """All that is free at a relay point, one opening an hour of start, earliest first; with this adviser if named.

    Nothing for a closed one.
    """
    with uow.reading() as view:
        point = view.relay_points.get(relay_point_code)
        if point is None:
            return ()
        return tuple(one_per_start(_with(adviser_id, openings_at(view, point, now, rules, mode)), point.zone))


def alternatives_to(
    uow: UnitOfWork, opening: Opening, now: datetime, rules: BookingRules, limit: int = 3
) -> tuple[Opening, ...]:
    """The free openings nearest in time to one that was lost, at the same place and in the same mode."""
    with uow.reading() as view:
        point = view.relay_points.get(opening.relay_point_code)
        if point is None:
            return ()
        free = openings_at(view, point, now, rules, opening.mode)
    return nearest_to(free, opening.starts_at, point.zone, limit)


def openings_at(uow: UnitOfWork, point: RelayPoint, now: datetime, rules: BookingRules, mode: str) -> list[Opening]:
    """Every opening of a relay point; the unit of work is open."""
    if not point.receives_at(now):
        return []
    agenda = agendas(uow, [point], now, rules)[point.code]
    return [opening for opening in openings(agenda, rules, now, mode) if point.receives_at(opening.starts_at)]


def _with(adviser_id: str | None, free: list[Opening]) -> list[Opening]:
    return [each for each in free if adviser_id in (None, each.adviser_id)]
