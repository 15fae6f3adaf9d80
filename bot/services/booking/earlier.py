"""Earlier openings: who asked for one is offered it, a few times at most, and has some hours to take it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.openings import BookingRules, Opening
from bot.domain.booking.waiting_list import EarlierOffer, OfferState, Waiting, first_earlier, holder
from bot.domain.errors import AppointmentClosed, AppointmentNotFound, HoldLost
from bot.domain.places.relay_points import RelayPoint
from bot.services.booking.announcing import announce_earlier
from bot.services.booking.changing import move_to
from bot.services.booking.holding import claim
from bot.services.booking.proposing import openings_at
from bot.services.booking.races import Race
from bot.services.uow import Conflict, UnitOfWork

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz"
SYMBOLS = 22
"""Of this alphabet: more than anybody can guess, and short enough for a text message."""


@dataclass(frozen=True)
class EarlierWish:
    """Whether somebody waits for an earlier opening, and what is kept for them now."""

    is_wanted: bool
    offer: EarlierOffer | None


def want_earlier(uow: UnitOfWork, current: Appointment, now: datetime) -> EarlierOffer | None:
    """Put the appointment on the waiting list; what is on offer for it already, if anything. `AppointmentClosed`."""
    with uow:
        locked = uow.appointments.locked(current.reference)
        if locked is None or locked.state is not State.BOOKED or locked.starts_at <= now:
            raise AppointmentClosed
        offer = uow.waiting.open_offer(locked.id)
        if offer is not None and offer.stands(now):
            return offer
        uow.waiting.ask(locked.id, now)
        uow.commit()
        return None


def earlier_wish(uow: UnitOfWork, current: Appointment, now: datetime) -> EarlierWish:
    """Where its wish for an earlier opening stands."""
    with uow.reading() as view:
        offer = view.waiting.open_offer(current.id)
        return EarlierWish(view.waiting.is_asked(current.id), offer if offer and offer.stands(now) else None)


def offer_earlier(uow: UnitOfWork, now: datetime, rules: BookingRules) -> int:
    """End the offers past their time, then offer what is free to those who wait; how many were offered."""
    with uow:
        uow.waiting.expire(now)
        uow.commit()
        waiting = uow.waiting.waiting(rules.earlier_offers, now)
    return sum(_offer_one(uow, each, now, rules) for each in waiting)


def accept(uow: UnitOfWork, offer_id: str, now: datetime, rules: BookingRules) -> Appointment:
    """The appointment, moved to the opening on offer; accepted again, the same.

    `AppointmentNotFound` for an unknown offer; `HoldLost` once it has ended; `AppointmentClosed`, `TooLateToChange`
    when the appointment itself can no longer move; `OpeningUnavailable`.
    """
    race = Race(uow, f"earlier:{offer_id}", now, rules)
    return race.run(lambda: _accept(race, offer_id))


def _accept(race: Race, offer_id: str) -> Appointment:
    offer = race.uow.waiting.locked(offer_id)
    current = _appointment(race.uow, offer)
    if offer is None or current is None:
        raise AppointmentNotFound
    if not offer.stands(race.now):
        raise HoldLost
    race.rules = race.rules.for_change_of(current.rank, current.starts_at)
    current.check_can_move(race.now, race.rules)
    race.uow.waiting.end_offer(offer.id, OfferState.ACCEPTED)
    return move_to(race, current, race.hold(offer.hold_id, holder(current.id)))


def decline(uow: UnitOfWork, offer_id: str) -> None:
    """Give the opening back at once; the person stays on the list. An offer that ended is left as it is."""
    with uow:
        offer = uow.waiting.locked(offer_id)
        if offer is None or offer.state is not OfferState.OPEN:
            return
        uow.waiting.end_offer(offer.id, OfferState.DECLINED)
        uow.holds.free(holder(offer.appointment_id))
        uow.commit()


def see_offer(uow: UnitOfWork, offer_id: str) -> tuple[EarlierOffer, Appointment]:
    """The offer and its appointment; `AppointmentNotFound`."""
    with uow:
        offer = uow.waiting.locked(offer_id)
        current = _appointment(uow, offer)
    if offer is None or current is None:
        raise AppointmentNotFound
    return offer, current


def _appointment(uow: UnitOfWork, offer: EarlierOffer | None) -> Appointment | None:
    known = uow.appointments.get(offer.appointment_id) if offer else None
    return uow.appointments.locked(known.reference) if known else None


def _offer_one(uow: UnitOfWork, waiting: Waiting, now: datetime, rules: BookingRules) -> bool:
    try:
        with uow:
            known = uow.appointments.get(waiting.appointment_id)
            point = uow.relay_points.get(known.relay_point_code) if known else None
            if known is None or point is None or _is_quiet(uow, point, now, rules):
                return False
            opening = _first_for(uow, known, point, now, rules)
            if opening is None:
                return False
            _offer(uow, known, opening, now, rules)
            uow.commit()
            return True
    except Conflict:
        # Somebody took it meanwhile; the next run looks again.
        return False


def _first_for(
    uow: UnitOfWork, current: Appointment, point: RelayPoint, now: datetime, rules: BookingRules
) -> Opening | None:
    kept = rules.for_change_of(current.rank, current.starts_at)
    free: Sequence[Opening] = openings_at(uow, point, now, kept, current.mode)
    if current.rank > 1:
        # A path goes on with the adviser it began with.
        free = [each for each in free if each.adviser_id == current.adviser_id]
    gain = timedelta(hours=rules.earlier_gain_hours)
    return first_earlier(free, current.starts_at, uow.waiting.offered(current.id), gain)


def _offer(uow: UnitOfWork, current: Appointment, opening: Opening, now: datetime, rules: BookingRules) -> None:
    kept = rules.for_change_of(current.rank, current.starts_at)
    longer = replace(kept, hold_minutes=rules.earlier_hours * 60)
    held = claim(uow, opening, holder(current.id), now, longer)
    secret = uow.tokens.symbols(ALPHABET, SYMBOLS)
    offer = EarlierOffer(secret, current.id, held.id, held.opening, now, held.ends_at)
    uow.waiting.offer(offer)
    announce_earlier(uow, current, offer, now)


def _is_quiet(uow: UnitOfWork, point: RelayPoint, now: datetime, rules: BookingRules) -> bool:
    """An offer nobody reads before it ends helps nobody."""
    day = now.astimezone(point.zone).date()
    holidays = uow.holidays.between(day, day + timedelta(days=14), alsace_moselle=point.alsace_moselle)
    return rules.quiet.next_open(now, point.zone, holidays) > now
