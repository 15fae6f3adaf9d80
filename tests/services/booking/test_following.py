"""Second and third appointments: after a first one that took place, with the same adviser unless asked otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.openings import Opening
from bot.domain.errors import AlreadyBooked, HoldLost, NotSeenYet, PathComplete
from bot.services import booking
from bot.services.uow import Conflict
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, WORKING_DAYS, open_a_point, opening, weekly
from tests.services.booking.test_recording import HOURS

CONTACT = "ana@example.fr"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def network(uow: SqlUnitOfWork) -> None:
    afternoons = [weekly(day, "14:00", "17:00", adviser_id="dominique") for day in WORKING_DAYS]
    open_a_point(uow, ranges=[*(weekly(day) for day in WORKING_DAYS), *afternoons])


def first(uow: SqlUnitOfWork) -> Appointment:
    return factories.booked(uow)


def seen(uow: SqlUnitOfWork, appointment: Appointment) -> datetime:
    booking.record(uow, appointment.reference, State.SEEN, "camille", appointment.ends_at, HOURS)
    return appointment.ends_at


def follow(uow: SqlUnitOfWork, appointment: Appointment, at: Opening, now: datetime) -> Appointment:
    held = booking.hold(uow, at, "c2", now, RULES)
    return booking.follow(uow, appointment, held.id, now, RULES)


def proposed(uow: SqlUnitOfWork, appointment: Appointment, now: datetime, same: bool = True) -> tuple[Opening, ...]:
    last = booking.last_seen(uow, appointment, RULES)
    return booking.propose_next(uow, last, None, now, RULES, same_adviser=same)


def test_nothing_follows_an_appointment_that_has_not_taken_place(uow: SqlUnitOfWork) -> None:
    appointment = first(uow)

    with pytest.raises(NotSeenYet):
        proposed(uow, appointment, MONDAY)
    with pytest.raises(NotSeenYet):
        follow(uow, appointment, opening(starts_at=opening().starts_at + DAY), MONDAY)


def test_the_same_adviser_is_offered_first_and_another_on_request(uow: SqlUnitOfWork) -> None:
    appointment = first(uow)
    now = seen(uow, appointment)

    assert {each.adviser_id for each in proposed(uow, appointment, now)} == {"camille"}
    assert {each.adviser_id for each in proposed(uow, appointment, now, same=False)} == {"dominique"}


def test_the_path_goes_on_from_any_of_its_references_and_ends_where_the_territory_says(uow: SqlUnitOfWork) -> None:
    appointment = first(uow)
    now = seen(uow, appointment)
    second = follow(uow, appointment, proposed(uow, appointment, now)[0], now)
    now = seen(uow, second)
    third = follow(uow, appointment, proposed(uow, appointment, now)[0], now)
    now = seen(uow, third)

    assert [(each.rank, each.follows) for each in (second, third)] == [(2, appointment.id), (3, second.id)]
    assert second.person == appointment.person
    assert len({appointment.reference, second.reference, third.reference}) == 3
    with pytest.raises(PathComplete):
        proposed(uow, appointment, now)


def test_the_next_one_is_taken_once(uow: SqlUnitOfWork) -> None:
    appointment = first(uow)
    now = seen(uow, appointment)
    some = proposed(uow, appointment, now)

    held = booking.hold(uow, some[0], "c2", now, RULES)
    taken = booking.follow(uow, appointment, held.id, now, RULES)

    assert booking.follow(uow, appointment, held.id, now, RULES) == taken
    with pytest.raises(AlreadyBooked):
        follow(uow, appointment, some[1], now)


def test_a_cancelled_second_one_can_be_taken_again(uow: SqlUnitOfWork) -> None:
    appointment = first(uow)
    now = seen(uow, appointment)
    second = follow(uow, appointment, proposed(uow, appointment, now)[0], now)
    booking.cancel(uow, second, now, RULES)

    again = follow(uow, appointment, proposed(uow, appointment, now)[0], now)

    assert (again.rank, again.state) == (2, State.BOOKED)


def test_the_database_lets_one_appointment_at_a_time_follow_another(uow: SqlUnitOfWork) -> None:
    """Whatever the code does: this is the guard behind `AlreadyBooked`."""
    appointment = first(uow)
    now = seen(uow, appointment)
    second = follow(uow, appointment, proposed(uow, appointment, now)[0], now)

    with uow, pytest.raises(Conflict):
        uow.appointments.add(replace(second, id="x", reference="CEP-2222-2222"), "k9")


def test_an_opening_lost_to_somebody_else_is_said(uow: SqlUnitOfWork) -> None:
    appointment = first(uow)
    now = seen(uow, appointment)
    wanted = proposed(uow, appointment, now)[0]
    held = booking.hold(uow, wanted, "c2", now, RULES)
    late = now + timedelta(minutes=RULES.hold_minutes)
    booking.hold(uow, wanted, "c3", late, RULES)

    with pytest.raises(HoldLost):
        booking.follow(uow, appointment, held.id, late, RULES)
