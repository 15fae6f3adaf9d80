"""Moving, cancelling and erasing an appointment, whichever way it was reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.rules import AppointmentKind
from bot.domain.errors import BookingRefused, OpeningUnavailable
from bot.services import booking
from bot.storage.tables.booking import appointments
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, open_a_point, opening, person, relay_point, weekly

DAY = timedelta(days=1)
LATER = opening(starts_at=datetime.fromisoformat("2026-11-26T09:30:00+00:00"))
NEXT_DAY = opening(starts_at=LATER.starts_at + DAY)


@pytest.fixture
def booked(uow: SqlUnitOfWork) -> Appointment:
    open_a_point(uow)
    return factories.booked(uow, LATER)


def test_an_appointment_moves_where_it_is(uow: SqlUnitOfWork, booked: Appointment) -> None:
    proposed = booking.propose_move(uow, booked, None, MONDAY, RULES)

    assert {each.relay_point_code for each in proposed} == {"demo_beaune"}


def test_a_place_that_closed_gives_way_to_the_nearest_one(uow: SqlUnitOfWork, booked: Appointment) -> None:
    open_a_point(uow, relay_point(closed_on=date(2026, 11, 20)))
    open_a_point(uow, relay_point(code="chagny", longitude=4.9), [weekly(3, adviser_id="nadia")])

    (instead,) = booking.propose_move(uow, booked, None, MONDAY, RULES)
    held = booking.hold(uow, instead, "c", MONDAY, RULES)
    moved = booking.move(uow, booked, held.id, MONDAY, RULES)

    assert (moved.relay_point_code, moved.reference) == ("chagny", booked.reference)


def test_a_following_appointment_keeps_its_length(uow: SqlUnitOfWork, booked: Appointment) -> None:
    rules = replace(RULES, following=AppointmentKind(minutes=45))

    proposed = booking.propose_move(uow, replace(booked, rank=2), None, MONDAY, rules)

    assert {each.minutes for each in proposed} == {45}


def test_it_moves_where_it_was_held_and_once(uow: SqlUnitOfWork, booked: Appointment) -> None:
    held = booking.hold(uow, NEXT_DAY, "c2", MONDAY, RULES)

    moved = booking.move(uow, booked, held.id, MONDAY, RULES)
    again = booking.move(uow, booked, held.id, MONDAY, RULES)

    assert moved == again
    assert (moved.starts_at, moved.sequence) == (NEXT_DAY.starts_at, 1)


def test_the_hold_of_one_move_is_of_no_use_to_another_appointment(uow: SqlUnitOfWork, booked: Appointment) -> None:
    another = factories.booked(uow, who=person(email="noe@example.fr"), by="c3")
    held = booking.hold(uow, NEXT_DAY, "c2", MONDAY, RULES)
    booking.move(uow, booked, held.id, MONDAY, RULES)

    with pytest.raises(BookingRefused):
        booking.move(uow, another, held.id, MONDAY, RULES)


def test_what_is_held_for_a_move_is_found_under_its_name(uow: SqlUnitOfWork, booked: Appointment) -> None:
    holder = booking.holder_by_link(booked)

    held = booking.hold(uow, NEXT_DAY, holder, MONDAY, RULES)

    assert booking.held_for(uow, holder) == held
    assert booking.held_for(uow, "somebody") is None


def test_an_opening_somebody_has_comes_with_others(uow: SqlUnitOfWork, booked: Appointment) -> None:
    booking.hold(uow, NEXT_DAY, "somebody", MONDAY, RULES)

    with pytest.raises(OpeningUnavailable) as refusal:
        booking.hold(uow, NEXT_DAY, booking.holder_by_link(booked), MONDAY, RULES)

    assert refusal.value.alternatives


def test_erased_nothing_names_the_person_and_the_time_is_free(uow: SqlUnitOfWork, booked: Appointment) -> None:
    booking.erase(uow, booked, MONDAY, RULES)

    with uow:
        (row,) = uow._open().execute(select(appointments)).all()
        assert uow.appointments.get(booked.id) is None
    kept = " ".join(str(value) for value in row)
    assert not any(part in kept for part in ("Ana", "Diaz", "ana@example.fr", booked.reference))
    assert LATER.starts_at in {each.starts_at for each in booking.every_opening(uow, "demo_beaune", MONDAY, RULES)}
