"""The days of an adviser, or of a relay point, as the console shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.accounts import Account
from bot.domain.booking import timetable
from bot.domain.booking.appointments import Appointment
from bot.domain.booking.timetable import DayPlan
from bot.domain.places.network import Closure, Presence
from bot.domain.places.relay_points import RelayPoint
from bot.services.scheduling.schedules import DEFAULT_ZONE, Displaced, displaced, zones_of
from bot.services.uow import UnitOfWork

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Agenda:
    """Some days, the words for the places and people in them, and what no longer fits."""

    days: Sequence[DayPlan]
    zone: ZoneInfo
    points: Sequence[RelayPoint]
    point_names: dict[str, str]
    adviser_names: dict[str, str]
    displaced: Sequence[Displaced]


def read(uow: UnitOfWork, account: Account, days: Sequence[date], now: datetime, point: str | None = None) -> Agenda:
    """One's own days, or everybody's at one of the account's relay points; `LookupError` for another point."""
    with uow.reading() as view:
        points = view.schedules.points(account)
        if point is not None and point not in {each.code for each in points}:
            raise LookupError("not a relay point of this account")
        zone = zone_of(points)
        names = _advisers(view, account, point)
        hours = view.schedules.hours(list(names), days[0], days[-1])
        first = datetime.combine(days[0], time.min, zone)
        last = datetime.combine(days[-1] + DAY, time.min, zone)
        meetings = view.diary.between(account, first, last, point)
        holidays = view.holidays.between(days[0], days[-1], alsace_moselle=any(each.alsace_moselle for each in points))
        presences, closed = _of_point(hours.presences, point), _closures_of(hours.closed, point)
        planned = timetable.plan(days, presences, closed, meetings, holidays, zone, zones_of(view))
        return Agenda(
            planned,
            zone,
            points,
            {**_names_of(view, hours.presences, meetings), **{each.code: short(each.name) for each in points}},
            names,
            _mine(displaced(view, list(names), now), point),
        )


def zone_of(points: Sequence[RelayPoint]) -> ZoneInfo:
    """The zone the days of an account are read in: that of its relay points."""
    return points[0].zone if points else DEFAULT_ZONE


def short(name: str) -> str:
    """The part of a relay point's name that tells it from the others."""
    return name.rpartition(" – ")[2] or name


def _advisers(view: UnitOfWork, account: Account, point: str | None) -> dict[str, str]:
    if point is not None:
        return {each.id: each.name for each in view.schedules.at_point(account, point)}
    return {each.id: each.name for each in view.schedules.advisers(account) if each.id == account.adviser_id}


def _of_point(presences: Sequence[Presence], point: str | None) -> Sequence[Presence]:
    return [each for each in presences if point in (None, each.relay_point_code)]


def _closures_of(closures: Sequence[Closure], point: str | None) -> Sequence[Closure]:
    return [each for each in closures if point is None or each.relay_point_code in ("", point)]


def _names_of(view: UnitOfWork, presences: Sequence[Presence], meetings: Sequence[Appointment]) -> dict[str, str]:
    codes = {each.relay_point_code for each in presences} | {each.relay_point_code for each in meetings}
    found = (view.relay_points.get(code) for code in sorted(codes))
    return {each.code: short(each.name) for each in found if each}


def _mine(found: Sequence[Displaced], point: str | None) -> Sequence[Displaced]:
    return [each for each in found if point in (None, each.booked.relay_point_code)]
