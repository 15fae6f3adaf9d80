"""Appointments: references, persons, and limits for changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.booking.appointments import (
    REFERENCE_ALPHABET,
    Appointment,
    Person,
    State,
    find_reference,
    is_reference,
    written_reference,
)
from bot.domain.booking.openings import BookingRules
from bot.domain.errors import AppointmentClosed, TooLateToChange
from tests.factories import MONDAY, opening, person

HOUR = timedelta(hours=1)
RULES = BookingRules(move_until_hours=24, cancel_until_hours=2)
BOOKED = Appointment("1", "CEP-7K4M-2QX9", person(), opening(), State.BOOKED, MONDAY)


@pytest.mark.parametrize(
    "typed", ["CEP-7K4M-2QX9", "cep 7k4m 2qx9", "ma référence : CEP7K4M2QX9.", "c'est cep–7k4m–2qx9 je crois"]
)
def test_a_reference_is_read_however_it_is_written(typed: str) -> None:
    assert find_reference(typed) == "CEP-7K4M-2QX9"


@pytest.mark.parametrize("typed", ["", "CEP demandes", "le CEP en 2026", "7K4M-2QX9", "CEP-7K4M-2QX", "CEP-0K4M-2QX9"])
def test_what_is_no_reference_is_not_read_as_one(typed: str) -> None:
    assert find_reference(typed) is None


@given(st.text(REFERENCE_ALPHABET, min_size=8, max_size=8).filter(is_reference))
def test_every_reference_is_read_back(symbols: str) -> None:
    assert find_reference(written_reference(symbols).lower()) == written_reference(symbols)


def test_somebody_who_cannot_be_reached_cannot_book() -> None:
    with pytest.raises(ValueError, match="e-mail or a phone"):
        Person("Ana", "Diaz")


def test_nothing_personal_shows_in_a_log() -> None:
    shown = repr(BOOKED)

    assert not any(word in shown for word in ("Ana", "Diaz", "example", BOOKED.reference))


def test_the_limit_itself_is_still_in_time() -> None:
    BOOKED.check_can_move(BOOKED.starts_at - 24 * HOUR, RULES)
    BOOKED.check_can_cancel(BOOKED.starts_at - 2 * HOUR, RULES)


def test_past_the_limit_the_change_is_refused_with_the_limit() -> None:
    with pytest.raises(TooLateToChange) as refused:
        BOOKED.check_can_move(BOOKED.starts_at - 23 * HOUR, RULES)

    assert refused.value.limit == BOOKED.starts_at - 24 * HOUR


@pytest.mark.parametrize("state", [state for state in State if state is not State.BOOKED])
def test_a_closed_appointment_cannot_change(state: State) -> None:
    with pytest.raises(AppointmentClosed):
        replace(BOOKED, state=state).check_can_cancel(MONDAY, RULES)


def test_an_appointment_that_has_begun_cannot_change() -> None:
    with pytest.raises(AppointmentClosed):
        BOOKED.check_can_move(BOOKED.starts_at, RULES)
