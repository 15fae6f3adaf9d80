"""Reaching an appointment: by its reference and a second proof, by its secret link, from an account."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.accounts import Account, Role
from bot.domain.booking.appointments import Appointment
from bot.domain.errors import AppointmentNotFound, TooManyAttempts
from bot.services import booking
from bot.services.booking.access import WRONG_LINKS_AN_HOUR
from bot.storage.digests import Digests
from bot.storage.tables.booking import appointment_links
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, open_a_point, person

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
UNKNOWN = "CEP-2222-2222"
CAMILLE = Account("1", "camille", "Camille R.", frozenset({Role.ADVISER}), frozenset({"demo_beaune"}), "camille")


@pytest.fixture
def booked(uow: SqlUnitOfWork) -> Appointment:
    open_a_point(uow)
    return factories.booked(uow, who=person(phone="+33639981234"))


def miss(uow: SqlUnitOfWork, reference: str, origin: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(AppointmentNotFound):
            booking.prove(uow, reference, "wrong@example.fr", origin, MONDAY, RULES)


def secret_of(appointment: Appointment) -> str:
    return Digests(b"test key").secret("appointment", appointment.id)


def follow(uow: SqlUnitOfWork, secret: str, now: datetime = MONDAY, origin: str = "here") -> Appointment:
    return booking.by_link(uow, secret, origin, now)


@pytest.mark.parametrize("contact", ["ana@example.fr", " ANA@EXAMPLE.FR", "06 39 98 12 34", "+33 6 39 98 12 34"])
def test_the_reference_and_a_contact_show_the_appointment(
    uow: SqlUnitOfWork, booked: Appointment, contact: str
) -> None:
    assert booking.prove(uow, booked.reference.lower(), contact, "o", MONDAY, RULES) == booked


def test_a_wrong_reference_and_a_wrong_contact_look_alike(uow: SqlUnitOfWork, booked: Appointment) -> None:
    with pytest.raises(AppointmentNotFound) as wrong_reference:
        booking.prove(uow, UNKNOWN, "ana@example.fr", "o", MONDAY, RULES)
    with pytest.raises(AppointmentNotFound) as wrong_contact:
        booking.prove(uow, booked.reference, "other@example.fr", "o", MONDAY, RULES)

    assert wrong_reference.value.args == wrong_contact.value.args


def test_what_is_no_contact_at_all_never_proves(uow: SqlUnitOfWork, booked: Appointment) -> None:
    for nothing in ("", "Ana Diaz", "nobody@example.invalid"):
        with pytest.raises(AppointmentNotFound):
            booking.prove(uow, UNKNOWN, nothing, nothing, MONDAY, RULES)


def test_after_five_wrong_tries_even_the_right_contact_waits(uow: SqlUnitOfWork, booked: Appointment) -> None:
    for number in range(5):
        miss(uow, booked.reference, f"origin {number}", 1)

    with pytest.raises(TooManyAttempts) as refused:
        booking.prove(uow, booked.reference, "ana@example.fr", "another", MONDAY + 30 * MINUTE, RULES)

    assert refused.value.again_at == MONDAY + 60 * MINUTE
    assert booking.prove(uow, booked.reference, "ana@example.fr", "another", MONDAY + 60 * MINUTE, RULES) == booked


def test_one_origin_cannot_try_many_references(uow: SqlUnitOfWork, booked: Appointment) -> None:
    for symbols in ("22222222", "33333333", "44444444", "55555555", "66666666"):
        miss(uow, f"CEP-{symbols[:4]}-{symbols[4:]}", "o", 1)

    with pytest.raises(TooManyAttempts):
        booking.prove(uow, booked.reference, "ana@example.fr", "o", MONDAY, RULES)
    assert booking.prove(uow, booked.reference, "ana@example.fr", "elsewhere", MONDAY, RULES) == booked


def test_right_proofs_are_not_counted(uow: SqlUnitOfWork, booked: Appointment) -> None:
    for _ in range(10):
        assert booking.prove(uow, booked.reference, "ana@example.fr", "o", MONDAY, RULES) == booked


def test_the_secret_leads_to_the_appointment(uow: SqlUnitOfWork, booked: Appointment) -> None:
    assert follow(uow, secret_of(booked)) == booked


def test_a_secret_holds_128_bits_and_differs_for_each(booked: Appointment) -> None:
    assert len(secret_of(booked)) * 6 >= 128
    assert secret_of(booked) != Digests(b"test key").secret("appointment", "another")


def test_the_database_never_holds_the_secret(uow: SqlUnitOfWork, booked: Appointment) -> None:
    with uow:
        (digest,) = uow._open().execute(select(appointment_links.c.digest)).scalars()

    assert secret_of(booked) not in digest
    with pytest.raises(AppointmentNotFound):
        follow(uow, digest)


@pytest.mark.parametrize("wrong", ["", "nothing", "A" * 24, "' OR 1=1 --", "é" * 3_000])
def test_another_secret_leads_nowhere(uow: SqlUnitOfWork, booked: Appointment, wrong: str) -> None:
    with pytest.raises(AppointmentNotFound):
        follow(uow, wrong)


def test_tries_are_limited_by_origin_and_right_ones_do_not_count(uow: SqlUnitOfWork, booked: Appointment) -> None:
    for number in range(WRONG_LINKS_AN_HOUR):
        follow(uow, secret_of(booked))
        with pytest.raises(AppointmentNotFound):
            follow(uow, f"wrong {number}")

    with pytest.raises(TooManyAttempts):
        follow(uow, "wrong again")
    assert follow(uow, secret_of(booked), origin="elsewhere") == booked
    assert follow(uow, secret_of(booked), MONDAY + 2 * HOUR) == booked


def test_cancelled_its_secret_leads_nowhere(uow: SqlUnitOfWork, booked: Appointment) -> None:
    booking.cancel(uow, booked, MONDAY, RULES)

    with pytest.raises(AppointmentNotFound):
        follow(uow, secret_of(booked))


def test_over_its_secret_leads_nowhere(uow: SqlUnitOfWork, booked: Appointment) -> None:
    assert follow(uow, secret_of(booked), booked.starts_at)

    with pytest.raises(AppointmentNotFound):
        follow(uow, secret_of(booked), booked.ends_at)


def test_an_account_reaches_the_appointments_of_its_relay_points_alone(uow: SqlUnitOfWork, booked: Appointment) -> None:
    assert booking.for_account(uow, CAMILLE, booked.id) == booked

    elsewhere = Account("2", "hugo", "Hugo", frozenset({Role.ADVISER}), frozenset({"demo_dijon"}), "hugo")
    for account, wanted in ((elsewhere, booked.id), (CAMILLE, "nothing"), (CAMILLE, "' OR 1=1 --")):
        with pytest.raises(LookupError):
            booking.for_account(uow, account, wanted)
