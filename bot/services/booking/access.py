"""Three ways to reach an appointment: its reference with a second proof, its secret link, an adviser's account.

Each returns the appointment; what is then done with it asks no other proof.
"""

from datetime import datetime, timedelta

from bot.domain.accounts import Account
from bot.domain.booking.appointments import Appointment, State, find_reference
from bot.domain.booking.contact import proves
from bot.domain.booking.openings import BookingRules
from bot.domain.errors import AppointmentNotFound, TooManyAttempts
from bot.services.uow import UnitOfWork

WINDOW = timedelta(hours=1)
WRONG_LINKS_AN_HOUR = 20
NO_CONTACT = ("nobody@example.invalid",)


def prove(
    uow: UnitOfWork, reference: str, contact: str, origin: str, now: datetime, rules: BookingRules
) -> Appointment:
    """The appointment as it stands, cancelled or past ones included, if the contact is the one given for it.

    `AppointmentNotFound` for a wrong reference and for a wrong contact alike, which count the same; `TooManyAttempts`
    past the limit in an hour on this reference or from this origin. The try is stored before it is judged, so that
    many at once cannot pass together.
    """
    wanted = find_reference(reference) or reference.strip().upper()
    attempt = begin_attempt(uow, wanted, origin, now, rules.proofs_per_hour)
    with uow:
        appointment = uow.appointments.find(wanted)
        contacts = appointment.person.contacts if appointment else NO_CONTACT
        # Compared even without an appointment, so that the answer takes as long.
        is_proven = proves(contact, contacts)
        if appointment is None or not is_proven:
            raise AppointmentNotFound
        uow.attempts.forget(attempt)
        uow.commit()
        return appointment


def by_link(uow: UnitOfWork, secret: str, origin: str, now: datetime) -> Appointment:
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


def for_account(uow: UnitOfWork, account: Account, appointment_id: str) -> Appointment:
    """The appointment, if this account may read it; `LookupError` otherwise, and while it is only prepared."""
    with uow.reading() as view:
        found = view.diary.get(account, appointment_id) if appointment_id.isalnum() else None
    if found is None or found.state is State.PREPARED:
        raise LookupError("no such appointment for this account")
    return found


def begin_attempt(uow: UnitOfWork, reference: str, origin: str, now: datetime, limit: int) -> int:
    """The number of a try at this reference, to forget if it was right; `TooManyAttempts` past so many in an hour."""
    with uow:
        attempt = uow.attempts.begin(reference, origin, now)
        uow.commit()
        tried = uow.attempts.tried_since(reference, origin, now - WINDOW)
        if len(tried) > limit:
            uow.attempts.forget(attempt)
            uow.commit()
            raise TooManyAttempts(tried[0] + WINDOW)
        return attempt


def holder_by_link(appointment: Appointment) -> str:
    """The name an opening is kept under while the person moves their appointment on its page."""
    return f"link:{appointment.id}"


def holder_for_account(account: Account, purpose: str) -> str:
    """The name an opening is kept under at an adviser's desk: one for each purpose, and nobody else's conversation."""
    return f"desk:{account.id}:{purpose}"
