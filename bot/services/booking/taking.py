"""Turning a hold into an appointment, once, whatever is sent twice."""

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
from bot.domain.booking.receipts import receipt_of
from bot.domain.errors import AlreadyBooked
from bot.services.booking.announcing import announce_booked
from bot.services.booking.holding import ensure_held
from bot.services.booking.quotas import refuse_over_quota
from bot.services.booking.races import Race
from bot.services.uow import Conflict, UnitOfWork


def book(
    uow: UnitOfWork,
    hold_id: str,
    holder: str,
    person: Person,
    key: str,
    now: datetime,
    rules: BookingRules,
    actor: str = "",
    terms_version: str = "",
) -> Appointment:
    """The appointment this hold becomes; the same key always gives the same appointment.

    `actor`: the adviser who books for a caller; `terms_version`: of the terms the person read.

    `HoldLost`, `OpeningUnavailable` with alternatives, `AlreadyBooked` when this person already has a first
    appointment to come, `QuotaReached`. A hold that ended is honoured if nobody came in between.
    """
    race = Race(uow, key, now, rules, actor)
    return race.run(
        lambda: _book(race, race.hold(hold_id, holder), person, terms_version),
        lambda view: refuse_second_first(view, person),
    )


def _book(race: Race, held: Hold, person: Person, terms_version: str) -> Appointment:
    race.uow.appointments.mark_past_unknown(person, race.now)
    refuse_second_first(race.uow, person)
    refuse_over_quota(race.uow, held.opening, race.rules)
    kept = ensure_held(race.uow, held, race.now, race.rules)
    appointment = Appointment(
        id=race.uow.tokens.identifier(),
        reference=new_reference(race.uow),
        person=person,
        opening=kept.opening,
        state=State.BOOKED,
        booked_at=race.now,
        conversation_id=kept.conversation_id,
        terms_version=terms_version,
    )
    race.uow.appointments.add(appointment, race.key, race.actor)
    return finish_booking(race, kept, appointment)


def finish_booking(race: Race, kept: Hold, appointment: Appointment) -> Appointment:
    """The appointment just stored as booked, with the hold's time, its proofs and its notices; committed."""
    give_time(race, kept, appointment)
    issue_link_and_receipt(race.uow, appointment)
    announce_booked(race.uow, appointment, race.now, race.rules)
    race.uow.commit()
    return appointment


def give_time(race: Race, kept: Hold, appointment: Appointment) -> None:
    """Make the hold's quarters the appointment's; `Conflict` unless every one of them was there."""
    if race.uow.appointments.take_over(kept, appointment.id) != len(kept.opening.quarters(race.rules.buffer_quarters)):
        raise Conflict


def refuse_second_first(uow: UnitOfWork, person: Person) -> None:
    """`AlreadyBooked` when this person has a first appointment to come."""
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


def issue_link_and_receipt(uow: UnitOfWork, appointment: Appointment) -> None:
    """Open the appointment's own page and keep the receipt of its request; the transaction is open."""
    uow.links.open(appointment.id)
    uow.receipts.add(receipt_of(appointment))
