"""A request written page after page: kept under the secret of one browser until it is confirmed, then booked once.

Its person is forgotten as soon as the appointment holds them; nobody else's request can be reached from it.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.booking.appointments import Appointment, Hold, Person
from bot.domain.booking.drafts import Draft
from bot.domain.booking.openings import BookingRules, Opening
from bot.domain.errors import HoldLost, OpeningUnavailable
from bot.services import booking
from bot.services.booking.access import begin_attempt
from bot.services.uow import UnitOfWork

BEGUN_AN_HOUR = 60
HELD_AN_HOUR = 60
CONFIRMED_AN_HOUR = 30
"""From one address, which a whole town hall may share; past it, somebody is emptying agendas or trying contacts."""


def find(uow: UnitOfWork, secret: str, since: datetime) -> Draft | None:
    """The request this browser writes, touched since then."""
    with uow.reading() as view:
        return view.drafts.get(secret, since)


def begin(uow: UnitOfWork, secret: str, draft: Draft, origin: str, now: datetime) -> Draft:
    """Keep a new request in place of the one this browser had; `TooManyAttempts`."""
    _count(uow, "begun", origin, now, BEGUN_AN_HOUR)
    with uow:
        uow.drafts.open(secret, draft, now)
        uow.commit()
    return draft


def keep(uow: UnitOfWork, draft: Draft, now: datetime) -> Draft:
    """Keep what was given."""
    with uow:
        uow.drafts.save(draft, now)
        uow.commit()
    return draft


def choose_again(uow: UnitOfWork, draft: Draft, now: datetime) -> Draft:
    """Keep a request whose place changed: what was held elsewhere is given back."""
    booking.release(uow, draft.owner)
    return keep(uow, draft.without_opening(), now)


def hold(uow: UnitOfWork, draft: Draft, opening: Opening, origin: str, now: datetime, rules: BookingRules) -> Draft:
    """The request with this opening kept for it; `TooManyAttempts`.

    `OpeningUnavailable`: the request remembers what was lost, and everything else.
    """
    _count(uow, "held", origin, now, HELD_AN_HOUR)
    wanted = replace(draft.without_opening(), opening_key=opening.key)
    try:
        held = booking.hold(uow, opening, draft.owner, now, rules)
    except OpeningUnavailable:
        booking.release(uow, draft.owner)
        keep(uow, wanted, now)
        raise
    return keep(uow, _holding(wanted, held), now)


def renew(uow: UnitOfWork, draft: Draft, now: datetime, rules: BookingRules) -> Draft:
    """The request with its opening kept once more as long, when it still was."""
    try:
        held = booking.renew(uow, draft.hold_id, draft.owner, now, rules)
    except HoldLost:
        return draft
    return keep(uow, _holding(draft, held), now)


def confirm(
    uow: UnitOfWork, draft: Draft, origin: str, now: datetime, rules: BookingRules, terms_version: str = ""
) -> Draft:
    """The request, booked; sent twice, the same appointment. `terms_version`: of the terms that were read.

    For somebody else, it is only prepared: they alone confirm it, by the link they are sent.

    `AlreadyBooked`, `QuotaReached`, `TooManyAttempts`; `OpeningUnavailable`, and the request remembers everything else.
    """
    _count(uow, "confirmed", origin, now, CONFIRMED_AN_HOUR)
    try:
        appointment = _book(uow, draft, now, rules, terms_version)
    except OpeningUnavailable:
        booking.release(uow, draft.owner)
        keep(uow, replace(draft, hold_id="", hold_until=None, renewed=False), now)
        raise
    return keep(uow, Draft(draft.id, for_other=draft.for_other, appointment_id=appointment.id), now)


def booked(uow: UnitOfWork, draft: Draft) -> Appointment | None:
    """The appointment this request became, unless it was forgotten since."""
    with uow.reading() as view:
        return view.appointments.get(draft.appointment_id)


def erase(uow: UnitOfWork, draft: Draft) -> None:
    """Give back what is held, and forget the request; an appointment it became stays."""
    with uow:
        uow.holds.free(draft.owner)
        uow.drafts.erase(draft.id)
        uow.commit()


def _book(uow: UnitOfWork, draft: Draft, now: datetime, rules: BookingRules, terms_version: str) -> Appointment:
    person = Person(draft.first_name, draft.last_name, draft.email or None, draft.phone or None)
    key = f"page:{draft.id}"

    def take(hold_id: str) -> Appointment:
        if draft.for_other:
            return booking.prepare(uow, hold_id, draft.owner, person, key, now, rules).appointment
        return booking.book(uow, hold_id, draft.owner, person, key, now, rules, terms_version=terms_version)

    try:
        return take(draft.hold_id)
    except HoldLost:
        # It ended and was swept; the opening may still be free.
        if draft.opening is None:
            raise
        return take(booking.hold(uow, draft.opening, draft.owner, now, rules).id)


def _holding(draft: Draft, held: Hold) -> Draft:
    return replace(draft, opening_key=held.opening.key, hold_id=held.id, hold_until=held.ends_at, renewed=held.renewed)


def _count(uow: UnitOfWork, what: str, origin: str, now: datetime, most: int) -> None:
    """Every try counts, right or wrong; kept as digests, like those of proofs."""
    counted = f"{what} {origin}"
    begin_attempt(uow, counted, counted, now, most)
