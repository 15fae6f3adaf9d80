"""The receipt of a request: its number, its day, its code."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.booking.appointments import State
from bot.domain.booking.receipts import Receipt, Seal, read_number, receipt_of
from tests.factories import MONDAY, appointment, opening

SEAL = Seal(b"a key of thirty-two characters ok")


def test_moved_or_cancelled_the_receipt_is_the_same() -> None:
    first = appointment()
    moved = replace(first, opening=opening(starts_at=MONDAY + timedelta(days=30)), sequence=1)
    cancelled = replace(moved, state=State.CANCELLED, sequence=2)

    assert receipt_of(first) == receipt_of(moved) == receipt_of(cancelled)
    assert receipt_of(first).requested_at == first.booked_at


def test_two_appointments_have_two_numbers() -> None:
    assert receipt_of(appointment(id="a1")).number != receipt_of(appointment(id="a2")).number


def test_a_number_says_its_year_and_nothing_of_the_person() -> None:
    other = appointment(person=replace(appointment().person, first_name="Bob", email="bob@example.fr"))

    assert receipt_of(appointment()).number.startswith("R-2026-")
    assert receipt_of(other) == receipt_of(appointment())


@pytest.mark.parametrize("typed", ["{}", " {} ", "n° {}", "{}."])
def test_a_number_is_read_however_it_was_typed(typed: str) -> None:
    number = receipt_of(appointment()).number

    assert read_number(typed.format(number.lower().replace("-", " ")).replace("n° ", "")) == number


@pytest.mark.parametrize("typed", ["", "R-2026", "CEP-7K4M-2QX9", "R-2026-00000-00000", "<script>"])
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


def test_a_code_proves_the_number_and_the_day() -> None:
    receipt = receipt_of(appointment())
    code = SEAL.code(receipt)

    assert SEAL.holds(receipt, code)
    assert SEAL.holds(receipt, code.lower().replace("-", " "))
    assert not SEAL.holds(replace(receipt, requested_at=MONDAY - timedelta(days=1)), code)
    assert not SEAL.holds(Receipt("R-2026-22222-22222", receipt.requested_at), code)
    assert not SEAL.holds(receipt, "")


def test_another_key_makes_another_code_and_the_key_is_not_shown() -> None:
    receipt = receipt_of(appointment())

    assert not SEAL.holds(receipt, Seal(b"another key").code(receipt))
    assert "thirty" not in repr(SEAL)
