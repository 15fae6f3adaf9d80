"""Which relay points are worth going to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.booking.openings import BookingRules
from bot.services import booking
from bot.services.booking import nearest
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.factories import ALWAYS, MONDAY, RULES, open_a_point, relay_point, weekly

BEAUNE = (47.02123, 4.83743)


@dataclass(frozen=True)
class Weekday:
    day: int

    def fits(self, starts_at: datetime) -> bool:
        return starts_at.weekday() == self.day

    def closeness(self, starts_at: datetime) -> float:
        return abs(starts_at.weekday() - self.day)


def point(uow: SqlUnitOfWork, code: str, km_east: float, weekday: int = 1, **changes: object) -> None:
    longitude = BEAUNE[1] + km_east / 75.8
    place = relay_point(code=code, longitude=longitude, **changes)
    open_a_point(uow, place, [weekly(weekday, adviser_id=f"adviser_{code}", validity=ALWAYS)])


def codes(uow: SqlUnitOfWork, **asked: object) -> list[str]:
    rules = asked.pop("rules", RULES)
    wanted = asked.pop("wanted", None)
    found = nearest.find(uow, BEAUNE, wanted, MONDAY, rules, **asked)  # type: ignore[arg-type]
    return [each.relay_point.code for each in found]


def test_nearer_points_come_first_with_their_distance_and_opening(uow: SqlUnitOfWork) -> None:
    point(uow, "far", 20)
    point(uow, "near", 5)

    found = nearest.find(uow, BEAUNE, None, MONDAY, RULES)

    assert [(each.relay_point.code, round(each.distance_km)) for each in found] == [("near", 5), ("far", 20)]
    assert [each.first_opening and each.first_opening.relay_point_code for each in found] == ["near", "far"]


def test_a_long_wait_weighs_more_than_a_few_kilometres(uow: SqlUnitOfWork) -> None:
    point(uow, "near_in_six_days", 5, weekday=0)
    point(uow, "tomorrow", 10, weekday=1)

    assert codes(uow) == ["tomorrow", "near_in_six_days"]
    assert codes(uow, rules=BookingRules(km_per_day=0)) == ["near_in_six_days", "tomorrow"]


def test_a_point_without_any_opening_comes_last(uow: SqlUnitOfWork) -> None:
    point(uow, "near", 1)
    with uow:
        uow.network.replace_presences(["adviser_near"], [])
        uow.commit()
    point(uow, "far", 50)

    found = nearest.find(uow, BEAUNE, None, MONDAY, RULES)

    assert [(each.relay_point.code, each.fits_wish) for each in found] == [("far", True), ("near", False)]


def test_a_point_that_fits_the_wish_comes_before_a_nearer_one_that_does_not(uow: SqlUnitOfWork) -> None:
    point(uow, "near_on_tuesdays", 5, weekday=1)
    point(uow, "far_on_thursdays", 40, weekday=3)

    found = nearest.find(uow, BEAUNE, Weekday(3), MONDAY, RULES)

    assert [(each.relay_point.code, each.fits_wish) for each in found] == [
        ("far_on_thursdays", True),
        ("near_on_tuesdays", False),
    ]


def test_equal_points_keep_one_order(uow: SqlUnitOfWork) -> None:
    for code in ("c", "a", "b"):
        point(uow, code, 5)

    assert codes(uow) == ["a", "b", "c"]


def test_closed_points_and_other_sectors_are_left_out(uow: SqlUnitOfWork) -> None:
    point(uow, "closed", 1, closed_on=date(2026, 11, 1))
    point(uow, "jura_only", 2, serves=frozenset({"39"}))
    point(uow, "open", 30)

    assert codes(uow, department="21") == ["open"]


def test_a_point_about_to_close_offers_nothing_after(uow: SqlUnitOfWork) -> None:
    point(uow, "closing", 1, weekday=4, closed_on=date(2026, 11, 27))

    (found,) = nearest.find(uow, BEAUNE, None, MONDAY, RULES)

    assert found.first_opening is None


def test_a_far_away_network_is_found_up_to_a_thousand_kilometres(uow: SqlUnitOfWork) -> None:
    point(uow, "far", 700)
    point(uow, "too_far", 1200)

    assert codes(uow) == ["far"]


def test_a_box_s_corner_never_hides_a_nearer_point(uow: SqlUnitOfWork) -> None:
    for number in range(4):
        place = relay_point(code=f"corner_{number}", latitude=BEAUNE[0] + 0.26, longitude=BEAUNE[1] + 0.38)
        open_a_point(uow, place, [weekly(1, adviser_id=f"a{number}")])
    point(uow, "nearer", 31)

    assert codes(uow, limit=1) == ["nearer"]


def test_what_was_just_taken_is_not_promised(uow: SqlUnitOfWork) -> None:
    point(uow, "only", 5)
    (before,) = nearest.find(uow, BEAUNE, None, MONDAY, RULES)
    assert before.first_opening is not None
    booking.hold(uow, before.first_opening, "c1", MONDAY, RULES)

    (after,) = nearest.find(uow, BEAUNE, None, MONDAY, RULES)

    assert after.first_opening != before.first_opening


def test_nothing_around_is_an_empty_answer(uow: SqlUnitOfWork) -> None:
    assert nearest.find(uow, BEAUNE, None, MONDAY, RULES) == ()


def test_only_places_known_to_be_step_free_are_given_to_who_needs_it(uow: SqlUnitOfWork) -> None:
    point(uow, "steps", 1, step_free=False)
    point(uow, "unknown", 2)
    point(uow, "step_free", 30, step_free=True)

    assert codes(uow, step_free=True) == ["step_free"]


def test_a_point_open_one_day_a_week_says_that_day(uow: SqlUnitOfWork) -> None:
    point(uow, "thursdays", 5, weekday=3)

    (found,) = nearest.find(uow, BEAUNE, None, MONDAY, RULES)

    assert found.first_opening is not None
    assert found.first_opening.starts_at.weekday() == 3


def test_far_is_nothing_free_nearby(uow: SqlUnitOfWork) -> None:
    assert nearest.is_far(nearest.find(uow, BEAUNE, None, MONDAY, RULES), RULES)
    point(uow, "far", 60)
    assert nearest.is_far(nearest.find(uow, BEAUNE, None, MONDAY, RULES), RULES)
    point(uow, "near", 20)
    assert not nearest.is_far(nearest.find(uow, BEAUNE, None, MONDAY, RULES), RULES)


def test_a_far_point_may_be_called(uow: SqlUnitOfWork) -> None:
    place = relay_point(code="calls", longitude=6.5)
    open_a_point(uow, place, [weekly(1, modes=frozenset({"phone"}))])

    (in_person,) = nearest.find(uow, BEAUNE, None, MONDAY, RULES)
    (by_phone,) = nearest.find(uow, BEAUNE, None, MONDAY, RULES, mode="phone")

    assert in_person.first_opening is None
    assert by_phone.first_opening is not None


def test_points_looked_at_later_still_come_first_when_they_are_better(uow: SqlUnitOfWork) -> None:
    """Nearer ones are looked at first, a few at a time: a wait of a week there loses to tomorrow further away."""
    for number in range(5):
        point(uow, f"monday_{number}", 1 + number / 10, weekday=0)
    point(uow, "tomorrow", 8, weekday=1)

    assert codes(uow, limit=2) == ["tomorrow", "monday_0"]


def test_what_is_given_is_the_best_of_all_that_could_be(uow: SqlUnitOfWork) -> None:
    for number in range(11):
        point(uow, f"p{number}", 3 + number * 1.7, weekday=number % 5)
    every_one = nearest.find(uow, BEAUNE, None, MONDAY, RULES, limit=11)

    assert nearest.find(uow, BEAUNE, None, MONDAY, RULES, limit=3) == every_one[:3]
