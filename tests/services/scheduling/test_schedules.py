"""Hours, absences and closures changed in the console: by whom, and what becomes of what was booked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.accounts import Account, Role
from bot.domain.booking.agenda import WeeklyRange
from bot.domain.booking.hours import KeptRange
from bot.domain.booking.timetable import Misfit
from bot.domain.errors import HoursRefused
from bot.domain.knowledge.versions import Validity
from bot.domain.places.network import Presence
from bot.services import booking
from bot.services.scheduling import schedules
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import MONDAY, PARIS, RULES, booked, network, weekly

CAMILLE = Account("1", "camille", "Camille R.", frozenset({Role.ADVISER}), frozenset({"demo_beaune"}), "camille")
HUGO = Account("2", "hugo", "Hugo M.", frozenset({Role.ADVISER}), frozenset({"demo_dijon"}), "hugo")
NORA = Account("3", "nora", "Nora B.", frozenset({Role.COORDINATOR}), frozenset({"demo_beaune"}))
EDITOR = Account("4", "ed", "Ed T.", frozenset({Role.EDITOR}), frozenset({"demo_beaune"}), "camille")
FROM_DECEMBER = Validity(date(2026, 12, 1))
STRANGERS = [HUGO, EDITOR, replace(NORA, points=frozenset({"demo_dijon"})), replace(CAMILLE, disabled_at=MONDAY)]


@pytest.fixture(autouse=True)
def two_points(uow: SqlUnitOfWork) -> None:
    network(uow)


def kept(uow: SqlUnitOfWork, who: str = "camille") -> Sequence[KeptRange]:
    with uow.reading() as view:
        return view.schedules.hours([who], date(2026, 1, 1), None).ranges


def tuesday(uow: SqlUnitOfWork) -> KeptRange:
    return next(each for each in kept(uow) if each.presence.weekly.weekday == 1)


def afternoon(**changes: object) -> Presence:
    hours: WeeklyRange = replace(weekly(1, "14:00", "17:00"), **{"validity": FROM_DECEMBER, **changes})  # type: ignore[arg-type]
    return Presence("demo_beaune", hours)


def book(uow: SqlUnitOfWork) -> None:
    booked(uow)


def displaced(uow: SqlUnitOfWork) -> list[Misfit]:
    with uow.reading() as view:
        return [each.misfit for each in schedules.displaced(view, ["camille"], MONDAY)]


def paris(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=PARIS)


@pytest.mark.parametrize("who", [CAMILLE, NORA], ids=["herself", "who looks after the point"])
def test_hours_are_added_and_can_be_booked(uow: SqlUnitOfWork, who: Account) -> None:
    schedules.add_range(uow, who, afternoon())

    free = booking.every_opening(uow, "demo_beaune", MONDAY, RULES)

    assert any(each.starts_at == datetime(2026, 12, 1, 14, tzinfo=PARIS) for each in free)
    assert not any(each.starts_at == datetime(2026, 11, 24, 14, tzinfo=PARIS) for each in free)


@pytest.mark.parametrize("who", STRANGERS, ids=["a colleague", "an editor", "another point's", "a closed account"])
def test_nobody_else_changes_anything(uow: SqlUnitOfWork, who: Account) -> None:
    before, number = kept(uow), tuesday(uow).number
    schedules.add_absence(uow, CAMILLE, "camille", paris(24), paris(25))
    with uow.reading() as view:
        (absence,) = view.schedules.hours(["camille"], date(2026, 11, 1), None).closures

    for attempt in (
        lambda: schedules.add_range(uow, who, afternoon()),
        lambda: schedules.end_range(uow, who, number, date(2026, 11, 30)),
        lambda: schedules.change_range(uow, who, number, afternoon().weekly),
        lambda: schedules.add_absence(uow, who, "camille", paris(26), paris(27)),
        lambda: schedules.close_point(uow, who, "demo_beaune", paris(26), paris(27), ""),
        lambda: schedules.take_away(uow, who, absence.number),
    ):
        with pytest.raises(LookupError):
            attempt()

    assert kept(uow) == before


def test_an_adviser_gives_no_hours_at_a_point_that_is_not_theirs(uow: SqlUnitOfWork) -> None:
    with pytest.raises(LookupError):
        schedules.add_range(uow, CAMILLE, replace(afternoon(), relay_point_code="demo_dijon"))


def test_an_adviser_does_not_close_a_point(uow: SqlUnitOfWork) -> None:
    with pytest.raises(LookupError):
        schedules.close_point(uow, CAMILLE, "demo_beaune", paris(26), paris(27), "")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"ends": time(14)}, "hours"),
        ({"modes": frozenset()}, "modes"),
        ({"validity": Validity(date(2026, 12, 2), date(2026, 12, 1))}, "validity"),
        ({"starts": time(11, 45)}, "overlap"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_the_reason(
    uow: SqlUnitOfWork, changes: dict[str, object], why: str
) -> None:
    with pytest.raises(HoursRefused) as refused:
        schedules.add_range(uow, CAMILLE, afternoon(**changes))

    assert refused.value.why == why


def test_nobody_is_at_two_places_at_once(uow: SqlUnitOfWork) -> None:
    both = replace(CAMILLE, points=frozenset({"demo_beaune", "demo_dijon"}))

    with pytest.raises(HoursRefused, match="overlap"):
        schedules.add_range(uow, both, Presence("demo_dijon", weekly(1, "11:00", "13:00")))


def test_hours_end_after_a_day_and_what_was_booked_later_is_told(uow: SqlUnitOfWork) -> None:
    book(uow)

    schedules.end_range(uow, CAMILLE, tuesday(uow).number, date(2026, 11, 23))

    assert displaced(uow) == [Misfit.OUT_OF_HOURS]
    assert tuesday(uow).presence.weekly.validity.valid_until == date(2026, 11, 23)


def test_hours_that_never_served_are_taken_away(uow: SqlUnitOfWork) -> None:
    schedules.add_range(uow, CAMILLE, afternoon())
    (new,) = [each for each in kept(uow) if each.presence.weekly.validity == FROM_DECEMBER]

    schedules.end_range(uow, CAMILLE, new.number, date(2026, 11, 25))

    assert new.number not in {each.number for each in kept(uow)}


def test_changed_hours_leave_the_former_ones_until_that_day(uow: SqlUnitOfWork) -> None:
    schedules.change_range(uow, CAMILLE, tuesday(uow).number, weekly(1, "08:30", "11:30", validity=FROM_DECEMBER))

    before, after = [each.presence.weekly for each in kept(uow) if each.presence.weekly.weekday == 1]
    assert (before.starts, before.validity.valid_until) == (time(8, 30), None)
    assert (after.starts, after.validity.valid_until) == (time(9), date(2026, 11, 30))


@pytest.mark.parametrize("who", [CAMILLE, NORA])
def test_an_absence_takes_its_openings_and_tells_what_was_booked(uow: SqlUnitOfWork, who: Account) -> None:
    book(uow)

    schedules.add_absence(uow, who, "camille", paris(24), paris(25))

    free = booking.every_opening(uow, "demo_beaune", MONDAY, RULES)
    assert not any(paris(24) <= each.starts_at < paris(25) for each in free)
    assert displaced(uow) == [Misfit.AWAY]


def test_an_absence_taken_away_gives_the_time_back(uow: SqlUnitOfWork) -> None:
    schedules.add_absence(uow, CAMILLE, "camille", paris(25), paris(26))
    with uow.reading() as view:
        (absence,) = view.schedules.hours(["camille"], date(2026, 11, 1), None).closures

    schedules.take_away(uow, CAMILLE, absence.number)

    free = booking.every_opening(uow, "demo_beaune", MONDAY, RULES)
    assert any(paris(25) <= each.starts_at < paris(26) for each in free)


def test_a_closed_point_tells_what_was_booked_there(uow: SqlUnitOfWork) -> None:
    book(uow)

    schedules.close_point(uow, NORA, "demo_beaune", paris(24), paris(25), "Travaux")

    assert displaced(uow) == [Misfit.AWAY]


def test_a_period_that_ends_before_it_begins_is_refused(uow: SqlUnitOfWork) -> None:
    with pytest.raises(HoursRefused, match="period"):
        schedules.add_absence(uow, CAMILLE, "camille", paris(25), paris(25))


def test_a_reason_is_short(uow: SqlUnitOfWork) -> None:
    with pytest.raises(HoursRefused, match="reason"):
        schedules.close_point(uow, NORA, "demo_beaune", paris(24), paris(25), "x" * 81)


def test_a_period_of_days_ends_at_the_last_midnight() -> None:
    first, last = date(2026, 11, 24), date(2026, 11, 25)

    assert schedules.period(first, last, None, None, PARIS) == (paris(24), paris(26))
    assert schedules.period(first, first, time(14), time(17), PARIS) == (paris(24, 14), paris(24, 17))
    assert schedules.period(first, first, time(14), None, PARIS)[1] - paris(24, 14) == timedelta(hours=10)
