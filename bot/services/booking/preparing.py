"""An appointment prepared by a relative or a prescriber: nothing is booked until the person concerned says so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.booking.appointments import Appointment, Person, State
from bot.domain.booking.openings import BookingRules
from bot.domain.errors import AlreadyBooked, AppointmentClosed, AppointmentNotFound, OpeningTaken
from bot.services.booking.announcing import announce_booked, announce_prepared
from bot.services.booking.ceilings import refuse_over
from bot.services.booking.earlier import ALPHABET, SYMBOLS
from bot.services.booking.holding import claim, held_by, still_held
from bot.services.booking.keeping import keep_proofs
from bot.services.booking.proposing import alternatives_to
from bot.services.booking.taking import give_time, new_reference
from bot.services.uow import Conflict, UnitOfWork


@dataclass(frozen=True)
class Prepared:
    """What waits for the person concerned: an appointment nobody has booked yet, and until when it is kept."""

    appointment: Appointment = field(repr=False)
    until: datetime


def prepare(
    uow: UnitOfWork,
    hold_id: str,
    conversation_id: str,
    person: Person,
    key: str,
    now: datetime,
    rules: BookingRules,
) -> Prepared:
    """Keep the held opening longer, and send the person concerned a link; the same key prepares once.

    `HoldLost`, `OpeningTaken`. Nothing is told of the person, not even that they already have an appointment.
    """
    held = None
    try:
        with uow:
            already = uow.appointments.with_key(key)
            if already is not None:
                return Prepared(already, kept_until(already, rules))
            held = held_by(uow, hold_id, conversation_id)
            kept = still_held(uow, held, now, rules)
            uow.holds.free(conversation_id)
            appointment = Appointment(
                id=uow.tokens.identifier(),
                reference=new_reference(uow),
                person=person,
                opening=kept.opening,
                state=State.PREPARED,
                booked_at=now,
            )
            return _keep(uow, appointment, key, now, rules)
    except Conflict:
        if held is None:
            raise
        raise OpeningTaken(alternatives_to(uow, held.opening, now, rules)) from None


def see_prepared(uow: UnitOfWork, secret: str) -> Appointment:
    """The appointment this link is about, whatever became of it; `AppointmentNotFound`."""
    with uow.reading() as view:
        return _found(view, secret)


def confirm(uow: UnitOfWork, secret: str, now: datetime, rules: BookingRules, alliance: str = "") -> Appointment:
    """The appointment, booked by the person concerned; confirmed again, the same.

    `AppointmentNotFound`, `AppointmentClosed`, `AlreadyBooked`, `CeilingReached`; `OpeningTaken` when the time it
    was kept for is over and somebody came.
    """
    current: Appointment | None = None
    try:
        with uow:
            current = uow.appointments.locked(_found(uow, secret).reference)
            if current is None:
                raise AppointmentNotFound
            if current.state is State.BOOKED:
                return current
            if current.state is not State.PREPARED or current.starts_at <= now:
                raise AppointmentClosed
            return _book(uow, replace(current, alliance=alliance), now, rules)
    except Conflict:
        if current is None:
            raise
        with uow.reading() as view:
            _refuse_second(view, current)
        raise OpeningTaken(alternatives_to(uow, current.opening, now, rules)) from None


def refuse(uow: UnitOfWork, secret: str, now: datetime) -> None:
    """Give the opening back; what was confirmed or refused before is left as it is."""
    with uow:
        current = uow.appointments.locked(_found(uow, secret).reference)
        if current is None or current.state is not State.PREPARED:
            return
        uow.appointments.save(replace(current, state=State.CANCELLED), "refused", now)
        uow.holds.free(_holder(current))
        uow.commit()


def kept_until(appointment: Appointment, rules: BookingRules) -> datetime:
    """How long the opening of a prepared appointment is kept for the person concerned."""
    return min(appointment.booked_at + timedelta(hours=rules.prepared_hours), appointment.starts_at)


def _keep(uow: UnitOfWork, appointment: Appointment, key: str, now: datetime, rules: BookingRules) -> Prepared:
    until = kept_until(appointment, rules)
    longer = replace(rules, hold_minutes=int((until - now) / timedelta(minutes=1)))
    claim(uow, appointment.opening, _holder(appointment), now, longer)
    secret = uow.tokens.symbols(ALPHABET, SYMBOLS)
    uow.appointments.add(appointment, key)
    uow.appointments.save(appointment, "prepared", now, _key(secret))
    announce_prepared(uow, appointment, secret, until, now)
    uow.commit()
    return Prepared(appointment, until)


def _book(uow: UnitOfWork, current: Appointment, now: datetime, rules: BookingRules) -> Appointment:
    uow.appointments.settle_past(current.person, now)
    _refuse_second(uow, current)
    refuse_over(uow, current.opening, rules)
    # While it is kept, the notice was counted when it was prepared.
    is_kept = now < kept_until(current, rules)
    kept = claim(uow, current.opening, _holder(current), now, replace(rules, notice_hours=0) if is_kept else rules)
    booked = replace(current, state=State.BOOKED, booked_at=now)
    uow.appointments.save(booked, "confirmed", now)
    give_time(uow, kept, booked, rules)
    keep_proofs(uow, booked)
    announce_booked(uow, booked, now, rules)
    uow.commit()
    return booked


def _refuse_second(uow: UnitOfWork, current: Appointment) -> None:
    other = uow.appointments.active_first(current.person)
    if other is not None:
        raise AlreadyBooked(other.starts_at, other.relay_point_code)


def _found(uow: UnitOfWork, secret: str) -> Appointment:
    found = uow.appointments.with_key(_key(secret))
    if found is None:
        raise AppointmentNotFound
    return found


def _holder(appointment: Appointment) -> str:
    return f"prepared:{appointment.id}"


def _key(secret: str) -> str:
    return f"prepared:{secret}"
