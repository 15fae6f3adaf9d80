"""An appointment prepared by a relative or a prescriber: nothing is booked until the person concerned says so."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.booking.appointments import Appointment, Hold, Person, State
from bot.domain.booking.openings import BookingRules
from bot.domain.errors import AppointmentClosed, AppointmentNotFound
from bot.services.booking.announcing import announce_prepared
from bot.services.booking.earlier import ALPHABET, SYMBOLS
from bot.services.booking.holding import claim, ensure_held
from bot.services.booking.quotas import refuse_over_quota
from bot.services.booking.races import Race
from bot.services.booking.taking import finish_booking, new_reference, refuse_second_first
from bot.services.uow import UnitOfWork


@dataclass(frozen=True)
class Prepared:
    """What waits for the person concerned: an appointment nobody has booked yet, and until when it is kept."""

    appointment: Appointment = field(repr=False)
    until: datetime


def prepare(
    uow: UnitOfWork,
    hold_id: str,
    holder: str,
    person: Person,
    key: str,
    now: datetime,
    rules: BookingRules,
) -> Prepared:
    """Keep the held opening longer, and send the person concerned a link; the same key prepares once.

    `HoldLost`, `OpeningUnavailable`. Nothing is told of the person, not even that they already have an appointment.
    """
    race = Race(uow, key, now, rules)
    prepared = race.run(lambda: _prepare(race, race.hold(hold_id, holder), person))
    return Prepared(prepared, kept_until(prepared, rules))


def _prepare(race: Race, held: Hold, person: Person) -> Appointment:
    kept = ensure_held(race.uow, held, race.now, race.rules)
    race.uow.holds.free(held.conversation_id)
    appointment = Appointment(
        id=race.uow.tokens.identifier(),
        reference=new_reference(race.uow),
        person=person,
        opening=kept.opening,
        state=State.PREPARED,
        booked_at=race.now,
    )
    _keep_longer(race, appointment)
    race.uow.commit()
    return appointment


def _keep_longer(race: Race, appointment: Appointment) -> None:
    uow, until = race.uow, kept_until(appointment, race.rules)
    longer = replace(race.rules, hold_minutes=int((until - race.now) / timedelta(minutes=1)))
    claim(uow, appointment.opening, _holder(appointment), race.now, longer)
    secret = uow.tokens.symbols(ALPHABET, SYMBOLS)
    uow.appointments.add(appointment, race.key)
    uow.appointments.save(appointment, "prepared", race.now, _key(secret))
    announce_prepared(uow, appointment, secret, until, race.now)


def see_prepared(uow: UnitOfWork, secret: str) -> Appointment:
    """The appointment this link is about, whatever became of it; `AppointmentNotFound`."""
    with uow.reading() as view:
        return _found(view, secret)


def confirm(uow: UnitOfWork, secret: str, now: datetime, rules: BookingRules, terms_version: str = "") -> Appointment:
    """The appointment, booked by the person concerned; confirmed again, the same.

    `AppointmentNotFound`, `AppointmentClosed`, `AlreadyBooked`, `QuotaReached`; `OpeningUnavailable` when the time it
    was kept for is over and somebody came.
    """
    race = Race(uow, "", now, rules)
    return race.run(
        lambda: _confirm(race, secret, terms_version),
        lambda view: refuse_second_first(view, _found(view, secret).person),
    )


def _confirm(race: Race, secret: str, terms_version: str) -> Appointment:
    current = race.uow.appointments.locked(_found(race.uow, secret).reference)
    if current is None:
        raise AppointmentNotFound
    if current.state is State.BOOKED:
        return current
    if current.state is not State.PREPARED or current.starts_at <= race.now:
        raise AppointmentClosed
    race.opening = current.opening
    return _book(race, replace(current, terms_version=terms_version))


def _book(race: Race, current: Appointment) -> Appointment:
    uow, now, rules = race.uow, race.now, race.rules
    uow.appointments.mark_past_unknown(current.person, now)
    refuse_second_first(uow, current.person)
    refuse_over_quota(uow, current.opening, rules)
    # While it is kept, the notice was counted when it was prepared.
    is_kept = now < kept_until(current, rules)
    kept = claim(uow, current.opening, _holder(current), now, replace(rules, notice_hours=0) if is_kept else rules)
    booked = replace(current, state=State.BOOKED, booked_at=now)
    uow.appointments.save(booked, "confirmed", now)
    return finish_booking(race, kept, booked)


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


def _found(uow: UnitOfWork, secret: str) -> Appointment:
    found = uow.appointments.with_key(_key(secret))
    if found is None:
        raise AppointmentNotFound
    return found


def _holder(appointment: Appointment) -> str:
    return f"prepared:{appointment.id}"


def _key(secret: str) -> str:
    return f"prepared:{secret}"
