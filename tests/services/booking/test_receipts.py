"""Checking receipts: ours are recognised for ever, nothing else is, and the day never moves."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from bot.domain.booking.appointments import Appointment
from bot.domain.booking.receipts import Receipt, Seal, receipt_of
from bot.domain.errors import TooManyAttempts
from bot.services import booking
from bot.services.booking import receipts
from bot.storage.tables.booking import request_receipts
from bot.storage.unit_of_work import SqlUnitOfWork
from tests import factories
from tests.factories import MONDAY, RULES, open_a_point, opening

SEAL = Seal(b"a key of thirty-two characters ok")
LATER = opening(starts_at=datetime.fromisoformat("2026-11-26T09:30:00+00:00"))


@pytest.fixture
def booked(uow: SqlUnitOfWork) -> Appointment:
    open_a_point(uow)
    return factories.booked(uow, LATER)


def check(uow: SqlUnitOfWork, number: str, code: str, now: datetime = MONDAY) -> Receipt | None:
    return receipts.check(uow, SEAL, number, code, "here", now)


def test_a_booking_gives_a_receipt_that_is_recognised(uow: SqlUnitOfWork, booked: Appointment) -> None:
    receipt = receipt_of(booked)

    assert check(uow, receipt.number, SEAL.code(receipt)) == receipt


def test_the_day_stays_when_the_appointment_moves_is_erased_and_years_pass(
    uow: SqlUnitOfWork, booked: Appointment
) -> None:
    receipt = receipt_of(booked)
    held = booking.hold(uow, opening(starts_at=LATER.starts_at + timedelta(days=1)), "c1", MONDAY, RULES)
    moved = booking.move(uow, booked, held.id, MONDAY + timedelta(hours=1), RULES)
    booking.erase(uow, moved, MONDAY + timedelta(hours=2), RULES)

    found = check(uow, receipt.number, SEAL.code(receipt), MONDAY + timedelta(days=3_000))

    assert found is not None
    assert found.requested_at == MONDAY


def test_a_wrong_pair_is_not_recognised(uow: SqlUnitOfWork, booked: Appointment) -> None:
    receipt = receipt_of(booked)

    assert check(uow, receipt.number, "22222-22222-22222") is None
    assert check(uow, "R-2026-22222-22222", SEAL.code(receipt)) is None
    assert check(uow, "", "") is None


def test_a_day_changed_in_the_database_is_not_recognised(uow: SqlUnitOfWork, booked: Appointment) -> None:
    receipt = receipt_of(booked)
    with uow:
        uow._open().execute(update(request_receipts).values(requested_at=MONDAY - timedelta(days=60)))
        uow.commit()

    assert check(uow, receipt.number, SEAL.code(receipt)) is None


def test_tries_are_limited(uow: SqlUnitOfWork, booked: Appointment) -> None:
    for _ in range(receipts.WRONG_CODES_AN_HOUR):
        check(uow, receipt_of(booked).number, "wrong")

    with pytest.raises(TooManyAttempts):
        check(uow, receipt_of(booked).number, SEAL.code(receipt_of(booked)))


def test_a_receipt_given_twice_is_one(uow: SqlUnitOfWork, booked: Appointment) -> None:
    with uow:
        uow.receipts.add(Receipt(receipt_of(booked).number, MONDAY + timedelta(days=1)))
        uow.commit()
        assert uow.receipts.get(receipt_of(booked).number) == receipt_of(booked)
