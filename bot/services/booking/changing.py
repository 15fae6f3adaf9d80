"""Seeing, moving and cancelling an appointment, with its reference and the contact given for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.booking.appointments import Appointment, Hold, State
from bot.domain.booking.rules import FIRST, BookingRules
from bot.domain.booking.waiting_list import holder
from bot.domain.errors import AppointmentNotFound, HoldLost, OpeningTaken
from bot.services.booking.announcing import announce_cancelled, announce_moved
from bot.services.booking.ceilings import refuse_over
from bot.services.booking.holding import held_by, still_held
from bot.services.booking.proof import prove
from bot.services.booking.proposing import alternatives_to
from bot.services.booking.taking import give_time
from bot.services.uow import Conflict, UnitOfWork

DEFAULT_RULES = BookingRules()


def see(
    uow: UnitOfWork,
    reference: str,
    contact: str,
    origin: str,
    now: datetime,
    rules: BookingRules = DEFAULT_RULES,
) -> Appointment:
    """The appointment as it stands, cancelled or past ones included.

    `AppointmentNotFound` for a wrong reference and for a wrong contact alike; `TooManyAttempts`
    after five wrong tries in an hour on this reference or from this origin.
    """
    return prove(uow, reference, contact, origin, now, rules)


def move(
    uow: UnitOfWork,
    reference: str,
    contact: str,
    origin: str,
    hold_id: str,
    key: str,
    now: datetime,
    rules: BookingRules,
) -> Appointment:
    """The same appointment at the held opening: same reference, one sequence further.

    The former time is free again in the same transaction. Refusals: those of `see`,
    `AppointmentClosed`, `TooLateToChange`, `HoldLost`, `OpeningTaken`.
    """
    proven = prove(uow, reference, contact, origin, now, rules)
    return move_proven(uow, proven, hold_id, key, now, rules)


def move_proven(
    uow: UnitOfWork,
    proven: Appointment,
    hold_id: str,
    key: str,
    now: datetime,
    rules: BookingRules,
    actor: str = "",
) -> Appointment:
    """The same, for somebody who proved that the appointment is theirs, or for the adviser who is its `actor`."""
    rules = rules.for_change_of(proven.rank, proven.starts_at)
    held: Hold | None = None
    try:
        with uow:
            already = uow.appointments.with_key(key)
            if already is not None and already.id == proven.id:
                return already
            current = _locked(uow, proven)
            current.check_can_move(now, rules)
            held = held_by(uow, hold_id, None)
            return move_to(uow, current, held, key, now, rules, actor)
    except (Conflict, HoldLost):
        return _after_a_race(uow, proven, held, key, now, rules)


def cancel(
    uow: UnitOfWork, reference: str, contact: str, origin: str, now: datetime, rules: BookingRules
) -> Appointment:
    """The appointment, cancelled, its time given back; cancelling again changes nothing."""
    return cancel_proven(uow, prove(uow, reference, contact, origin, now, rules), now, rules)


def cancel_proven(uow: UnitOfWork, proven: Appointment, now: datetime, rules: BookingRules) -> Appointment:
    """The same, for somebody who proved that the appointment is theirs."""
    with uow:
        current = _locked(uow, proven)
        if current.state is State.CANCELLED:
            return current
        current.check_can_cancel(now, rules)
        cancelled = replace(current, state=State.CANCELLED, sequence=current.sequence + 1)
        uow.appointments.save(cancelled, "cancelled", now)
        give_back(uow, cancelled, now)
        announce_cancelled(uow, cancelled, now)
        uow.commit()
        return cancelled


def give_back(uow: UnitOfWork, appointment: Appointment, now: datetime) -> None:
    """Free its time, close its page, give up what was kept or prepared for it; the transaction is open."""
    uow.appointments.free(appointment.id)
    uow.links.close(appointment.id)
    uow.waiting.close(appointment.id, now)
    uow.holds.free(holder(appointment.id))
    uow.intakes.withdraw_from(appointment.id)


def move_to(
    uow: UnitOfWork,
    current: Appointment,
    held: Hold,
    key: str,
    now: datetime,
    rules: BookingRules,
    actor: str = "",
) -> Appointment:
    """The appointment at the held opening, its former time free; the transaction is open, and committed."""
    if current.rank == FIRST:
        refuse_over(uow, held.opening, rules)
    kept = still_held(uow, held, now, rules)
    moved = replace(current, opening=kept.opening, sequence=current.sequence + 1)
    uow.appointments.free(current.id)
    uow.waiting.close(current.id, now)
    if kept.conversation_id != holder(current.id):
        uow.holds.free(holder(current.id))
    uow.appointments.save(moved, "moved", now, key, actor)
    give_time(uow, kept, moved, rules)
    announce_moved(uow, moved, now, rules)
    uow.commit()
    return moved


def _locked(uow: UnitOfWork, proven: Appointment) -> Appointment:
    current = uow.appointments.locked(proven.reference)
    if current is None:
        raise AppointmentNotFound
    return current


def _after_a_race(
    uow: UnitOfWork, proven: Appointment, held: Hold | None, key: str, now: datetime, rules: BookingRules
) -> Appointment:
    with uow.reading() as view:
        already = view.appointments.with_key(key)
    if already is not None and already.id == proven.id:
        return already
    if held is None:
        raise HoldLost
    raise OpeningTaken(alternatives_to(uow, held.opening, now, rules))
