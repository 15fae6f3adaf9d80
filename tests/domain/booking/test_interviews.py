"""What became of an appointment, when that may be said, and what is noted of the interview."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.booking.appointments import State
from bot.domain.booking.interviews import Interview, Sequel, with_outcome
from bot.domain.errors import AppointmentClosed, OutcomeRefused
from tests.factories import appointment

STARTS = appointment().starts_at
BEFORE, AFTER = STARTS - timedelta(hours=1), STARTS


@pytest.mark.parametrize("minutes", [0, 4, 481, -75])
def test_a_length_nobody_can_mean_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="between"):
        Interview(minutes, 1, Sequel.ENOUGH)


def test_an_interview_may_deliver_no_level() -> None:
    assert Interview(5, None, Sequel.ELSEWHERE).level is None


@pytest.mark.parametrize("outcome", [State.SEEN, State.NO_SHOW, State.UNKNOWN])
def test_who_came_is_known_once_the_hour_has_come(outcome: State) -> None:
    assert with_outcome(appointment(), outcome, AFTER).state is outcome
    with pytest.raises(OutcomeRefused):
        with_outcome(appointment(), outcome, BEFORE)


def test_the_advisers_call_off_before_the_hour_alone() -> None:
    assert with_outcome(appointment(), State.CANCELLED_BY_US, BEFORE).sequence == 1
    with pytest.raises(OutcomeRefused):
        with_outcome(appointment(), State.CANCELLED_BY_US, AFTER)


def test_a_person_may_be_excused_before_and_after() -> None:
    assert with_outcome(appointment(), State.EXCUSED, BEFORE).sequence == 1
    assert with_outcome(appointment(), State.EXCUSED, AFTER).sequence == 0


def test_a_mistake_is_corrected() -> None:
    missed = with_outcome(appointment(), State.NO_SHOW, AFTER)

    assert with_outcome(missed, State.SEEN, AFTER).state is State.SEEN


@pytest.mark.parametrize("state", [State.CANCELLED, State.CANCELLED_BY_US])
def test_a_cancelled_appointment_has_no_outcome(state: State) -> None:
    with pytest.raises(AppointmentClosed):
        with_outcome(appointment(state=state), State.SEEN, AFTER)


@pytest.mark.parametrize("state", [State.BOOKED, State.CANCELLED])
def test_booked_and_cancelled_are_no_outcomes(state: State) -> None:
    with pytest.raises(OutcomeRefused):
        with_outcome(appointment(), state, AFTER)
