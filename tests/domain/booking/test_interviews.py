"""What is noted of an interview."""

from __future__ import annotations

import pytest

from bot.domain.booking.interviews import Interview, Sequel


@pytest.mark.parametrize("minutes", [0, 4, 481, -75])
def test_a_length_nobody_can_mean_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="between"):
        Interview(minutes, 1, Sequel.ENOUGH)


def test_an_interview_may_deliver_no_level() -> None:
    assert Interview(5, None, Sequel.ELSEWHERE).level is None
