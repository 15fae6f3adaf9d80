"""What every new appointment comes with: a page of its own, and the receipt of the request."""

from __future__ import annotations

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.receipts import receipt_of
from bot.services.uow import UnitOfWork


def keep_proofs(uow: UnitOfWork, appointment: Appointment) -> None:
    """Open the appointment's page and keep its receipt; the transaction is open."""
    uow.links.open(appointment.id)
    uow.receipts.add(receipt_of(appointment))
