"""The agenda of relay points over what the rules let a person book, public holidays included."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.booking.agenda import Agenda
from bot.domain.booking.openings import BookingRules
from bot.domain.places.relay_points import RelayPoint
from bot.services.booking.quotas import closures_from_quotas, reached_quotas
from bot.services.uow import UnitOfWork

DAY = timedelta(days=1)


def agendas(
    uow: UnitOfWork,
    points: Sequence[RelayPoint],
    now: datetime,
    rules: BookingRules,
    around: datetime | None = None,
) -> Mapping[str, Agenda]:
    """The agenda of each point, by its code, over all that can be booked or `around` one instant alone.

    The unit of work is open.
    """
    first, last = (around, around) if around else rules.bookable(now)
    first, last = first - DAY, last + DAY
    loaded = uow.agendas.load(points, first, last, now)
    holidays = _holidays(uow, points, first.date(), last.date())
    full = reached_quotas(uow, rules, now) if rules.quotas else ()
    return {
        point.code: replace(
            loaded[point.code],
            holidays=holidays[point.alsace_moselle],
            closures=(*loaded[point.code].closures, *closures_from_quotas(point, full)),
        )
        for point in points
        if point.code in loaded
    }


def _holidays(uow: UnitOfWork, points: Sequence[RelayPoint], first: date, last: date) -> Mapping[bool, frozenset[date]]:
    """The public holidays of the period, by whether the place keeps those of Alsace-Moselle."""
    return {
        flag: uow.holidays.between(first, last, alsace_moselle=flag)
        for flag in {point.alsace_moselle for point in points}
    }
