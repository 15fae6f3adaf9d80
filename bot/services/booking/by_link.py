"""An appointment's own page: who has its secret link sees, moves, cancels or erases it, without any other proof."""

from __future__ import annotations

from datetime import datetime

from bot.domain.appointments import Appointment, Hold, State
from bot.domain.errors import AppointmentNotFound
from bot.domain.openings import BookingRules, Opening
from bot.services.booking.changing import cancel_proven, move_proven
from bot.services.booking.holding import hold
from bot.services.booking.proof import begin_attempt
from bot.services.ports import UnitOfWork

WRONG_LINKS_AN_HOUR = 20


def follow_link(uow: UnitOfWork, secret: str, origin: str, now: datetime) -> Appointment:
    """The appointment a secret leads to, until it is cancelled or over.

    `AppointmentNotFound` for any other secret; `TooManyAttempts` after twenty wrong ones in an hour from here.
    """
    attempt = begin_attempt(uow, secret, origin, now, WRONG_LINKS_AN_HOUR)
    with uow:
        appointment = uow.links.find(secret)
        if appointment is None or appointment.state is not State.BOOKED or appointment.ends_at <= now:
            raise AppointmentNotFound
        uow.attempts.forget(attempt)
        uow.commit()
        return appointment


def hold_by_link(
    uow: UnitOfWork, appointment: Appointment, opening: Opening, now: datetime, rules: BookingRules
) -> Hold:
    """Keep an opening while the person confirms the move; `TooLateToChange`, `OpeningTaken`."""
    appointment.check_can_move(now, rules)
    kept = rules.for_change_of(appointment.rank, appointment.starts_at)
    return hold(uow, opening, holder_of(appointment), now, kept)


def held_by_link(uow: UnitOfWork, appointment: Appointment, now: datetime) -> Hold | None:
    """What is kept for its move, if it still is."""
    with uow.reading() as view:
        held = view.holds.of(holder_of(appointment))
    return held if held and not held.has_ended(now) else None


def move_by_link(
    uow: UnitOfWork, appointment: Appointment, hold_id: str, now: datetime, rules: BookingRules
) -> Appointment:
    """The appointment at the held opening; the same hold twice moves once."""
    return move_proven(uow, appointment, hold_id, f"move:{hold_id}", now, rules)


def cancel_by_link(uow: UnitOfWork, appointment: Appointment, now: datetime, rules: BookingRules) -> Appointment:
    """The appointment, cancelled; its link leads nowhere from then on."""
    return cancel_proven(uow, appointment, now, rules)


def erase_by_link(uow: UnitOfWork, appointment: Appointment, now: datetime, rules: BookingRules) -> None:
    """Cancel the appointment, then forget its person at once; the receipt stays, which names nobody."""
    cancel_proven(uow, appointment, now, rules)
    with uow:
        uow.old_records.forget_person(appointment.id)
        uow.commit()


def holder_of(appointment: Appointment) -> str:
    """The name the opening of its move is kept under."""
    return f"link:{appointment.id}"
