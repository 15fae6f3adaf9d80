"""The second proof: who knows the reference and the contact may see and change the appointment."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.booking.appointments import Appointment, find_reference
from bot.domain.booking.contact import proves
from bot.domain.booking.openings import BookingRules
from bot.domain.errors import AppointmentNotFound, TooManyAttempts
from bot.services.uow import UnitOfWork

WINDOW = timedelta(hours=1)
NO_CONTACT = ("nobody@example.invalid",)


def prove(
    uow: UnitOfWork, reference: str, contact: str, origin: str, now: datetime, rules: BookingRules
) -> Appointment:
    """The appointment, if the contact is the one given for it.

    A wrong reference and a wrong contact get the same refusal, and count the same. The try is
    stored before it is judged, so that many at once cannot pass together.
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
