"""The days of an agenda, and what no longer fits in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from bot.domain.booking.timetable import Misfit, misfit, plan, week_of
from bot.domain.knowledge.versions import Validity
from bot.domain.places.network import Closure, Presence
from tests.factories import PARIS, WORKING_DAYS, appointment, opening, weekly

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
MORNINGS = [Presence("demo_beaune", weekly(day)) for day in WORKING_DAYS]
AT = appointment().starts_at


def zones(_code: str) -> object:
    return PARIS


def days(*wanted: date, closures: list[Closure] | None = None, holidays: frozenset[date] = frozenset()) -> object:
    return plan(wanted, MORNINGS, closures or [], [appointment()], holidays, PARIS, zones)  # type: ignore[arg-type]


def why(closures: list[Closure] | None = None, holidays: frozenset[date] = frozenset(), **changes: object) -> object:
    return misfit(replace(appointment(), **changes), MORNINGS, closures or [], holidays, zones)  # type: ignore[arg-type]


def paris(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)


def test_a_week_goes_from_monday_to_sunday() -> None:
    week = week_of(date(2026, 11, 29))

    assert (week[0], week[-1]) == (MONDAY, date(2026, 11, 29))
    assert week == week_of(MONDAY)


def test_a_day_holds_who_is_there_and_who_comes() -> None:
    monday, tuesday = days(MONDAY, TUESDAY)  # type: ignore[misc]

    assert not monday.meetings
    assert [each.id for each in tuesday.meetings] == ["a1"]
    (stay,) = tuesday.stays
    assert (stay.starts_at.astimezone(PARIS).hour, stay.ends_at.astimezone(PARIS).hour) == (9, 12)


def test_nobody_is_there_on_a_public_holiday_but_what_was_booked_still_shows() -> None:
    (tuesday,) = days(TUESDAY, holidays=frozenset({TUESDAY}))  # type: ignore[misc]

    assert tuesday.is_holiday
    assert not tuesday.stays
    assert tuesday.meetings


def test_an_absence_over_several_days_shows_on_each_with_its_own_hours() -> None:
    absence = Closure(paris(MONDAY, 14), paris(TUESDAY, 23), adviser_id="camille")

    monday, tuesday, wednesday = days(MONDAY, TUESDAY, date(2026, 11, 25), closures=[absence])  # type: ignore[misc]

    assert [away.whole_day for away in (*monday.aways, *tuesday.aways)] == [False, False]
    assert monday.aways[0].ends_at == paris(TUESDAY, 0)
    assert tuesday.aways[0].starts_at == paris(TUESDAY, 0)
    assert not wednesday.aways


def test_a_whole_day_off_is_told_as_such() -> None:
    off = Closure(paris(TUESDAY, 0), paris(date(2026, 11, 25), 0))

    (tuesday,) = days(TUESDAY, closures=[off])  # type: ignore[misc]

    assert tuesday.aways[0].whole_day


def test_days_are_those_of_the_place_even_near_midnight() -> None:
    late = appointment(opening=opening(starts_at=datetime(2026, 11, 23, 23, 30, tzinfo=timezone.utc)))

    monday, tuesday = plan([MONDAY, TUESDAY], MORNINGS, [], [late], frozenset(), PARIS, zones)  # type: ignore[arg-type]

    assert not monday.meetings
    assert tuesday.meetings == (late,)


def test_an_appointment_within_its_hours_fits() -> None:
    assert why() is None


@pytest.mark.parametrize(
    "who", [{"adviser_id": "camille"}, {"relay_point_code": "demo_beaune"}, {}], ids=["absence", "point", "network"]
)
def test_an_appointment_in_a_closure_does_not_fit(who: dict[str, str]) -> None:
    closure = Closure(AT + timedelta(minutes=30), AT + timedelta(hours=3), **who)

    assert why([closure]) is Misfit.AWAY


@pytest.mark.parametrize("who", [{"adviser_id": "hugo"}, {"relay_point_code": "demo_dijon"}])
def test_somebody_elses_closure_changes_nothing(who: dict[str, str]) -> None:
    assert why([Closure(AT, AT + timedelta(hours=1), **who)]) is None


def test_a_closure_that_only_touches_it_changes_nothing() -> None:
    before = Closure(AT - timedelta(hours=1), AT)
    after = Closure(AT + timedelta(minutes=75), AT + timedelta(hours=3))

    assert why([before, after]) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"opening": opening(starts_at=AT + timedelta(hours=1))},
        {"opening": opening(adviser_id="hugo")},
        {"opening": opening(relay_point_code="demo_dijon")},
        {"opening": opening(mode="video")},
    ],
    ids=["too late", "somebody else", "elsewhere", "another way"],
)
def test_an_appointment_outside_of_the_hours_does_not_fit(changes: dict[str, object]) -> None:
    assert why(**changes) is Misfit.OUT_OF_HOURS


def test_hours_that_ended_hold_no_appointment() -> None:
    ended = [Presence("demo_beaune", weekly(1, validity=Validity(MONDAY, MONDAY)))]

    assert misfit(appointment(), ended, [], frozenset(), zones) is Misfit.OUT_OF_HOURS  # type: ignore[arg-type]


def test_an_appointment_on_a_public_holiday_does_not_fit() -> None:
    assert why(holidays=frozenset({TUESDAY})) is Misfit.HOLIDAY
