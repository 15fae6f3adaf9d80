"""An appointment's own page: who has its secret link sees, moves, cancels or erases it, without any other proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.booking.appointments import Appointment, Hold, State
from bot.domain.booking.openings import BookingRules, Opening
from bot.domain.booking.waiting_list import EarlierOffer
from bot.domain.errors import AppointmentNotFound
from bot.services.booking.changing import cancel_proven, move_proven
from bot.services.booking.earlier import want_earlier_proven
from bot.services.booking.holding import hold, renew
from bot.services.booking.proof import begin_attempt
from bot.services.uow import UnitOfWork

WRONG_LINKS_AN_HOUR = 20


@dataclass(frozen=True)
class Earlier:
    """Whether somebody waits for an earlier opening, and what is kept for them now."""

    is_wanted: bool
    offer: EarlierOffer | None


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


def renew_by_link(uow: UnitOfWork, appointment: Appointment, hold_id: str, now: datetime, rules: BookingRules) -> Hold:
    """Keep it once more as long; `HoldLost` once it has ended."""
    return renew(uow, hold_id, holder_of(appointment), now, rules)


def move_by_link(
    uow: UnitOfWork, appointment: Appointment, hold_id: str, now: datetime, rules: BookingRules
) -> Appointment:
    """The appointment at the held opening; the same hold twice moves once."""
    return move_proven(uow, appointment, hold_id, f"move:{hold_id}", now, rules)


def cancel_by_link(uow: UnitOfWork, appointment: Appointment, now: datetime, rules: BookingRules) -> Appointment:
    """The appointment, cancelled; its link leads nowhere from then on."""
    return cancel_proven(uow, appointment, now, rules)


def want_earlier_by_link(uow: UnitOfWork, appointment: Appointment, now: datetime) -> EarlierOffer | None:
    """Put it on the waiting list; what is on offer for it already, if anything."""
    return want_earlier_proven(uow, appointment, now)


def earlier_by_link(uow: UnitOfWork, appointment: Appointment, now: datetime) -> Earlier:
    """Where its wish for an earlier opening stands."""
    with uow.reading() as view:
        offer = view.waiting.open_offer(appointment.id)
        return Earlier(view.waiting.is_asked(appointment.id), offer if offer and offer.stands(now) else None)


def erase_by_link(uow: UnitOfWork, appointment: Appointment, now: datetime, rules: BookingRules) -> None:
    """Cancel the appointment, then forget its person at once; the receipt stays, which names nobody."""
    cancel_proven(uow, appointment, now, rules)
    with uow:
        uow.old_records.forget_person(appointment.id)
        uow.commit()


def holder_of(appointment: Appointment) -> str:
    """The name the opening of its move is kept under."""
    return f"link:{appointment.id}"
