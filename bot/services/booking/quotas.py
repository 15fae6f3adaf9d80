"""A territory's quota of first appointments a year: beyond it nothing is proposed, and nothing is booked."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.booking.agenda import Busy
from bot.domain.booking.openings import Opening
from bot.domain.booking.rules import BookingRules, Quota
from bot.domain.errors import QuotaReached
from bot.domain.places.relay_points import RelayPoint
from bot.services.uow import UnitOfWork


def reached_quotas(uow: UnitOfWork, rules: BookingRules, now: datetime) -> Sequence[Quota]:
    """The quotas of the bookable period that are reached."""
    first, last = rules.bookable(now)
    around = [each for each in rules.quotas if each.period[0] <= last and first < each.period[1]]
    return [each for each in around if _counted(uow, each) >= each.appointments]


def closures_from_quotas(point: RelayPoint, full: Sequence[Quota]) -> tuple[Busy, ...]:
    """The years this point gives no first appointment in any more."""
    return tuple(Busy(*each.period) for each in full if point.department in each.departments)


def refuse_over_quota(uow: UnitOfWork, opening: Opening, rules: BookingRules) -> None:
    """Raise `QuotaReached` when one more would pass a quota.

    Whoever books there meanwhile waits for this transaction, so that two cannot take the last one.
    """
    point = uow.relay_points.get(opening.relay_point_code)
    for each in rules.quotas:
        if point is None or not each.counts(point.department, opening.starts_at):
            continue
        uow.appointments.alone_in(f"{each.year}:{' '.join(sorted(each.departments))}")
        if _counted(uow, each) >= each.appointments:
            raise QuotaReached


def _counted(uow: UnitOfWork, quota: Quota) -> int:
    return uow.appointments.first_ones(quota.departments, *quota.period)
