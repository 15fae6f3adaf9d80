"""Turning a hold into an appointment, once, whatever is sent twice."""

from __future__ import annotations

from datetime import datetime

from bot.domain.booking.appointments import (
    REFERENCE_ALPHABET,
    REFERENCE_LENGTH,
    Appointment,
    Hold,
    Person,
    State,
    is_reference,
    written_reference,
)
from bot.domain.booking.openings import BookingRules
from bot.domain.errors import AlreadyBooked, HoldLost, OpeningTaken
from bot.services.booking.announcing import announce_booked
from bot.services.booking.ceilings import refuse_over
from bot.services.booking.holding import held_by, still_held
from bot.services.booking.keeping import keep_proofs
from bot.services.booking.proposing import alternatives_to
from bot.services.uow import Conflict, UnitOfWork


def book(
    uow: UnitOfWork,
    hold_id: str,
    conversation_id: str,
    person: Person,
    key: str,
    now: datetime,
    rules: BookingRules,
    actor: str = "",
    alliance: str = "",
) -> Appointment:
    """The appointment this hold becomes; the same key always gives the same appointment.

    `actor`: the adviser who books for a caller; `alliance`: the version of the interview's frame that the person read.

    `HoldLost`, `OpeningTaken` with alternatives, `AlreadyBooked` when this person already has a first
    appointment to come, `CeilingReached`. A hold that ended is honoured if nobody came in between.
    """
    held: Hold | None = None
    try:
        with uow:
            already = uow.appointments.with_key(key)
            if already is not None:
                return already
            held = held_by(uow, hold_id, conversation_id)
            return _book(uow, held, person, key, now, rules, actor, alliance)
    except (Conflict, HoldLost):
        return _after_a_race(uow, held, person, key, now, rules)


def _book(
    uow: UnitOfWork,
    held: Hold,
    person: Person,
    key: str,
    now: datetime,
    rules: BookingRules,
    actor: str,
    alliance: str,
) -> Appointment:
    uow.appointments.settle_past(person, now)
    _refuse_second_first(uow, person)
    refuse_over(uow, held.opening, rules)
    kept = still_held(uow, held, now, rules)
    appointment = Appointment(
        id=uow.tokens.identifier(),
        reference=new_reference(uow),
        person=person,
        opening=kept.opening,
        state=State.BOOKED,
        booked_at=now,
        conversation_id=kept.conversation_id,
        alliance=alliance,
    )
    uow.appointments.add(appointment, key, actor)
    give_time(uow, kept, appointment, rules)
    keep_proofs(uow, appointment)
    announce_booked(uow, appointment, now, rules)
    uow.commit()
    return appointment


def give_time(uow: UnitOfWork, kept: Hold, appointment: Appointment, rules: BookingRules) -> None:
    """Make the hold's quarters the appointment's; `Conflict` unless every one of them was there."""
    if uow.appointments.take_over(kept, appointment.id) != len(kept.opening.quarters(rules.buffer_quarters)):
        raise Conflict


def _refuse_second_first(uow: UnitOfWork, person: Person) -> None:
    other = uow.appointments.active_first(person)
    if other is not None:
        raise AlreadyBooked(other.starts_at, other.relay_point_code)


def new_reference(uow: UnitOfWork) -> str:
    """A reference nobody has yet."""
    while True:
        symbols = uow.tokens.symbols(REFERENCE_ALPHABET, REFERENCE_LENGTH)
        reference = written_reference(symbols)
        if is_reference(symbols) and uow.appointments.find(reference) is None:
            return reference


def _after_a_race(
    uow: UnitOfWork, held: Hold | None, person: Person, key: str, now: datetime, rules: BookingRules
) -> Appointment:
    """What to say when the database refused: the same request won, the person did, or a stranger."""
    with uow.reading() as view:
        already = view.appointments.with_key(key)
        if already is not None:
            return already
        _refuse_second_first(view, person)
    if held is None:
        raise HoldLost
    raise OpeningTaken(alternatives_to(uow, held.opening, now, rules))
