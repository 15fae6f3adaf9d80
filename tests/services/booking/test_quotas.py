"""A territory's quota: beyond it nothing is proposed and nothing is booked; what was booked may still change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.booking.appointments import Appointment, State
from bot.domain.booking.rules import Quota
from bot.domain.errors import OpeningUnavailable, QuotaReached
from bot.services import booking
from bot.services.booking import nearest
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, RULES, open_a_point, person, relay_point, weekly

TWO = replace(RULES, horizon_days=20, quotas=(Quota(frozenset({"21"}), 2026, 2),))
BEAUNE = (47.02123, 4.83743)


pytestmark = pytest.mark.usefixtures("point")


def book(uow: SqlUnitOfWork, number: int, rules: object = TWO) -> Appointment:
    free = booking.propose(uow, "demo_beaune", None, MONDAY, RULES, limit=20)[number]
    held = booking.hold(uow, free, f"c{number}", MONDAY, RULES)
    who = person(email=f"p{number}@example.fr")
    return booking.book(uow, held.id, f"c{number}", who, f"c{number}:1", MONDAY, rules)  # type: ignore[arg-type]


def test_beyond_the_quota_nothing_is_booked(uow: SqlUnitOfWork) -> None:
    book(uow, 0)
    book(uow, 1)

    with pytest.raises(QuotaReached):
        book(uow, 2)


def test_beyond_the_quota_nothing_is_proposed_nor_held(uow: SqlUnitOfWork) -> None:
    free = booking.propose(uow, "demo_beaune", None, MONDAY, TWO)
    book(uow, 3)
    book(uow, 4)

    assert booking.propose(uow, "demo_beaune", None, MONDAY, TWO) == ()
    assert nearest.find(uow, BEAUNE, None, MONDAY, TWO)[0].first_opening is None
    with pytest.raises(OpeningUnavailable):
        booking.hold(uow, free[0], "late", MONDAY, TWO)


def test_other_territories_other_years_and_following_appointments_are_not_counted(uow: SqlUnitOfWork) -> None:
    book(uow, 0)
    book(uow, 1)
    open_a_point(uow, relay_point(code="nevers", department="58"), [weekly(1, adviser_id="nadia")])

    assert booking.propose(uow, "nevers", None, MONDAY, TWO)
    assert booking.propose(uow, "demo_beaune", None, MONDAY, TWO.for_rank(2))
    assert booking.propose(uow, "demo_beaune", None, MONDAY, replace(TWO, horizon_days=60))[0].starts_at.year == 2027


def test_a_cancelled_appointment_gives_its_place_back(uow: SqlUnitOfWork) -> None:
    first = book(uow, 5)
    book(uow, 6)
    booking.cancel(uow, first, MONDAY, TWO)

    assert book(uow, 7).state is State.BOOKED


def test_an_appointment_moves_within_a_full_year(uow: SqlUnitOfWork) -> None:
    first = book(uow, 5)
    book(uow, 6)
    kept = TWO.for_change_of(1, first.starts_at)
    target = booking.propose(uow, "demo_beaune", None, MONDAY, kept, limit=20)[8]
    held = booking.hold(uow, target, "c5", MONDAY, kept)

    moved = booking.move(uow, first, held.id, MONDAY, TWO)

    assert moved.starts_at == target.starts_at


def test_a_prepared_appointment_counts_once_confirmed(uow: SqlUnitOfWork) -> None:
    free = booking.propose(uow, "demo_beaune", None, MONDAY, TWO, limit=9)[8]
    held = booking.hold(uow, free, "c9", MONDAY, TWO)
    prepared = booking.prepare(uow, held.id, "c9", person(email="p9@example.fr"), "c9:1", MONDAY, TWO)
    book(uow, 1)
    book(uow, 2)
    with uow:
        notice = uow.outbox.claim(MONDAY + timedelta(minutes=1), 50)
    secret = next(each.payload["confirm"] for each in notice if each.subject_id == prepared.appointment.id)

    with pytest.raises(QuotaReached):
        booking.confirm(uow, secret, MONDAY, TWO)
