"""Quiet hours: nothing rings at night, on Sundays, on public holidays; wall clocks rule."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.booking.quiet_hours import QuietHours
from bot.gateways.holidays import FrenchHolidays

PARIS = ZoneInfo("Europe/Paris")
QUIET = QuietHours()
EASTER_MONDAY = date(2026, 4, 6)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("asked", "open_at"),
    [
        ("2026-11-24T08:00", "2026-11-24T08:00"),
        ("2026-11-24T19:59", "2026-11-24T19:59"),
        ("2026-11-24T20:00", "2026-11-25T08:00"),
        ("2026-11-24T07:59", "2026-11-24T08:00"),
        ("2026-11-28T21:00", "2026-11-30T08:00"),
        ("2026-11-29T12:00", "2026-11-30T08:00"),
        ("2026-04-04T20:30", "2026-04-07T08:00"),
        ("2026-10-24T22:00", "2026-10-26T08:00"),
    ],
)
def test_what_would_ring_waits_for_the_next_open_hour(asked: str, open_at: str) -> None:
    assert QUIET.next_open(at(asked), PARIS, {EASTER_MONDAY}) == at(open_at)


@pytest.mark.parametrize(
    ("starts_at", "reminder"),
    [
        ("2026-11-26T14:30", "2026-11-24T14:30"),
        # Sunday: the day before.
        ("2026-12-01T10:00", "2026-11-28T10:00"),
        # Easter Sunday, two days before a Tuesday.
        ("2026-04-07T10:00", "2026-04-04T10:00"),
        # The same hour on the wall across both clock changes.
        ("2026-03-30T10:00", "2026-03-28T10:00"),
        ("2026-10-26T10:00", "2026-10-24T10:00"),
        # Nobody is woken up.
        ("2026-11-26T07:00", "2026-11-24T08:00"),
        ("2026-11-26T20:30", "2026-11-24T19:45"),
    ],
)
def test_a_reminder_comes_at_the_hour_of_the_appointment_two_days_before(starts_at: str, reminder: str) -> None:
    assert QUIET.reminder_at(at(starts_at), 2, PARIS, {EASTER_MONDAY}) == at(reminder)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1), timezones=st.just(timezone.utc)),  # noqa: DTZ001
    st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Martinique"]),
    st.booleans(),
)
def test_nothing_is_ever_sent_in_quiet_hours(moment: datetime, zone_name: str, alsace: bool) -> None:
    zone = ZoneInfo(zone_name)
    day = timedelta(days=1)
    holidays = FrenchHolidays().between(moment.date() - 20 * day, moment.date() + 20 * day, alsace_moselle=alsace)

    for sent_at in (QUIET.next_open(moment, zone, holidays), QUIET.reminder_at(moment, 2, zone, holidays)):
        local = sent_at.astimezone(zone)
        assert time(8) <= local.time() < time(20)
        assert local.weekday() != 6
        assert local.date() not in holidays
    assert QUIET.next_open(moment, zone, holidays) >= moment
    assert QUIET.reminder_at(moment, 2, zone, holidays) < moment - timedelta(hours=24)


def test_quiet_hours_are_at_night() -> None:
    with pytest.raises(ValueError, match="evening"):
        QuietHours(time(8), time(20))
