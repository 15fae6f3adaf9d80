"""The notices a booking asks for, written in its own transaction; the worker sends them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.openings import BookingRules
from bot.domain.booking.waiting_list import EarlierOffer
from bot.domain.places.relay_points import RelayPoint
from bot.services.uow import UnitOfWork

BOOKED = "appointment_booked"
MOVED = "appointment_moved"
CANCELLED = "appointment_cancelled"
CALLED_OFF = "appointment_called_off"
"""Cancelled by the advisers: the person did not ask for it."""
CLOSING = "appointment_closing"
"""The relay point closes before it: the person moves it, or an adviser calls them."""
REMINDER = "appointment_reminder"
EARLIER = "appointment_earlier"
"""An earlier opening is kept for the person for some hours."""
PREPARED = "appointment_prepared"
"""Somebody chose the opening for the person, who alone can confirm it."""
FEEDBACK = "appointment_feedback"
"""Two questions about an interview that took place."""


def announce_prepared(uow: UnitOfWork, appointment: Appointment, secret: str, until: datetime, now: datetime) -> None:
    """Ask for the person concerned to be told what was prepared for them."""
    _add(uow, PREPARED, appointment, now, confirm=secret, until=until.isoformat())


def announce_booked(uow: UnitOfWork, appointment: Appointment, now: datetime, rules: BookingRules) -> None:
    """Ask for the confirmation now, and the reminder when there is time for one."""
    _add(uow, BOOKED, appointment, now)
    _remind(uow, appointment, now, rules)


def announce_moved(uow: UnitOfWork, appointment: Appointment, now: datetime, rules: BookingRules) -> None:
    """Ask for the new hour to be said, and move the reminder."""
    _forget_what_waits(uow, appointment, now)
    _add(uow, MOVED, appointment, now)
    _remind(uow, appointment, now, rules)


def announce_cancelled(
    uow: UnitOfWork,
    appointment: Appointment,
    now: datetime,
    kind: str = CANCELLED,
    more: Mapping[str, str] | None = None,
) -> None:
    """Ask for the cancellation to be said, and forget the reminder."""
    _forget_what_waits(uow, appointment, now)
    _add(uow, kind, appointment, now, **(more or {}))


def announce_closing(uow: UnitOfWork, appointment: Appointment, call_by: datetime, now: datetime) -> None:
    """Ask for the closing of its place to be said, with the link that moves it."""
    _add(uow, CLOSING, appointment, now, call_by=call_by.isoformat())


def announce_earlier(uow: UnitOfWork, appointment: Appointment, offer: EarlierOffer, now: datetime) -> None:
    """Ask for an earlier opening to be offered."""
    _add(uow, EARLIER, appointment, now, offer=offer.id, opening=offer.opening.key, until=offer.until.isoformat())


def reminder_due(uow: UnitOfWork, appointment: Appointment, point: RelayPoint, rules: BookingRules) -> datetime:
    """When to remind of this appointment: same hour on the wall, some days before, never in quiet hours."""
    last = appointment.starts_at.astimezone(point.zone).date()
    holidays = uow.holidays.between(last - timedelta(days=30), last, alsace_moselle=point.alsace_moselle)
    return rules.quiet.reminder_at(appointment.starts_at, rules.reminder_days, point.zone, holidays)


def _forget_what_waits(uow: UnitOfWork, appointment: Appointment, now: datetime) -> None:
    uow.outbox.withdraw(appointment.id, REMINDER, now)
    uow.outbox.withdraw(appointment.id, EARLIER, now)


def _remind(uow: UnitOfWork, appointment: Appointment, now: datetime, rules: BookingRules) -> None:
    point = uow.relay_points.get(appointment.relay_point_code)
    if point is None:
        return
    due_at = reminder_due(uow, appointment, point, rules)
    if due_at > now:
        _add(uow, REMINDER, appointment, due_at)


def _add(uow: UnitOfWork, kind: str, appointment: Appointment, due_at: datetime, **more: str) -> None:
    uow.outbox.add(kind, appointment.id, due_at, {"sequence": str(appointment.sequence), **more})
