"""A relay point that closes: everybody concerned is told once, nothing is cancelled, and the others are left alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from bot.domain.booking.appointments import Appointment, State
from bot.domain.notifications.notices import Notice
from bot.services import booking
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, open_a_point, opening, person
from tests.services.conversations.live_talk import HOURS

FRIDAY = date(2026, 11, 27)


def booked_on(uow: SqlUnitOfWork, days: int) -> Appointment:
    at = opening(starts_at=opening().starts_at + timedelta(days=days))
    return factories.booked(uow, at, person(email=f"ana{days}@example.fr"), f"c{days}")


def closing_notices(uow: SqlUnitOfWork, now: datetime = MONDAY) -> Sequence[Notice]:
    with uow:
        return [each for each in uow.outbox.claim(now, 50) if each.kind == "appointment_closing"]


@pytest.fixture
def before(uow: SqlUnitOfWork) -> Appointment:
    open_a_point(uow)
    return booked_on(uow, 1)


@pytest.fixture
def after(uow: SqlUnitOfWork, before: Appointment) -> Appointment:
    return booked_on(uow, 3)


def test_those_from_that_day_on_are_listed(uow: SqlUnitOfWork, before: Appointment, after: Appointment) -> None:
    assert booking.appointments_after_closing(uow, {"demo_beaune": FRIDAY}, MONDAY) == (after,)
    assert booking.appointments_after_closing(uow, {"nowhere": FRIDAY}, MONDAY) == ()


def test_they_are_told_once_and_an_adviser_follows_up(
    uow: SqlUnitOfWork, before: Appointment, after: Appointment
) -> None:
    booking.close_relay_point(uow, "demo_beaune", FRIDAY)

    assert booking.announce_closings(uow, MONDAY, HOURS) == (after,)
    assert booking.announce_closings(uow, MONDAY, HOURS) == ()

    (notice,) = closing_notices(uow)
    assert notice.subject_id == after.id
    assert datetime.fromisoformat(notice.payload["call_by"]) <= after.starts_at
    with uow:
        kept = uow.appointments.get(after.id)
    assert kept
    assert kept.state is State.BOOKED


def test_who_has_moved_away_or_cancelled_is_left_alone(
    uow: SqlUnitOfWork, before: Appointment, after: Appointment
) -> None:
    booking.cancel(uow, after, MONDAY, RULES)
    booking.close_relay_point(uow, "demo_beaune", FRIDAY)

    assert booking.announce_closings(uow, MONDAY, HOURS) == ()


def test_a_point_nobody_knows_is_not_closed(uow: SqlUnitOfWork) -> None:
    with pytest.raises(LookupError):
        booking.close_relay_point(uow, "nowhere", FRIDAY)


def test_a_closing_brought_forward_tells_those_it_reaches(
    uow: SqlUnitOfWork, before: Appointment, after: Appointment
) -> None:
    booking.close_relay_point(uow, "demo_beaune", FRIDAY)
    booking.announce_closings(uow, MONDAY, HOURS)

    booking.close_relay_point(uow, "demo_beaune", FRIDAY - timedelta(days=3))

    assert booking.announce_closings(uow, MONDAY, HOURS) == (before,)
