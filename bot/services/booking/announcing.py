"""The notices a booking asks for, written in its own transaction; the worker sends them."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.appointments import Appointment
from bot.domain.openings import BookingRules
from bot.services.ports import UnitOfWork

BOOKED = "appointment_booked"
MOVED = "appointment_moved"
CANCELLED = "appointment_cancelled"
REMINDER = "appointment_reminder"


def announce_booked(uow: UnitOfWork, appointment: Appointment, now: datetime, rules: BookingRules) -> None:
    """Ask for the confirmation now, and the reminder when there is time for one."""
    _add(uow, BOOKED, appointment, now)
    _remind(uow, appointment, now, rules)


def announce_moved(uow: UnitOfWork, appointment: Appointment, now: datetime, rules: BookingRules) -> None:
    """Ask for the new hour to be said, and move the reminder."""
    uow.outbox.withdraw(appointment.id, REMINDER)
    _add(uow, MOVED, appointment, now)
    _remind(uow, appointment, now, rules)


def announce_cancelled(uow: UnitOfWork, appointment: Appointment, now: datetime) -> None:
    """Ask for the cancellation to be said, and forget the reminder."""
    uow.outbox.withdraw(appointment.id, REMINDER)
    _add(uow, CANCELLED, appointment, now)


def _remind(uow: UnitOfWork, appointment: Appointment, now: datetime, rules: BookingRules) -> None:
    due_at = appointment.starts_at - timedelta(hours=rules.reminder_hours)
    if due_at > now:
        _add(uow, REMINDER, appointment, due_at)


def _add(uow: UnitOfWork, kind: str, appointment: Appointment, due_at: datetime) -> None:
    uow.outbox.add(kind, appointment.id, due_at, {"sequence": str(appointment.sequence)})
