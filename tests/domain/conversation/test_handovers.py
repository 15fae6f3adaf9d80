"""The dated promise made to who asks for a person."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.conversation.handovers import AdviserHours, HalfDay, Handover, promise

PARIS = ZoneInfo("Europe/Paris")
HOURS = AdviserHours(
    tuple(
        HalfDay(weekday, starts, ends)
        for weekday in range(5)
        for starts, ends in ((time(9), time(12)), (time(14), time(18)))
    )
)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("asked", "due", "open_now"),
    [
        (at(23, 8), at(23, 12), False),
        (at(23, 9), at(23, 18), True),
        (at(23, 11, 55), at(23, 18), True),
        (at(23, 12), at(23, 18), False),
        (at(23, 17, 59), at(24, 12), True),
        (at(23, 18), at(24, 12), False),
        (at(27, 20), at(30, 12), False),
        (at(28, 10), at(30, 12), False),
    ],
)
def test_the_promise_is_the_end_of_the_next_open_half_day(asked: datetime, due: datetime, open_now: bool) -> None:
    made = promise(asked, HOURS)

    assert (made.due_at, made.open_now) == (due, open_now)


def test_nobody_is_promised_an_answer_on_a_public_holiday() -> None:
    hours = AdviserHours(HOURS.half_days, frozenset({date(2026, 12, 25)}))

    assert promise(at(25, 10, month=12), hours).due_at == at(28, 12, month=12)
    assert not promise(at(25, 10, month=12), hours).open_now


def test_hours_are_those_of_paris_whatever_the_clock_given() -> None:
    utc = at(23, 9).astimezone(ZoneInfo("UTC"))

    assert promise(utc, HOURS).open_now


def test_a_point_open_in_the_morning_only_never_promises_an_afternoon() -> None:
    mornings = AdviserHours((HalfDay(1, time(9), time(12)),))

    assert promise(at(24, 10), mornings).due_at == datetime(2026, 12, 1, 12, tzinfo=PARIS)


def test_hours_without_a_half_day_are_refused() -> None:
    with pytest.raises(ValueError, match="half-day"):
        AdviserHours(())


def test_a_request_is_late_only_while_it_waits() -> None:
    asked = Handover(1, "dev-aaaaaa", None, at(23, 9), at(23, 18))

    assert asked.is_late(at(23, 19))
    assert not asked.is_late(at(23, 17))
    assert not asked.taken_by("adviser", at(23, 17)).is_late(at(23, 19))
