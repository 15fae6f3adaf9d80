"""Hours of advisers and closures of relay points, changed in the console.

What was booked before stays booked: it is told as displaced until somebody moves or cancels it, one by one.
An account that may not change something gets `LookupError`, as if it did not exist; hours that cannot be get
`HoursRefused`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.accounts import Account, Right
from bot.domain.booking import timetable
from bot.domain.booking.agenda import WeeklyRange
from bot.domain.booking.hours import Booked, Hours, KeptRange
from bot.domain.booking.timetable import Misfit, Zones
from bot.domain.errors import HoursRefused
from bot.domain.knowledge.versions import Validity
from bot.domain.places.network import Closure, Presence
from bot.services.uow import UnitOfWork

DAY = timedelta(days=1)
DEFAULT_ZONE = ZoneInfo("Europe/Paris")
LONGEST_REASON = 80


@dataclass(frozen=True)
class Displaced:
    """An appointment to come that the hours no longer hold, and why."""

    booked: Booked
    misfit: Misfit


def add_range(uow: UnitOfWork, account: Account, presence: Presence) -> None:
    """Give weekly hours at one of the account's relay points."""
    with uow:
        _may_change(uow, account, presence.weekly.adviser_id)
        if presence.relay_point_code not in {point.code for point in uow.schedules.points(account)}:
            raise LookupError("not a relay point of this account")
        _check(uow, presence, None)
        uow.schedules.add_range(presence)
        uow.commit()


def end_range(uow: UnitOfWork, account: Account, number: int, last_day: date) -> None:
    """End weekly hours after this day; those that have not begun by then are taken away."""
    with uow:
        _end(uow, _range(uow, account, number), last_day)
        uow.commit()


def change_range(uow: UnitOfWork, account: Account, number: int, weekly: WeeklyRange) -> None:
    """Other hours from the first day of `weekly`; until then the former ones, whose history is kept."""
    with uow:
        kept = _range(uow, account, number)
        changed = replace(kept.presence, weekly=replace(weekly, adviser_id=kept.presence.weekly.adviser_id))
        _check(uow, changed, number)
        _end(uow, kept, weekly.validity.valid_from - DAY)
        uow.schedules.add_range(changed)
        uow.commit()


def add_absence(uow: UnitOfWork, account: Account, adviser_id: str, starts_at: datetime, ends_at: datetime) -> None:
    """Nobody can book this adviser meanwhile, anywhere; why is nobody's business."""
    with uow:
        _may_change(uow, account, adviser_id)
        _check_period(starts_at, ends_at)
        uow.schedules.add_closure(Closure(starts_at, ends_at, adviser_id=adviser_id))
        uow.commit()


def close_point(
    uow: UnitOfWork, account: Account, code: str, starts_at: datetime, ends_at: datetime, reason: str
) -> None:
    """Nobody is received there meanwhile; for who looks after this relay point."""
    with uow:
        if not account.may(Right.SCHEDULES) or code not in account.points:
            raise LookupError("not a relay point this account looks after")
        _check_period(starts_at, ends_at)
        if len(reason) > LONGEST_REASON:
            raise HoursRefused("reason")
        uow.schedules.add_closure(Closure(starts_at, ends_at, relay_point_code=code, reason=reason.strip()))
        uow.commit()


def take_away(uow: UnitOfWork, account: Account, number: int) -> None:
    """End an absence or a closure at once: its time can be booked again."""
    with uow:
        if uow.schedules.closure(account, number) is None:
            raise LookupError("no such closure for this account")
        uow.schedules.remove_closure(number)
        uow.commit()


def displaced(uow: UnitOfWork, adviser_ids: Sequence[str], now: datetime) -> Sequence[Displaced]:
    """Their appointments to come that no longer fit, earliest first; the unit of work is open."""
    booked = uow.schedules.booked(adviser_ids, now)
    if not booked:
        return ()
    first, last = booked[0].starts_at.date(), booked[-1].starts_at.date()
    hours = uow.schedules.hours(adviser_ids, first - DAY, last + DAY)
    zones = zones_of(uow)
    holidays = uow.holidays.between(first - DAY, last + DAY, alsace_moselle=False)
    judged = ((each, _misfit(each, hours, holidays, zones)) for each in booked)
    return tuple(Displaced(each, why) for each, why in judged if why)


def zones_of(uow: UnitOfWork) -> Zones:
    """The zone of each relay point; the unit of work is open."""
    names = uow.schedules.zones()
    return lambda code: ZoneInfo(names[code]) if code in names else DEFAULT_ZONE


def period(
    first: date, last: date, starts: time | None, ends: time | None, zone: ZoneInfo
) -> tuple[datetime, datetime]:
    """Whole days, or some hours of them, as two instants."""
    begins = datetime.combine(first, starts or time.min, zone)
    finishes = datetime.combine(last, ends, zone) if ends else datetime.combine(last + DAY, time.min, zone)
    return begins, finishes


def _misfit(booked: Booked, hours: Hours, holidays: frozenset[date], zones: Zones) -> Misfit | None:
    return timetable.misfit(booked, hours.presences, hours.closed, holidays, zones)


def _may_change(uow: UnitOfWork, account: Account, adviser_id: str) -> None:
    if adviser_id not in {adviser.id for adviser in uow.schedules.advisers(account)}:
        raise LookupError("not an adviser whose hours this account may change")


def _range(uow: UnitOfWork, account: Account, number: int) -> KeptRange:
    kept = uow.schedules.range(account, number)
    if kept is None:
        raise LookupError("no such range for this account")
    return kept


def _end(uow: UnitOfWork, kept: KeptRange, last_day: date) -> None:
    weekly = kept.presence.weekly
    if last_day < weekly.validity.valid_from:
        uow.schedules.remove_range(kept.number)
        return
    ends = replace(weekly, validity=Validity(weekly.validity.valid_from, last_day))
    uow.schedules.save_range(KeptRange(kept.number, replace(kept.presence, weekly=ends)))


def _check(uow: UnitOfWork, presence: Presence, replaced: int | None) -> None:
    weekly = presence.weekly
    validity = weekly.validity
    if weekly.starts >= weekly.ends or not weekly.modes:
        raise HoursRefused("hours" if weekly.modes else "modes")
    if validity.valid_until is not None and validity.valid_until < validity.valid_from:
        raise HoursRefused("validity")
    known = uow.schedules.hours([weekly.adviser_id], validity.valid_from, validity.valid_until).ranges
    if any(_clash(weekly, kept.presence.weekly) for kept in known if kept.number != replaced):
        raise HoursRefused("overlap")


def _clash(one: WeeklyRange, other: WeeklyRange) -> bool:
    """Nobody is at two places at once; the validities are known to meet."""
    return one.weekday == other.weekday and one.starts < other.ends and other.starts < one.ends


def _check_period(starts_at: datetime, ends_at: datetime) -> None:
    if starts_at >= ends_at:
        raise HoursRefused("period")
