"""An appointment's own page: its secret is enough, is kept nowhere, and ends with the appointment."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.openings import Opening
from bot.domain.errors import AppointmentNotFound, OpeningTaken, TooLateToChange, TooManyAttempts
from bot.services import booking
from bot.services.booking.access import WRONG_LINKS_AN_HOUR
from bot.storage.digests import Digests
from bot.storage.tables.booking import appointments
from bot.storage.tables.pages import appointment_links
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, open_a_point, opening, person

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = opening(starts_at=datetime.fromisoformat("2026-11-26T09:30:00+00:00"))


@pytest.fixture
def booked(uow: SqlUnitOfWork) -> Appointment:
    open_a_point(uow)
    held = booking.hold(uow, LATER, "c1", MONDAY, RULES)
    return booking.book(uow, held.id, "c1", person(), "c1:1", MONDAY, RULES)


def secret_of(appointment: Appointment) -> str:
    return Digests(b"test key").secret("appointment", appointment.id)


def follow(uow: SqlUnitOfWork, secret: str, now: datetime = MONDAY, origin: str = "here") -> Appointment:
    return booking.follow_link(uow, secret, origin, now)


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


def test_it_moves_where_it_was_held_and_once(uow: SqlUnitOfWork, booked: Appointment) -> None:
    held = booking.hold_by_link(uow, booked, later(LATER, days=1), MONDAY, RULES)

    moved = booking.move_by_link(uow, booked, held.id, MONDAY, RULES)
    again = booking.move_by_link(uow, booked, held.id, MONDAY, RULES)

    assert moved == again
    assert (moved.starts_at, moved.sequence) == (LATER.starts_at + DAY, 1)
    assert follow(uow, secret_of(booked)) == moved


def test_what_is_held_for_a_move_is_found_until_it_ends(uow: SqlUnitOfWork, booked: Appointment) -> None:
    held = booking.hold_by_link(uow, booked, later(LATER, days=1), MONDAY, RULES)

    assert booking.held_by_link(uow, booked, MONDAY) == held
    assert booking.held_by_link(uow, booked, held.ends_at) is None


def test_an_opening_somebody_has_comes_with_others(uow: SqlUnitOfWork, booked: Appointment) -> None:
    booking.hold(uow, later(LATER, days=1), "somebody", MONDAY, RULES)

    with pytest.raises(OpeningTaken) as refusal:
        booking.hold_by_link(uow, booked, later(LATER, days=1), MONDAY, RULES)

    assert refusal.value.alternatives


def test_it_is_not_moved_past_the_limit(uow: SqlUnitOfWork, booked: Appointment) -> None:
    with pytest.raises(TooLateToChange):
        booking.hold_by_link(uow, booked, later(LATER, days=1), booked.starts_at - HOUR, RULES)


def test_cancelled_its_secret_leads_nowhere(uow: SqlUnitOfWork, booked: Appointment) -> None:
    assert booking.cancel_by_link(uow, booked, MONDAY, RULES).state is State.CANCELLED

    with pytest.raises(AppointmentNotFound):
        follow(uow, secret_of(booked))


def test_cancelled_elsewhere_its_secret_leads_nowhere(uow: SqlUnitOfWork, booked: Appointment) -> None:
    booking.cancel(uow, booked.reference, "ana@example.fr", "c1", MONDAY, RULES)

    with pytest.raises(AppointmentNotFound):
        follow(uow, secret_of(booked))


def test_over_its_secret_leads_nowhere(uow: SqlUnitOfWork, booked: Appointment) -> None:
    assert follow(uow, secret_of(booked), booked.starts_at)

    with pytest.raises(AppointmentNotFound):
        follow(uow, secret_of(booked), booked.ends_at)


def test_erased_nothing_names_the_person_and_the_time_is_free(uow: SqlUnitOfWork, booked: Appointment) -> None:
    booking.erase_by_link(uow, booked, MONDAY, RULES)

    with uow:
        (row,) = uow._open().execute(select(appointments)).all()
        assert uow.appointments.get(booked.id) is None
    kept = " ".join(str(value) for value in row)
    assert not any(part in kept for part in ("Ana", "Diaz", "ana@example.fr", booked.reference))
    assert LATER.starts_at in {each.starts_at for each in booking.every_opening(uow, "demo_beaune", MONDAY, RULES)}


def later(at: Opening, days: int) -> Opening:
    return opening(starts_at=at.starts_at + timedelta(days=days))
