"""Moving, cancelling and erasing an appointment, for whoever reached it (`access`)."""

from dataclasses import replace
from datetime import datetime

from bot.domain.booking.appointments import Appointment, Hold, State
from bot.domain.booking.openings import BookingRules, Opening, Wish
from bot.domain.booking.rules import FIRST
from bot.domain.booking.waiting_list import holder
from bot.domain.errors import AppointmentNotFound
from bot.services.booking import nearest
from bot.services.booking.announcing import announce_cancelled, announce_moved
from bot.services.booking.holding import ensure_held
from bot.services.booking.proposing import propose
from bot.services.booking.quotas import refuse_over_quota
from bot.services.booking.races import Race
from bot.services.booking.taking import give_time
from bot.services.uow import UnitOfWork


def propose_move(
    uow: UnitOfWork, current: Appointment, wish: Wish | None, now: datetime, rules: BookingRules
) -> tuple[Opening, ...]:
    """A few openings where the appointment is; at the nearest points when nothing is free there, or it closed."""
    kept = rules.for_change_of(current.rank, current.starts_at)
    here = propose(uow, current.relay_point_code, wish, now, kept, mode=current.mode)
    if here:
        return here
    with uow.reading() as view:
        point = view.relay_points.get(current.relay_point_code)
    if point is None:
        return ()
    origin = (point.latitude, point.longitude)
    around = nearest.find(uow, origin, wish, now, kept, mode=current.mode, department=point.department)
    return tuple(each.first_opening for each in around if each.first_opening)


def move(
    uow: UnitOfWork, current: Appointment, hold_id: str, now: datetime, rules: BookingRules, actor: str = ""
) -> Appointment:
    """Move the appointment to the held opening: its reference stays, its sequence grows. The same hold moves once.

    The former time is free again in the same transaction. `AppointmentNotFound`, `AppointmentClosed`,
    `TooLateToChange`, `HoldLost`, `OpeningUnavailable`.
    """
    kept_rules = rules.for_change_of(current.rank, current.starts_at)
    race = Race(uow, f"move:{current.id}:{hold_id}", now, kept_rules, actor)

    def act() -> Appointment:
        locked = _locked(uow, current)
        locked.check_can_move(now, kept_rules)
        return move_to(race, locked, race.hold(hold_id))

    return race.run(act)


def move_to(race: Race, current: Appointment, held: Hold) -> Appointment:
    """The appointment at the held opening, its former time free; the transaction is open, and committed."""
    uow, now = race.uow, race.now
    if current.rank == FIRST:
        refuse_over_quota(uow, held.opening, race.rules)
    kept = ensure_held(uow, held, now, race.rules)
    moved = replace(current, opening=kept.opening, sequence=current.sequence + 1)
    uow.appointments.free(current.id)
    uow.waiting.close(current.id, now)
    if kept.conversation_id != holder(current.id):
        uow.holds.free(holder(current.id))
    uow.appointments.save(moved, "moved", now, race.key, race.actor)
    give_time(race, kept, moved)
    announce_moved(uow, moved, now, race.rules)
    uow.commit()
    return moved


def cancel(uow: UnitOfWork, current: Appointment, now: datetime, rules: BookingRules) -> Appointment:
    """The appointment, cancelled, its time given back; cancelling again changes nothing.

    `AppointmentNotFound`, `AppointmentClosed`, `TooLateToChange`.
    """
    with uow:
        locked = _locked(uow, current)
        if locked.state is State.CANCELLED:
            return locked
        locked.check_can_cancel(now, rules)
        cancelled = replace(locked, state=State.CANCELLED, sequence=locked.sequence + 1)
        uow.appointments.save(cancelled, "cancelled", now)
        free_everything(uow, cancelled, now)
        announce_cancelled(uow, cancelled, now)
        uow.commit()
        return cancelled


def erase(uow: UnitOfWork, current: Appointment, now: datetime, rules: BookingRules) -> None:
    """Cancel the appointment, then forget its person at once; the receipt stays, which names nobody.

    Refusals: those of `cancel`.
    """
    cancel(uow, current, now, rules)
    with uow:
        uow.old_records.forget_person(current.id)
        uow.commit()


def free_everything(uow: UnitOfWork, appointment: Appointment, now: datetime) -> None:
    """Free its time, close its page, give up what was kept or prepared for it; the transaction is open."""
    uow.appointments.free(appointment.id)
    uow.links.close(appointment.id)
    uow.waiting.close(appointment.id, now)
    uow.holds.free(holder(appointment.id))
    uow.intakes.withdraw_from(appointment.id)


def _locked(uow: UnitOfWork, current: Appointment) -> Appointment:
    locked = uow.appointments.locked(current.reference)
    if locked is None:
        raise AppointmentNotFound
    return locked
