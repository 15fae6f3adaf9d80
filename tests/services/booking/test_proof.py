"""The second proof: reference and contact together, and a limit on tries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.booking.appointments import Appointment
from bot.domain.errors import AppointmentNotFound, TooManyAttempts
from bot.services import booking
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, open_a_point, opening, person

MINUTE = timedelta(minutes=1)
UNKNOWN = "CEP-2222-2222"


@pytest.fixture
def booked(uow: SqlUnitOfWork) -> Appointment:
    open_a_point(uow)
    held = booking.hold(uow, opening(), "c1", MONDAY, RULES)
    return booking.book(uow, held.id, "c1", person(phone="+33639981234"), "c1:1", MONDAY, RULES)


def miss(uow: SqlUnitOfWork, reference: str, origin: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(AppointmentNotFound):
            booking.see(uow, reference, "wrong@example.fr", origin, MONDAY)


@pytest.mark.parametrize("contact", ["ana@example.fr", " ANA@EXAMPLE.FR", "06 39 98 12 34", "+33 6 39 98 12 34"])
def test_the_reference_and_a_contact_show_the_appointment(
    uow: SqlUnitOfWork, booked: Appointment, contact: str
) -> None:
    assert booking.see(uow, booked.reference.lower(), contact, "o", MONDAY) == booked


def test_a_wrong_reference_and_a_wrong_contact_look_alike(uow: SqlUnitOfWork, booked: Appointment) -> None:
    with pytest.raises(AppointmentNotFound) as wrong_reference:
        booking.see(uow, UNKNOWN, "ana@example.fr", "o", MONDAY)
    with pytest.raises(AppointmentNotFound) as wrong_contact:
        booking.see(uow, booked.reference, "other@example.fr", "o", MONDAY)

    assert wrong_reference.value.args == wrong_contact.value.args


def test_what_is_no_contact_at_all_never_proves(uow: SqlUnitOfWork, booked: Appointment) -> None:
    for nothing in ("", "Ana Diaz", "nobody@example.invalid"):
        with pytest.raises(AppointmentNotFound):
            booking.see(uow, UNKNOWN, nothing, nothing, MONDAY)


def test_after_five_wrong_tries_even_the_right_contact_waits(uow: SqlUnitOfWork, booked: Appointment) -> None:
    for number in range(5):
        miss(uow, booked.reference, f"origin {number}", 1)

    with pytest.raises(TooManyAttempts) as refused:
        booking.see(uow, booked.reference, "ana@example.fr", "another", MONDAY + 30 * MINUTE)

    assert refused.value.again_at == MONDAY + 60 * MINUTE
    assert booking.see(uow, booked.reference, "ana@example.fr", "another", MONDAY + 60 * MINUTE) == booked


def test_one_origin_cannot_try_many_references(uow: SqlUnitOfWork, booked: Appointment) -> None:
    for symbols in ("22222222", "33333333", "44444444", "55555555", "66666666"):
        miss(uow, f"CEP-{symbols[:4]}-{symbols[4:]}", "o", 1)

    with pytest.raises(TooManyAttempts):
        booking.see(uow, booked.reference, "ana@example.fr", "o", MONDAY)
    assert booking.see(uow, booked.reference, "ana@example.fr", "elsewhere", MONDAY) == booked


def test_right_proofs_are_not_counted(uow: SqlUnitOfWork, booked: Appointment) -> None:
    for _ in range(10):
        assert booking.see(uow, booked.reference, "ana@example.fr", "o", MONDAY) == booked


def test_cancelling_counts_tries_too(uow: SqlUnitOfWork, booked: Appointment) -> None:
    miss(uow, booked.reference, "o", 5)

    with pytest.raises(TooManyAttempts):
        booking.cancel(uow, booked.reference, "ana@example.fr", "o", MONDAY, RULES)
