"""A relay point that closes: whoever has an appointment there afterwards is told, with the link that moves it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from bot.domain.booking.appointments import Appointment
from bot.domain.conversation.handovers import AdviserHours
from bot.domain.places.relay_points import RelayPoint
from bot.services.booking.announcing import CLOSING, announce_closing
from bot.services.conversations import next_steps
from bot.services.uow import UnitOfWork


def appointments_after_closing(uow: UnitOfWork, closings: Mapping[str, date], now: datetime) -> tuple[Appointment, ...]:
    """The appointments to come at these relay points from the day they close on, earliest first."""
    with uow.reading() as view:
        return _after_closing(view, closings, now)


def announce_closings(uow: UnitOfWork, now: datetime, hours: AdviserHours) -> tuple[Appointment, ...]:
    """Ask for everybody concerned to be told, and for an adviser to follow each up; told once, whoever runs it again.

    Nothing is cancelled: the appointment stands until the person moves it, or an adviser calls it off.
    """
    with uow:
        closings = {point.code: point.closed_on for point in uow.relay_points.open_on(date.min) if point.closed_on}
        told = uow.outbox.subjects(CLOSING)
        new = [each for each in _after_closing(uow, closings, now) if each.id not in told]
        for each in new:
            owed = next_steps.about(each, next_steps.CLOSING, now, hours)
            uow.next_steps.add(owed)
            announce_closing(uow, each, owed.due_at, now)
        uow.commit()
    return tuple(new)


def close_relay_point(uow: UnitOfWork, code: str, on: date) -> RelayPoint:
    """Close a relay point from that day; `LookupError` when there is none."""
    with uow:
        point = uow.relay_points.get(code)
        if point is None:
            raise LookupError(code)
        uow.relay_points.save(replace(point, closed_on=on))
        uow.commit()
    return point


def _after_closing(uow: UnitOfWork, closings: Mapping[str, date], now: datetime) -> tuple[Appointment, ...]:
    found: list[Appointment] = []
    for code, on in closings.items():
        point = uow.relay_points.get(code)
        if point is not None:
            begins = datetime.combine(on, time(), point.zone)
            found += uow.network.booked_at(code, max(begins, now))
    return _in_order(found)


def _in_order(found: Sequence[Appointment]) -> tuple[Appointment, ...]:
    return tuple(sorted(found, key=lambda each: (each.starts_at, each.reference)))
