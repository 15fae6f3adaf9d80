"""A territory's ceiling of first appointments a year: beyond it nothing is proposed, and nothing is booked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.booking.agenda import Busy
from bot.domain.booking.openings import Opening
from bot.domain.booking.rules import BookingRules, Ceiling
from bot.domain.errors import CeilingReached
from bot.domain.places.relay_points import RelayPoint
from bot.services.uow import UnitOfWork


def reached(uow: UnitOfWork, rules: BookingRules, now: datetime) -> Sequence[Ceiling]:
    """The ceilings of the bookable period that are reached."""
    first, last = rules.bookable(now)
    around = [each for each in rules.ceilings if each.period[0] <= last and first < each.period[1]]
    return [each for each in around if _counted(uow, each) >= each.appointments]


def closures_of(point: RelayPoint, full: Sequence[Ceiling]) -> tuple[Busy, ...]:
    """The years this point gives no first appointment in any more."""
    return tuple(Busy(*each.period) for each in full if point.department in each.departments)


def refuse_over(uow: UnitOfWork, opening: Opening, rules: BookingRules) -> None:
    """Raise `CeilingReached` when one more would pass a ceiling.

    Whoever books there meanwhile waits for this transaction, so that two cannot take the last one.
    """
    point = uow.relay_points.get(opening.relay_point_code)
    for each in rules.ceilings:
        if point is None or not each.counts(point.department, opening.starts_at):
            continue
        uow.appointments.alone_in(f"{each.year}:{' '.join(sorted(each.departments))}")
        if _counted(uow, each) >= each.appointments:
            raise CeilingReached


def _counted(uow: UnitOfWork, ceiling: Ceiling) -> int:
    return uow.appointments.first_ones(ceiling.departments, *ceiling.period)
